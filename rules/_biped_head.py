"""The head of a biped: skull, ear, neck, hair, hat and what is worn round the neck; its face comes as an overlay.

Outlines are in h: 1/100 of the head's height, origin at the chin, x towards the face, y down; the engine
turns the drawing about the pivot of `_bones`.
"""

from __future__ import annotations

from rules import _biped_hair, _biped_hats, _biped_napes, _colour, _outline
from rules._biped_beards import beard
from rules._biped_follow import fallen, swung
from rules._biped_locks import Views, view
from rules._biped_look import SKIN, Look, pale, warm
from rules._biped_neckwear import neck, neckwear, neckwear_back, wool
from rules._biped_skulls import Skull
from rules._biped_turn import round_neck
from rules._bones import Measures
from rules._cel import Cel, Mask

_EAR: Views = {
    0: [(-44, -48), (-50, -52), (-54, -46), (-53, -36), (-48, -28), (-44, -32)],
    45: [(-24, -46), (-32, -53), (-38, -47), (-37, -36), (-31, -27), (-25, -32)],
    90: [(-8, -46), (-17, -54), (-24, -48), (-23, -36), (-16, -27), (-9, -33)],
}
_FAR_EAR: Views = {  # soon behind the head
    0: [(44, -48), (50, -52), (54, -46), (53, -36), (48, -28), (44, -32)],
    45: [(34, -48), (37, -52), (39, -46), (39, -36), (36, -28), (33, -32)],
    90: [(14, -48), (17, -52), (19, -46), (19, -36), (16, -28), (13, -32)],
}


def head(cel: Cel, body: Measures, look: Look, form: Skull, fine: bool) -> None:
    """Paint the head about its pivot at the cel's origin."""
    bulk = wool(body)
    radius = (2.5 + 0.05 * body.head) * body.neck_wide
    if form.yaw > 90:
        _away(cel, body, look, form, (radius, bulk, fine))
        return
    with cel.placed(form.place), cel.placed(swung(form.lag)):
        _biped_hair.hair_behind(cel, look, form.yaw)
    neck(cel, look, radius)
    _neckwear(cel, body, look, (radius, bulk, fine))
    with cel.placed(form.place):
        _biped_hair.tufts_behind(cel, look, form.yaw)
        if form.yaw < 30 and _biped_hair.shows_ear(look):
            cel.part(_outline.spline(view(_FAR_EAR, form.yaw)), look.skin, SKIN.but(turn=0.6, soft=0.3, cast=0))
        shape = cel.part(form.outline, look.skin, SKIN.but(turn=1.25, soft=1.1, cast=1.8, bounce=0.6))
        _sheen(cel, look, form, shape)
        if _biped_hair.shows_ear(look):
            _ear(cel, look, form.yaw)
        if look.cut in ("sides", "bald"):
            _dome(cel, look, form, shape)
        with cel.placed(fallen(form.jaw)):
            beard(cel, look, form.yaw, shape)
        with cel.placed(swung(form.lag)):
            _biped_hair.hair_before(cel, look, form.yaw)
        _biped_hats.hat(cel, look, form.yaw, fine)


def _neckwear(cel: Cel, body: Measures, look: Look, size: tuple[float, float, bool]) -> None:
    """What is worn round the neck goes with the body, whichever way the head looks."""
    radius, bulk, fine = size
    if body.turn > 1.4:
        with cel.placed(lambda p: p * bulk):
            neckwear_back(cel, look, radius / bulk, fine)
        return
    half = 13.0 if look.scarf else radius / bulk + 1.8
    with cel.placed(lambda p: round_neck(p * bulk, body.turn, half * bulk)):
        neckwear(cel, look, radius / bulk, fine)


def _away(cel: Cel, body: Measures, look: Look, form: Skull, size: tuple[float, float, bool]) -> None:
    """The head from behind, or half from behind: its hair, and what shows beyond."""
    neck(cel, look, size[0])
    _neckwear(cel, body, look, size)
    with cel.placed(form.place):
        _biped_napes.ears_behind(cel, look, form.yaw)
        shape = cel.part(form.outline, look.skin, SKIN.but(turn=1.25, soft=1.1, cast=1.8, bounce=0.6))
        if look.cut in ("sides", "bald"):
            bow = [(-22, -88), (-14, -95), (-2, -97), (-1, -93), (-12, -90), (-19, -84)]
            cel.ink(_outline.spline(bow), pale(look.skin, 0.09), 0.6, shape, soft=0.1)
        with cel.placed(swung(form.lag)), _biped_hair.pressed(cel, look, form.yaw):
            _biped_napes.nape(cel, look, form.yaw, shape)
        _biped_hats.hat(cel, look, form.yaw, size[2])


def _sheen(cel: Cel, look: Look, form: Skull, skin: Mask) -> None:
    """Warm light on the brow, the cheek and the chin of a dark skin, which lives by its lights."""
    if not look.is_dark:
        return
    for angle, y, wide, high in ((-14, -78, 15, 8), (-36, -34, 9, 6), (2, -5, 6, 3.2)):
        x, turn = form.across(angle)
        if turn > 0.1:
            spot = _outline.ellipse(x / form.wide, y, wide * turn**0.5, high, -12)
            cel.ink(spot, _colour.light(look.skin, 0.075, 55, 8), 0.55, skin, soft=0.9)


def _ear(cel: Cel, look: Look, yaw: int) -> None:
    nodes = view(_EAR, yaw)
    ear = cel.part(_outline.spline(nodes), look.skin, SKIN.but(turn=0.6, soft=0.3, cast=0.5, bounce=0.3, line=0.2))
    inner = [(p[0] * 0.55 + nodes[0][0] * 0.45, p[1] * 0.7 - 0.3 * 40) for p in nodes[1:5]]
    cel.stroke(inner, [0.3, 1.3, 1.1, 0.3], warm(look.skin, 0.17), ear, 0.9)


def _dome(cel: Cel, look: Look, form: Skull, skull: Mask) -> None:
    """The light on a bald head: a bow that follows its curve, and a drop beside it."""
    lit = pale(look.skin, 0.10 if look.is_dark else 0.085)
    x, y = form.across(-16)[0] / form.wide, -91.0 - 0.8 * form.dome
    bow = [(x - 13, y + 7), (x - 5, y + 0.6), (x + 7, y - 1.2), (x + 8, y + 2.6), (x - 3, y + 4.4), (x - 10, y + 10)]
    cel.ink(_outline.spline(bow), lit, 0.6, skull, soft=0.1)
    cel.ink(_outline.ellipse(x + 14, y + 1.6, 2.6, 1.8, 14), lit, 0.6, skull, soft=0.1)
