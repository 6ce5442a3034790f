"""The loose ends of a biped's scarf: one blown back over the shoulder, one hanging before the chest."""

from __future__ import annotations

from math import pi, sin

from rules import _outline
from rules._biped_fit import Fit
from rules._biped_look import Look, dark, pale
from rules._biped_neckwear import WOOL, wool
from rules._bones import Gait
from rules._cel import Cel, Joined

#: Middle line of the blown end on the small reference figure, with its half-widths.
_BLOWN = ((-7.6, -63.6, 2.6), (-13.2, -63.8, 3.2), (-19.0, -59.4, 3.5), (-25.2, -55.6, 3.6), (-31.6, -57.6, 3.4))
_HANGING = ((5.6, -61.4, 2.3), (7.4, -56.6, 2.7), (7.6, -51.0, 3.0), (8.8, -45.4, 3.0))
_DOWN = ((1.6, -64.2, 2.6), (2.2, -58.4, 3.1), (1.4, -52.6, 3.3), (2.6, -46.6, 3.4))


def hanging_end(cel: Cel, look: Look, fit: Fit, gait: Gait) -> None:
    """The short end, in front."""
    swing = 1.4 * fit.lag + (0.0 if gait.phase < 0 else 1.3 * fit.swing * sin(4 * pi * gait.phase + 2.2))
    line = [(x + swing * i / 3, y) for i, (x, y, _) in enumerate(_HANGING)]
    _end(cel, look, fit, line, [w for *_, w in _HANGING], 2)


def blown_end(cel: Cel, look: Look, fit: Fit, gait: Gait) -> None:
    """The long end, behind; it waves in a walk."""
    line = []
    for i, (x, y, _) in enumerate(_BLOWN):
        wave = 0.0 if gait.phase < 0 else (0.25 + 0.42 * i) * sin(2 * pi * (2 * gait.phase - 0.16 * i))
        late = 0.30 * i**1.3 * fit.lag  # forward is down: the end hangs from behind the neck
        line.append((x + 1.2 * late, y + fit.swing * wave + 1.6 * late))
    _end(cel, look, fit, line, [w for *_, w in _BLOWN], 3)


def _end(cel: Cel, look: Look, fit: Fit, line: list[tuple[float, float]], widths: list[float], folds: int) -> None:
    dye = look.scarf_dye
    widths = [w * wool(fit.now) for w in widths]
    low, high = dark(dye, 0.11, 20), pale(dye, 0.08)
    root = fit.at(*line[0])  # the ends hang from where they are tied; a broad back does not make them longer
    spine = [(root[0] + p[0] - line[0][0], root[1] + p[1] - line[0][1]) for p in line]
    (x0, y0), (x1, y1) = spine[-2], spine[-1]
    long = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    ax, ay = (x1 - x0) / long, (y1 - y0) / long
    w = widths[-1]
    strands = []
    for i in range(11):
        t = -0.94 + 0.188 * i
        px, py = x1 - ay * w * t, y1 + ax * w * t
        reach = (2.6, 2.1, 2.8, 2.3)[i % 4]
        lean = 0.34 * t + (0.22, -0.16, 0.05)[i % 3]
        tip = (px + ax * reach - ay * lean, py + ay * reach + ax * lean)
        strands.append(
            _outline.tube(
                [(px - ax, py - ay), ((px + tip[0]) / 2, (py + tip[1]) / 2), tip], (0.30, 0.30, 0.12), samples=4
            )
        )
    cel.part(Joined(tuple(strands)), dark(dye, 0.02, 20), WOOL.but(cast=0, turn=0.15, soft=0.15, key=0, line=0.08))
    ribbon = cel.part(_outline.tube(spine, widths, caps=(True, False)), dye, WOOL.but(cast=1.3, bounce=0.5))
    stripe = look.trim if look.coat else look.lining
    for back, thick in ((1.7, 0.62), (3.5, 0.34)):
        cx, cy = x1 - ax * back, y1 - ay * back
        band = [
            (cx + ay * w * 1.2, cy - ax * w * 1.2),
            (cx + ax * 0.35, cy + ay * 0.35),
            (cx - ay * w * 1.2, cy + ax * w * 1.2),
        ]
        cel.ink(_outline.tube(band, [thick] * 3, samples=5), stripe, 0.95, ribbon)
    for i in range(folds):
        a, b, c = spine[i], spine[min(i + 1, len(spine) - 1)], spine[min(i + 2, len(spine) - 1)]
        off = (0.35, -0.3, 0.25)[i] * widths[i]
        mid = ((a[0] + 2 * b[0]) / 3, (a[1] + 2 * b[1]) / 3)
        end = ((b[0] * 2 + c[0]) / 3, (b[1] * 2 + c[1]) / 3)
        cel.stroke(
            [(a[0] - off, a[1] + off), (mid[0], mid[1] + off), (end[0], end[1] + off * 0.4)],
            [0.05, 0.36, 0.05],
            low,
            ribbon,
        )
    a, b = spine[1], spine[2]
    cel.stroke(
        [
            (a[0], a[1] - widths[1] * 0.55),
            ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - widths[1] * 0.6),
            (b[0], b[1] - widths[2] * 0.6),
        ],
        [0.05, 0.4, 0.05],
        high,
        ribbon,
        0.85,
    )


def back_end(cel: Cel, look: Look, fit: Fit, gait: Gait) -> None:
    """The long end as it hangs down the back."""
    swing = 1.2 * fit.lag + (0.0 if gait.phase < 0 else 1.5 * fit.swing * sin(4 * pi * gait.phase + 2.2))
    line = [(x + swing * i / 3, y) for i, (x, y, _) in enumerate(_DOWN)]
    _end(cel, look, fit, line, [w for *_, w in _DOWN], 2)
