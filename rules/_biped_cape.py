"""Cape and shawl, over everything else, drawn by hand on the slim reference figure."""

from __future__ import annotations

from rules._biped_look import BRASS, Look, dark, pale
from rules._biped_tailor import PANEL, Tailor
from rules._cel import FLAT, Joined
from rules._colour import RGB
from rules._outline import Nodes, spline, tube

_BEHIND: Nodes = [(-13.6, -62, 1), (-15.6, -50), (-16.2, -38.4, 1), (-4, -36.4), (12.4, -41.4, 1), (11, -58), (4, -72)]
_FAR: Nodes = [
    (2.4, -75.4, 1), (6.4, -74), (9.8, -69), (11.8, -58), (13.0, -43.4, 1), (10, -41.4), (6.8, -43.2, 1), (5.0, -56),
    (3.8, -66),
]  # fmt: skip
_NEAR: Nodes = [
    (1.8, -75.4, 1), (2.8, -66), (2.2, -54), (0.4, -40.6, 1), (-5, -38.2), (-10.8, -40.4), (-16.2, -39.0, 1),
    (-15.0, -52), (-12.9, -63), (-9.8, -71), (-4.6, -75.2),
]  # fmt: skip
_FOLDS: tuple[Nodes, ...] = (
    [(-2.4, -70, 1), (-3.4, -56), (-5.4, -38.6, 1), (-2.2, -39.4, 1), (-2.0, -56)],
    [(-6.4, -70, 1), (-9.2, -56), (-12.6, -39.6, 1), (-9.4, -40, 1), (-7.6, -56)],
)
_LIGHTS: tuple[Nodes, ...] = (
    [(-4.2, -66, 1), (-5.6, -54), (-7.8, -39.6, 1), (-6.4, -38.8, 1), (-4.8, -54)],
    [(-8.6, -66, 1), (-11.4, -54), (-14.8, -39.8, 1), (-13.6, -40, 1), (-10.4, -54)],
)
_SHAWL_FAR: Nodes = [
    (2.6, -75.2, 1),
    (6.6, -74),
    (10, -69.4),
    (10.8, -61.4, 1),
    (7.2, -60.4),
    (3.2, -62, 1),
    (3.2, -69),
]
_SHAWL_NEAR: Nodes = [
    (2.0, -75.2, 1), (3.6, -68), (3.8, -61.6, 1), (-1, -58.4), (-6.4, -57.4), (-13.2, -55.2, 1), (-13.0, -64),
    (-10.0, -71), (-4.6, -75.2),
]  # fmt: skip
_SHAWL_FOLDS: tuple[Nodes, ...] = (
    [(-6.8, -72.4), (-2, -69), (2.8, -63.4)],
    [(-10, -68.6), (-4.6, -65.4), (2.2, -61.8)],
    [(-11.8, -63), (-6, -61.2), (-1, -60)],
)
_SHAWL_ENDS: tuple[Nodes, ...] = (
    [(2.4, -62.4, 1), (4.4, -62.2, 1), (4.6, -55), (3.6, -48.6, 1), (0.4, -49.4, 1), (1.2, -55.6)],
    [(3.6, -62.2, 1), (5.2, -62.4, 1), (7.4, -56), (8.2, -51.0, 1), (5.2, -50.4, 1), (4.8, -56)],
)
_WHOLE: Nodes = [
    (-4.6, -75.4), (0, -74.8), (4.6, -75.4), (9.8, -71), (13, -63), (15, -52), (16.2, -39, 1), (10.8, -40.4),
    (5, -38.2), (0, -40.2), (-5, -38.2), (-10.8, -40.4), (-16.2, -39, 1), (-15, -52), (-13, -63), (-9.8, -71),
]  # fmt: skip
_TRIANGLE: Nodes = [
    (-4.6, -75.4), (0, -74.8), (4.6, -75.4), (10, -71), (13.2, -63.6), (13.2, -57.0, 1), (6.8, -51.4), (0, -45.0, 1),
    (-6.8, -51.4), (-13.2, -57.0, 1), (-13.2, -63.6), (-10, -71),
]  # fmt: skip


def cape_behind(tailor: Tailor, look: Look) -> None:
    """The lining of a cape, behind the trunk."""
    if look.cape.cut == "short":
        tailor.panel(_BEHIND, dark(look.lining, 0.13), FLAT.but(line=0.1))


def cape(tailor: Tailor, look: Look, raised: float) -> None:
    """Both halves, over the near arm; raised (0 to 1) lifts the edge with the arm."""
    if look.cape.cut == "shawl":
        _shawl(tailor, look)
        return
    dye = look.cape.dye
    low = dark(dye, 0.115)
    tailor.cloth(_FAR, look.cape._replace(dye=dark(dye, 0.015)), PANEL.but(turn=2.0))
    near = tailor.cloth([_lifted(n, raised) for n in _NEAR], look.cape, PANEL.but(turn=3.0, soft=1.5, cast=2.0))
    tailor.wedges([[_lifted(n, raised) for n in fold] for fold in _FOLDS], low, near)
    tailor.wedges([[_lifted(n, raised) for n in strip] for strip in _LIGHTS], pale(dye, 0.06), near, 0.75)
    edge = [_lifted(n, raised) for n in _NEAR[3:7]]
    tailor.seam([(n[0], n[1] - 1.4) for n in edge], 0.34, pale(look.lining, 0.02), near)
    tailor.buttons(((2.3, -71.6),), BRASS, 1.15)


def _shawl(tailor: Tailor, look: Look) -> None:
    """A knitted triangle, knotted on the breast, with a fringe."""
    dye = look.cape.dye
    low = dark(dye, 0.12)
    for end in _SHAWL_ENDS:
        landed = tailor.cloth(end, look.cape, PANEL.but(turn=1.2, cast=1.0))
        tailor.creases(([end[0][:2], end[5][:2], end[4][:2]],), 0.3, low, landed)
    tailor.cloth(_SHAWL_FAR, look.cape, PANEL.but(turn=1.6))
    strands = []
    for i in range(10):
        x, y = -12.6 + 1.62 * i, -55.6 - 0.62 * i + 0.02 * i * i
        a, b = tailor.fit.at(x, y - 0.8), tailor.fit.at(x - 0.5 + 0.25 * (i % 3), y + 2.5)
        strands.append(tube([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b], (0.42, 0.42, 0.16), samples=4))
    tailor.cel.part(Joined(tuple(strands)), dark(dye, 0.04), PANEL.but(cast=0, turn=0.2, soft=0.2, key=0, line=0.08))
    near = tailor.cloth(_SHAWL_NEAR, look.cape, PANEL.but(turn=2.4, soft=1.2, cast=1.8))
    tailor.creases(_SHAWL_FOLDS, 0.46, low, near)
    tailor.panel([(2.4, -63.6), (4.6, -63.8), (5.4, -61.8), (4.2, -60.2), (2.2, -60.6)], dye, PANEL.but(turn=0.7))


def _lifted(node: tuple[float, ...], raised: float) -> tuple[float, ...]:
    x, y = node[0], node[1]
    share = min(max((-1.0 - x) / 12, 0.0), 1.0) * min(max((y + 74) / 22, 0.0), 1.0) * raised
    return (x + 5.0 * share, y - 13.0 * share, *node[2:])


def cape_back(back: Tailor, look: Look) -> None:
    """A cape or a shawl from behind, in one piece, over both arms."""
    dye = look.cape.dye
    low = dark(dye, 0.115)
    if look.cape.cut == "shawl":
        _fringe(back, [(13.2, -57), (6.8, -51.4), (0, -45), (-6.8, -51.4), (-13.2, -57)], dark(dye, 0.04))
        whole = back.cloth(_TRIANGLE, look.cape, PANEL.but(turn=2.6, soft=1.3, cast=1.8))
        drape: list[Nodes] = [[(s * 9, -70), (s * 5, -65.4), (0, -63.4 + 4 * n)] for n in (0, 1) for s in (-1, 1)]
        back.creases([*drape, [(-11, -62), (-5, -56), (0, -53)], [(11, -62), (5, -56), (0, -53)]], 0.42, low, whole)
        return
    whole = back.cloth(_WHOLE, look.cape, PANEL.but(turn=3.2, soft=1.6, cast=2.0))
    both = [[(s * n[0], *n[1:]) for n in fold] for fold in _FOLDS for s in (1, -1)]
    back.wedges(both, low, whole)
    back.wedges(
        [[(s * n[0], *n[1:]) for n in strip] for strip in _LIGHTS for s in (1, -1)], pale(dye, 0.06), whole, 0.7
    )
    back.seam([(n[0], n[1] - 1.4) for n in _WHOLE[6:13]], 0.34, pale(look.lining, 0.02), whole)


def _fringe(back: Tailor, edge: Nodes, dye: RGB) -> None:
    """Threads along an edge."""
    line = spline([back.fit.at(*n[:2]) for n in edge], closed=False, samples=7)
    strands = []
    for i, (x, y) in enumerate(line.tolist()):
        tip = (x + 0.5 * ((i % 3) - 1), y + 2.6 + 0.5 * (i % 2))
        strands.append(tube([(x, y - 1), ((x + tip[0]) / 2, (y + tip[1]) / 2), tip], (0.42, 0.42, 0.16), samples=4))
    back.cel.part(Joined(tuple(strands)), dye, PANEL.but(cast=0, turn=0.2, soft=0.2, key=0, line=0.08))
