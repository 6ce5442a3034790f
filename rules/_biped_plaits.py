"""Plaits of a biped, in h: two strands of leaves that overlap along a spine, a ribbon and a tuft at the end."""

from __future__ import annotations

import numpy as np

from rules import _outline
from rules._biped_locks import Line, Views, view
from rules._biped_look import PIECE, Look, dark, pale
from rules._cel import CLOTH, Cel

_STRAND = CLOTH.but(turn=1.1, soft=0.5, cast=0.6, half=0.5, depth=0.10, fall=0.0)
_NEAR: Views = {
    0: [(-50, -32), (-56, -12), (-55, 12), (-50, 36)],
    45: [(-36, -30), (-44, -10), (-45, 14), (-39, 40)],
    90: [(-28, -30), (-38, -10), (-40, 14), (-34, 40)],
}
_FAR: Views = {
    0: [(50, -32), (56, -12), (55, 12), (50, 36)],
    45: [(40, -48), (46, -26), (45, -2), (39, 24)],
    90: [(24, -40), (18, -18), (12, 4), (10, 24)],
}
_LEAF = (
    (-4.5, -7.0, 1),
    (4.0, -8.0),
    (10.0, -1.0),
    (7.5, 8.0),
    (-1.5, 11.5, 1),
    (-3.0, 2.0),
)  # to one side of the spine


def near(cel: Cel, look: Look, yaw: int) -> None:
    """The plait on the near side, over the shoulder."""
    plait(cel, look, view(_NEAR, yaw), 1.0)


def far(cel: Cel, look: Look, yaw: int) -> None:
    """The plait on the far side, behind the head."""
    if yaw < 80:
        plait(cel, look, view(_FAR, yaw), 0.86)


def plait(cel: Cel, look: Look, spine: Line, size: float) -> None:
    """A plait along a spine."""
    path = _outline.spline(spine, closed=False, samples=12)
    along = np.gradient(path, axis=0)
    along /= np.hypot(along[:, 0], along[:, 1])[:, None]
    across = along[:, ::-1] * np.array([1.0, -1.0])
    end, a = path[-1], along[-1]
    tuft = [tuple(end + a * 2), tuple(end + a * 9 - across[-1]), tuple(end + a * 19 * size)]
    cel.part(_outline.tube(tuft, (3.0 * size, 5.2 * size, 0.3)), dark(look.hair, 0.03), _STRAND)
    for i in range(8, -1, -1):
        at = round((i + 0.4) / 9.4 * (len(path) - 1))
        side, r = (1 if i % 2 else -1), size * (1.0 - 0.035 * i)
        nodes = [(*(path[at] + along[at] * n[1] * r + across[at] * side * n[0] * r), *n[2:]) for n in _LEAF]
        leaf = cel.part(_outline.spline(nodes), look.hair, _STRAND)
        low = [tuple(path[at] + along[at] * y * r + across[at] * side * x * r) for x, y in ((2, -5), (5, 0), (1.5, 7))]
        cel.stroke(low, [0.1, 0.7, 0.1], dark(look.hair, 0.12), leaf, 0.8)
        lit = [
            tuple(path[at] + along[at] * y * r + across[at] * side * x * r) for x, y in ((4, -4.5), (7.6, 0), (6, 4))
        ]
        cel.stroke(lit, [0.1, 0.7, 0.1], pale(look.hair, 0.11), leaf, 0.7)
    _ribbon(cel, look, (end, a, across[-1]), size)


def _ribbon(cel: Cel, look: Look, place: tuple[np.ndarray, np.ndarray, np.ndarray], size: float) -> None:
    """A bow where the plait is tied."""
    at, along, across = place
    dye = look.trim
    for side in (-1.0, 1.0):
        wing = [
            tuple(at + size * (across * side * x + along * y))
            for x, y in ((0, 0), (5, -5), (11, -5.5), (11.5, 3), (5, 2.5))
        ]
        cel.part(_outline.spline(wing), dye, PIECE.but(cast=0.5, turn=0.4))
    knot = [
        tuple(at + size * (across * x + along * y)) for x, y in ((-2.6, -2.6), (2.6, -2.6), (2.8, 2.6), (-2.8, 2.6))
    ]
    cel.part(_outline.spline(knot), dark(dye, 0.03), PIECE.but(cast=0.4, turn=0.3))
