"""The far city's heroes: a cathedral with a clock and a tall spire, and a domed hall."""

from __future__ import annotations

from rules import _colour
from rules._board import Batch, arched, bar, moved, poly, rect
from rules._outline import Nodes, Points, ellipse, spline
from rules._towers import Tones

_FOOT = -1.2


def _shape(x: float, nodes: Nodes, samples: int = 8) -> Points:
    return moved(spline(nodes, samples=samples), x, 0)


def cathedral(batch: Batch, panes: list[Points], x: float, tones: Tones, lit: bool) -> None:
    """Nave, crossing and tower; x: the tower's middle."""
    wall, shade, roof, slope = tones.wall, tones.shade, tones.roof, tones.slope
    batch.add(rect(x + 0.2, _FOOT, x + 4.6, 4.2), wall)
    batch.add(poly((x + 0.1, 4.15), (x + 4.75, 4.15), (x + 4.35, 6.1), (x + 0.1, 6.1)), roof)
    batch.add(poly((x + 0.1, 5.9), (x + 4.40, 5.9), (x + 4.35, 6.1), (x + 0.1, 6.1)), slope)
    for k in range(5):
        at = x + 1.05 + 0.86 * k
        batch.add(arched(at - 0.17, 1.6, at + 0.17, 3.6, 0.34), shade)
        if lit and k in (0, 1, 3):
            pane = arched(at - 0.10, 1.7, at + 0.10, 3.5, 0.28)
            panes.append(pane)
            batch.add(pane, _colour.mix(tones.pane, wall, 0.35))
        buttress = poly((at + 0.34, -1), (at + 0.52, -1), (at + 0.48, 3.9), (at + 0.38, 3.9))
        batch.add(buttress, _colour.mix(wall, shade, 0.8))
        batch.add(poly((at + 0.33, 3.9), (at + 0.53, 3.9), (at + 0.43, 4.75)), slope)
    batch.add(rect(x + 3.1, 6.0, x + 3.5, 6.8), wall)
    batch.add(poly((x + 3.02, 6.8), (x + 3.58, 6.8), (x + 3.3, 8.5)), roof)
    batch.add(bar((x + 3.3, 8.3), (x + 3.3, 8.9), 0.03, 0.015), shade)
    _tower(batch, x, tones)
    _clock(batch, panes, x, tones, lit)
    _spire(batch, x, tones)


_HALF, _TOP, _TIP = 0.82, 8.4, 14.6  # of the tower: half its width, its height, the spire's tip


def _tower(batch: Batch, x: float, tones: Tones) -> None:
    """A square tower with stepped buttresses, string courses and a belfry."""
    wall, shade, slope = tones.wall, tones.shade, tones.slope
    batch.add(rect(x - _HALF, _FOOT, x + _HALF, _TOP), wall)
    batch.add(rect(x + 0.25, _FOOT, x + _HALF, _TOP), _colour.mix(wall, shade, 0.75))
    for side in (-1, 1):
        a = x + side * _HALF
        inner = a - side * 0.14
        for y, out in ((2.6, 0.34), (5.2, 0.22), (_TOP, 0.12)):
            outer = a + side * out
            batch.add(poly((inner, -1), (outer, -1), (outer, y - 0.5), (inner, y)), wall if side < 0 else shade)
    for y in (4.4, 6.62, _TOP - 0.1):
        batch.add(rect(x - _HALF - 0.10, y, x + _HALF + 0.10, y + 0.11), slope)
        batch.add(rect(x - _HALF - 0.08, y - 0.05, x + _HALF + 0.08, y), shade)
    for off in (-0.32, 0.32):
        at = x + off
        batch.add(arched(at - 0.17, 6.85, at + 0.17, 8.05, 0.34), shade)
        for k in range(4):
            louvre = bar((at - 0.15, 6.95 + 0.2 * k), (at + 0.15, 7.01 + 0.2 * k), 0.03)
            batch.add(louvre, _colour.mix(wall, shade, 0.4))
    for off, tall in ((-_HALF, 1.35), (-0.3, 0.8), (0.3, 0.8), (_HALF, 1.35)):
        at = x + off
        batch.add(poly((at - 0.11, _TOP), (at + 0.11, _TOP), (at, _TOP + tall)), wall if off < 0 else shade)


def _clock(batch: Batch, panes: list[Points], x: float, tones: Tones, lit: bool) -> None:
    """The clock, a moon of its own at night; it says twenty to four."""
    y = 6.08
    face = ellipse(x, y, 0.36, 0.36)
    batch.add(ellipse(x, y, 0.44, 0.44), tones.slope)
    batch.add(face, tones.pane if lit else _colour.mix(tones.wall, tones.slope, 0.6))
    if lit:
        panes.append(face)
    for right, up in ((0.06, 0.24), (0.2, -0.08)):
        batch.add(bar((x, y), (x + right, y + up), 0.035, 0.015), tones.shade)


def _spire(batch: Batch, x: float, tones: Tones) -> None:
    """A tall spire with crockets, a cross and a cock."""
    spine = ((0.24, _TOP + 2.4), (0.03, _TIP, 1), (-0.03, _TIP, 1), (-0.24, _TOP + 2.4))
    batch.add(_shape(x, ((-0.66, _TOP, 1), (0.66, _TOP, 1), *spine)), tones.roof)
    lit = ((-0.66, _TOP, 1), (-0.12, _TOP, 1), (-0.03, _TOP + 2.4), (0, _TIP, 1), *spine[2:])
    batch.add(_shape(x, lit), tones.slope)
    for k in range(9):
        y = _TOP + 0.5 + 0.6 * k
        wide = 0.60 * (1 - (y - _TOP) / (_TIP - _TOP)) ** 1.25 + 0.02
        for side, colour in ((-1, tones.slope), (1, tones.shade)):
            batch.add(ellipse(x + side * wide, y, 0.06, 0.05, 0, 8), colour)
    batch.add(bar((x, _TIP - 0.1), (x, _TIP + 0.75), 0.03, 0.02), tones.shade)
    batch.add(bar((x - 0.16, _TIP + 0.42), (x + 0.16, _TIP + 0.42), 0.025), tones.shade)
    cock = ((-0.26, 0.75, 1), (-0.05, 0.72), (0.14, 0.98, 1), (0.24, 0.92, 1), (0.10, 0.72), (-0.08, 0.62))
    batch.add(_shape(x, [(n[0], n[1] + _TIP, *n[2:]) for n in cock], 4), tones.shade)


def dome(batch: Batch, x: float, tones: Tones) -> None:
    """A domed hall with columns, a drum and a lantern."""
    wall, shade, roof, slope = tones.wall, tones.shade, tones.roof, tones.slope
    batch.add(rect(x - 2.3, _FOOT, x + 2.3, 4.6), wall)
    batch.add(rect(x - 2.45, 4.5, x + 2.45, 4.8), slope)
    batch.add(poly((x - 1.7, 4.8), (x + 1.7, 4.8), (x, 5.6)), wall)
    for k in range(9):
        at = x - 1.9 + 0.475 * k
        batch.add(rect(at - 0.09, 1.4, at + 0.09, 4.4), shade)
        batch.add(rect(at - 0.09, 1.4, at - 0.02, 4.4), slope)
    batch.add(rect(x - 1.15, 5.0, x + 1.15, 6.5), wall)
    for k in range(7):
        at = x - 0.98 + 0.3 * k
        batch.add(arched(at - 0.07, 5.3, at + 0.07, 6.3, 0.12), shade)
    batch.add(rect(x - 1.28, 6.45, x + 1.28, 6.65), slope)
    top = 6.65
    shell = ((-1.18, top, 1), (1.18, top, 1), (0.96, 7.7), (0.14, 8.6, 1), (-0.14, 8.6, 1), (-0.96, 7.7))
    batch.add(_shape(x, shell), roof)
    for a, b in ((-0.96, -0.62), (-0.34, -0.14)):  # ribs of light between the seams of the lead
        nodes = ((1.15 * a, top, 1), (1.15 * b, top, 1), (0.9 * b, 7.7), (0.05 * b, 8.58, 1), (0.12 * a, 8.58, 1))
        batch.add(_shape(x, (*nodes, (0.95 * a, 7.7)), 6), slope)
    batch.add(rect(x - 0.17, 8.55, x + 0.17, 9.1), wall)
    batch.add(poly((x - 0.24, 9.1), (x + 0.24, 9.1), (x, 9.6)), roof)
    batch.add(bar((x, 9.5), (x, 10.0), 0.03, 0.015), shade)
