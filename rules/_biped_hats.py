"""Hats of a biped, in h (1/100 of the head's height, origin at the chin)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rules import _biped_brims, _biped_caps, _outline
from rules._biped_brims import FELT
from rules._biped_locks import Views, view
from rules._biped_look import BRASS, METAL, PIECE, Look, dark, pale
from rules._cel import Cel
from rules._colour import RGB
from rules._outline import Points
from rules._weave import tweed

_CAP: Views = {
    0: [
        (0, -132),
        (40, -125),
        (72, -103),
        (62, -82),
        (30, -76),
        (0, -75),
        (-30, -76),
        (-62, -82),
        (-78, -100),
        (-44, -127),
    ],
    45: [
        (6, -131),
        (42, -124),
        (62, -102),
        (48, -82),
        (16, -76),
        (-14, -72),
        (-44, -72),
        (-70, -80),
        (-82, -99),
        (-46, -127),
    ],
    90: [
        (-4, -131),
        (32, -123),
        (48, -104),
        (40, -84),
        (6, -76),
        (-24, -70),
        (-52, -70),
        (-80, -82),
        (-89, -100),
        (-54, -127),
    ],
}
_BAND: Views = {
    0: [(-61, -84), (-30, -77), (0, -75), (30, -77), (61, -84), (56, -74), (28, -67), (0, -65), (-28, -67), (-56, -74)],
    45: [
        (-70, -78),
        (-40, -72),
        (-8, -72),
        (24, -77),
        (54, -88),
        (52, -77),
        (24, -67),
        (-8, -62),
        (-40, -62),
        (-66, -68),
    ],
    90: [
        (-74, -72),
        (-48, -68),
        (-18, -70),
        (12, -76),
        (42, -88),
        (42, -78),
        (12, -67),
        (-18, -60),
        (-48, -58),
        (-70, -62),
    ],
}
_BRIM: Views = {
    0: [(-46, -78), (-24, -86), (0, -88), (24, -86), (46, -78), (41, -67), (21, -64), (0, -63), (-21, -64), (-41, -67)],
    45: [(2, -76), (20, -86), (42, -93), (64, -91), (82, -80), (84, -72), (68, -69), (48, -70), (28, -67), (12, -65)],
    90: [(14, -80), (30, -90), (50, -94), (72, -88), (90, -74), (88, -68), (72, -68), (54, -72), (36, -72), (22, -72)],
}


def hat(cel: Cel, look: Look, yaw: int, fine: bool) -> None:
    """The hat, drawn over hair and head."""
    if look.hat == "newsboy":
        _newsboy(cel, look, yaw, fine)
    elif look.hat == "top":
        _top(cel, look, yaw)
    elif look.hat in _TURNED:
        _TURNED[look.hat](cel, look, yaw)
    elif look.hat:
        x = _biped_brims.set_at(yaw)
        with cel.placed(lambda p: p + np.array([x, 0.0])):
            _LATHED[look.hat](cel, look, yaw > 90)


_TURNED: dict[str, Callable[[Cel, Look, int], None]] = {"peaked": _biped_caps.peaked, "kerchief": _biped_caps.kerchief}
_LATHED: dict[str, Callable[[Cel, Look, bool], None]] = {
    "bowler": _biped_brims.bowler, "boater": _biped_brims.boater, "wide": _biped_brims.wide, "straw": _biped_brims.wide,
    "sailor": _biped_caps.sailor, "toque": _biped_caps.toque, "bobble": _biped_caps.bobble, "nurse": _biped_caps.nurse,
}  # fmt: skip


def covering(look: Look, yaw: int) -> tuple[Points, ...]:
    """Outlines of the hat that lie over the face."""
    if look.hat == "newsboy":
        return (_outline.spline(view(_BRIM, yaw)), _outline.spline(view(_BAND, yaw)))
    if look.hat == "top":
        return (_outline.spline(_top_brim(yaw)),)
    if look.hat == "peaked":
        return tuple(_outline.spline(nodes) for nodes in _biped_caps.peak_over_face(yaw))
    if look.hat in ("", "nurse"):
        return ()
    if look.hat == "kerchief":
        return _biped_caps.cloth_over_face(yaw)
    rim = (
        _biped_brims.brim_of(look.hat)
        if look.hat in ("bowler", "boater", "wide", "straw")
        else _biped_caps.lathed(look.hat)
    )
    return (_outline.spline(rim) + np.array([_biped_brims.set_at(yaw), 0.0]),)


def _newsboy(cel: Cel, look: Look, yaw: int, fine: bool) -> None:
    dye = look.hat_dye
    low = dark(dye, 0.11)
    shape = view(_CAP, yaw)
    if 90 < yaw < 160:
        cel.part(_outline.spline(view(_BRIM, yaw)), low, FELT.but(turn=1.0, soft=0.7, cast=0))
    crown = cel.part(_outline.spline(shape), dye, FELT)
    if fine:
        tweed(cel, crown, 0.62, 0.055)
    bx, by = (shape[0][0] - 4, shape[0][1] + 2.5) if yaw <= 90 else (0.3 * shape[0][0] - 2, shape[0][1] + 4)
    for i, sag in ((3, 7), (4, 4), (6, -4), (7, -7), (8, -4)):
        x, y = shape[i][0] * 0.93, shape[i][1]
        middle = ((bx + x) / 2 + sag * 1.4, (by + y) / 2 - abs(sag) * 0.6)
        cel.stroke([(bx, by), middle, (x, y)], [0.3, 0.75, 0.5], low, crown)
    for i, height, lean in ((3, 15, 4), (5, 11, -3), (6, 17, -5), (7, 13, -6)):
        x, y = shape[i][0] * 0.95, shape[i][1] - 2
        fold = [(x - 4, y), (x - 1 + lean * 0.5, y - height * 0.55), (x + lean, y - height)]
        cel.ink(_outline.tube(fold, [2.2, 1.7, 0.15], caps=(False, True)), low, 0.6, crown)
    cel.part(_outline.ellipse(bx, by - 2.5, 5.4, 3.4), pale(dye, 0.05), PIECE.but(turn=0.4, cast=0.5))
    cel.part(_outline.spline(view(_BAND, yaw)), dark(dye, 0.06), PIECE.but(turn=0.7, cast=1.3))
    if yaw > 90:
        return
    brim = view(_BRIM, yaw)
    landed = cel.part(_outline.spline(brim), dye, FELT.but(turn=1.0, soft=0.7, cast=2.0, key=0.4))
    seam = [(p[0], p[1] + 3.2) for p in brim[1:5]]
    cel.stroke(seam, 0.45, low, landed)
    if fine:
        tweed(cel, landed, 0.62, 0.045)
    badge = view({0: [(-40, -74), (0, 0)], 45: [(-24, -68), (0, 0)], 90: [(-4, -68), (0, 0)]}, yaw)[0]
    cel.part(_outline.ellipse(badge[0], badge[1], 4.6, 4.8), BRASS, METAL)
    cel.ink(
        _outline.spline(
            [
                (badge[0], badge[1] - 3, 1),
                (badge[0] + 1.8, badge[1] + 0.6),
                (badge[0], badge[1] + 2.8),
                (badge[0] - 1.8, badge[1] + 0.6),
            ]
        ),
        dark(BRASS, 0.25, 40),
    )


def _top_brim(yaw: int) -> list[tuple[float, ...]]:
    del yaw  # a hat that was turned on a lathe looks the same from everywhere
    return [
        (-76, -97), (-64, -102), (-38, -91), (2, -86), (40, -91), (68, -103), (80, -100), (77, -89),
        (46, -77), (2, -71), (-44, -76), (-73, -87),
    ]  # fmt: skip


def _top(cel: Cel, look: Look, yaw: int) -> None:
    dye = look.hat_dye
    pipe = [
        (-46, -88, 1), (-45, -124), (-49, -172), (-54, -193, 1), (-28, -200), (2, -202), (32, -200), (60, -192, 1),
        (53, -172), (48, -124), (49, -88, 1), (2, -78),
    ]  # fmt: skip
    body = cel.part(_outline.spline(pipe), dye, FELT.but(turn=2.8, soft=1.0, key=0.5))
    high = pale(dye, 0.10)
    for shape, weight in (
        ([(-34, -113, 1), (-38, -150), (-43, -189, 1), (-31, -192, 1), (-28, -150), (-25, -110, 1)], 0.5),
        ([(-18, -108, 1), (-20, -150), (-22, -194, 1), (-18, -195, 1), (-16, -150), (-13, -108, 1)], 0.35),
    ):
        cel.ink(_outline.spline(shape), high, weight, body, soft=0.2)
    ribbon = [
        (-46, -88, 1), (-45.2, -111, 1), (-22, -104), (2, -102), (26, -104), (48.2, -111, 1), (49, -88, 1), (2, -76),
    ]  # fmt: skip
    cel.part(_outline.spline(ribbon), _ribbon(look), PIECE.but(turn=1.2, cast=0.5))
    brim = cel.part(_outline.spline(_top_brim(yaw)), dye, FELT.but(turn=1.0, soft=0.6, cast=2.2, key=0.45))
    cel.stroke([(-66, -92), (-38, -82), (2, -77), (42, -83), (70, -94)], 0.5, dark(dye, 0.10), brim)


def _ribbon(look: Look) -> RGB:
    return look.trim
