"""What hangs out from walls: lanterns on curled brackets, painted boards on wrought arms."""

from __future__ import annotations

from rules import _colour
from rules._board import bar, moved, poly, rect
from rules._outline import ellipse, spline, tube
from rules._site import Site, Work


def lantern(site: Site, work: Work, at: tuple[float, float], side: int, lit: bool) -> None:
    """A small lantern; at is where its bracket meets the wall, side the way it reaches."""
    x, y = at
    iron = site.dark(site.tone("#3b3346"), 0.02)
    arm = ((0.0, -0.16), (0.08, -0.02), (0.18, 0.03), (0.21, -0.03))
    work.front.add(tube([(x + side * a, y + b) for a, b in arm], [0.010, 0.016, 0.013, 0.008]), iron)
    work.front.add(rect(x - 0.02, y - 0.2, x + 0.02, y + 0.06), iron)
    x, y = x + side * 0.205, y - 0.30
    glass = poly((x - 0.055, y), (x + 0.055, y), (x + 0.085, y + 0.19), (x - 0.085, y + 0.19))
    if lit:
        bright = site.lamplight[1]
        work.front.add(glass, bright)
        work.front.add(ellipse(x, y + 0.08, 0.030, 0.055, 0, 14), _colour.mix(bright, [1, 0.98, 0.9], 0.7))
        site.panes.append((glass, 2.2))
    else:
        work.front.add(glass, _colour.mix(iron, _colour.rgb_of(site.light.sky[3][1]), 0.45))
    for low, high in ((-0.055, -0.085), (0.0, 0.0), (0.055, 0.085)):
        work.front.add(bar((x + low, y), (x + high, y + 0.19), 0.007), iron)
    roof = poly((x - 0.11, y + 0.185), (x + 0.11, y + 0.185), (x + 0.03, y + 0.27), (x - 0.03, y + 0.27))
    work.front.add(roof, iron)
    work.front.add(rect(x - 0.066, y - 0.025, x + 0.066, y + 0.006), iron)


# emblems about their middle, in a square of 1.2
_BOOT = (
    (-0.30, 0.55, 1), (0.06, 0.55, 1), (0.06, 0.0), (0.20, -0.16), (0.52, -0.26), (0.56, -0.50, 1), (-0.34, -0.50, 1),
    (-0.26, -0.1),
)  # fmt: skip
_KEY = (
    (-0.07, 0.10), (-0.28, 0.22), (-0.28, 0.52), (0, 0.64), (0.28, 0.52), (0.28, 0.22), (0.07, 0.10), (0.07, -0.60, 1),
    (0.30, -0.60, 1), (0.30, -0.46, 1), (0.07, -0.46, 1), (0.07, -0.34, 1), (0.24, -0.34, 1), (0.24, -0.22, 1),
    (0.07, -0.22, 1), (-0.07, -0.60, 1),
)  # fmt: skip
_MOON = (
    (0.20, 0.58, 1), (-0.30, 0.42), (-0.48, 0), (-0.30, -0.42), (0.20, -0.58, 1), (-0.06, -0.30), (-0.14, 0),
    (-0.06, 0.30),
)  # fmt: skip
_POT = (
    (-0.42, -0.40, 1), (0.42, -0.40, 1), (0.36, 0.04), (0.62, 0.30), (0.30, 0.16), (0.22, 0.34), (0.06, 0.40),
    (0, 0.55), (-0.06, 0.40), (-0.24, 0.34), (-0.36, 0.20), (-0.62, 0.10), (-0.40, -0.06),
)  # fmt: skip
_SIGNS = (_BOOT, _KEY, _MOON, _POT)
_PAINTS = ("#35555f", "#6f3540", "#3f4a78", "#54603f")
_REACH = 0.80


def sign(site: Site, work: Work, at: tuple[float, float], side: int, seed: int) -> None:
    """A painted board at a corner: a key for a locksmith, a boot, a moon, a pot."""
    x, y = at
    iron, gold = site.tone("#352d42"), site.tone("#e0b45c", 0.5)
    front = work.front
    for line, radii in (
        (((0.0, 0.0), (0.5 * _REACH, 0.015), (_REACH, 0.0)), [0.020, 0.016, 0.010]),
        (((0.0, -0.34), (0.20, -0.30), (0.40, -0.10), (0.44, 0.0)), [0.010, 0.016, 0.013, 0.008]),
        (((0.80, 0.0), (0.87, 0.03), (0.86, 0.09), (0.81, 0.07)), [0.012, 0.012, 0.009, 0.006]),
    ):
        front.add(tube([(x + side * a, y + b) for a, b in line], radii), iron)
    middle, top = x + side * 0.5 * _REACH, y - 0.13
    for off in (-0.20, 0.20):
        front.add(bar((middle + off, y), (middle + off, top - 0.02), 0.006), iron)
    shield = ((-0.29, 0, 1), (0, 0.05), (0.29, 0, 1), (0.30, -0.34, 1), (0, -0.50), (-0.30, -0.34, 1))
    panel = spline([(middle + n[0], top + n[1], *n[2:]) for n in shield], samples=6)
    paint = site.tone(_PAINTS[seed % len(_PAINTS)])
    front.add(moved(panel, 0.012, -0.014), site.dark(paint, 0.16))
    front.add(panel, gold)
    centre = panel.mean(0)
    front.add((panel - centre) * 0.90 + centre, paint)
    emblem = spline(_SIGNS[(seed // 4) % len(_SIGNS)], samples=6)
    front.add(moved(emblem * 0.23, middle, top - 0.19), gold)
