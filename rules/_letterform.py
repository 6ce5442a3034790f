"""Minting a letterform: a drawn skeleton, its ends dressed with serifs, its corners cut, its inlines engraved."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, radians, sin, tan

import numpy as np
from numpy.typing import NDArray

from rules import _bristles, _glyphs, _outline, _serifs
from rules._pen import Node, Points, Stroke, parse
from rules._skeleton import DOTS, OVERSHOOT, Drawn, Sheet, drawn, sheet_of
from rules._typefaces import Face, composed


@dataclass(frozen=True)
class Letterform:
    """A letter as outlines in font units, y up, its origin on the baseline.

    strips: two edges (n, 2, 2) each, to be filled rib by rib; solids: closed outlines. All of them
    together are the letter: fill each by itself. inlines: what is engraved into it afterwards. gaps: what
    a brush that runs dry leaves out, each with the number of the strip after which it is taken away.
    rings: outlines and holes, filled as one.
    box: left, bottom, right, top.
    """

    char: str
    strips: tuple[NDArray[np.float64], ...]
    solids: tuple[Points, ...]
    inlines: tuple[Points, ...]
    box: tuple[float, float, float, float]
    gaps: tuple[tuple[int, Points], ...] = ()
    rings: tuple[Points, ...] = ()


@dataclass
class _Pieces:
    strips: list[NDArray[np.float64]] = field(default_factory=list)
    solids: list[Points] = field(default_factory=list)
    inlines: list[Points] = field(default_factory=list)
    gaps: list[tuple[int, Points]] = field(default_factory=list)


@lru_cache(maxsize=1024)
def mint_letterform(char: str, face: Face, take: int = 0) -> Letterform:
    """One letter of a face. `take` is which of its drawings, for faces whose hand strays.

    Raises KeyError with the letter's name if the face lacks it.
    """
    char = composed(char)
    if face.font is not None:
        return _out_of_font(char, face)
    if char in _glyphs.RAISED:
        return _raised(char, face, take)
    base, accent = _glyphs.ACCENTED.get(char, (char, ""))
    try:
        skeleton = [parse(s) for s in _glyphs.skeleton(base, face.form)]
    except KeyError:
        raise KeyError(f"no letter {char!r} in {face.name}") from None
    sheet = sheet_of(base, face, skeleton, take)
    pieces = _Pieces()
    strokes = [drawn(s, sheet) for s in skeleton]
    for one in strokes:
        _emit(one, [s for s in strokes if s is not one and len(s.line.centre)], sheet, pieces)
    if accent:
        _accent(accent, sheet, pieces)
    return _finished(char, sheet, pieces)


def _emit(one: Drawn, others: list[Drawn], sheet: Sheet, pieces: _Pieces) -> None:
    """All outlines that one stroke gives."""
    stroke = one.stroke
    if stroke.kind == "p":
        pieces.solids.append(_plate(stroke))
        return
    if stroke.kind in DOTS:
        pieces.solids += _dot(stroke, sheet)
        return
    left, right = one.left.copy(), one.right.copy()
    if not stroke.is_closed:
        for i in (0, -1):
            left, right = _ended(one, (left, right), i, sheet, pieces)
    mitred = [i for i in (0, -1) if "m" in stroke.nodes[i].flags and others]
    if mitred:
        outline = np.concatenate([left, right[::-1]])
        for i in mitred:
            outline = _mitred(outline, one, i, others)
        pieces.solids.append(outline)
    else:
        if sheet.face.bristles and not stroke.is_closed:
            left, right = _bristles.capped(left, right, one.line)
        pieces.strips.append(np.stack([left, right], 1))
    if sheet.face.bristles and sheet.rng is not None and stroke.kind == "c" and not stroke.is_closed:
        gaps = _bristles.streaks(one.line, one.half, sheet.pen.half, sheet.face.bristles, sheet.rng)
        pieces.gaps += [(len(pieces.strips) - 1, gap) for gap in gaps]
    if sheet.face.spur and not sheet.is_small:
        _thorns(one, sheet, pieces)
    if sheet.face.inline and stroke.kind in "scC":
        _inline(one, sheet, pieces)


# -- ends


def _ended(one: Drawn, edges: tuple[Points, Points], i: int, sheet: Sheet, pieces: _Pieces) -> tuple[Points, Points]:
    """One end of a stroke: cut level at a zone line, and given what its flags ask for."""
    (left, right), direction, flags = edges, one.line.tangent[i], one.stroke.nodes[i].flags
    x, y = (float(v) for v in one.line.centre[i])
    if sheet.face.round_ends:
        if one.stroke.kind != "w" and not sheet.face.bristles:
            pieces.solids.append(_disc(x, y, float(one.half[i])))
        return left, right
    if sheet.is_zone(y) and abs(direction[1]) > 0.45:
        for edge in (left, right):
            edge[i] += direction * (y - edge[i, 1]) / direction[1]
    if sheet.face.serif == "none":
        return left, right
    outward = direction if i == -1 else -direction
    if set(flags) & set("_()^") and abs(direction[1]) > 0.45:
        into = -1 if outward[1] > 0 else 1
        end = _serifs.End(x, y, float(abs(left[i, 0] - right[i, 0])) / 2, float(direction[0] / direction[1]), into)
        return _footed(end, flags, (left, right), i, sheet, pieces)
    if "o" in flags:
        middle, across = (left[i] + right[i]) / 2, left[i] - right[i]
        pieces.solids.append(_disc(middle[0], middle[1], float(np.hypot(across[0], across[1])) / 2))
    elif "k" in flags:
        _beak(one, i, sheet, pieces)
    else:
        tip = _serifs.Tip(x, y, float(outward[0]), float(outward[1]), float(one.half[i]))
        for letter, up in (("d", -1), ("u", 1), ("b", 1), ("b", -1)):
            if letter in flags:
                size = (0.86 if sheet.is_small else 1.0) * (0.52 if letter == "b" else 1.0)
                pieces.solids.append(_serifs.bar_beak(tip, sheet.pen, up, size))
    return left, right


def _footed(
    end: _serifs.End, flags: str, edges: tuple[Points, Points], i: int, sheet: Sheet, pieces: _Pieces
) -> tuple[Points, Points]:
    """A stroke cut short by its foot, which is a piece of its own."""
    if "^" in flags and sheet.face.serif == "slab":
        outline, depth = _serifs.foot(end, sheet.pen, (True, False), "slab", 0.92)
    elif "^" in flags:
        outline, depth = _serifs.flag(end, sheet.pen)
    else:
        is_tall = float(np.ptp(edges[0][:, 1])) > 0.55 * sheet.face.cap
        is_stem = is_tall and abs(end.lean) < 0.05 and end.half > 0.7 * sheet.pen.half and not sheet.is_small
        style = sheet.face.serif if sheet.face.serif != "tuscan" or is_stem else "bracket"
        sides = ("_" in flags or "(" in flags, "_" in flags or ")" in flags)
        outline, depth = _serifs.foot(end, sheet.pen, sides, style, 0.92 if sheet.is_small else 1.0)
    pieces.solids.append(outline)
    return _shortened(edges[0], i, end, depth), _shortened(edges[1], i, end, depth)


def _shortened(edge: Points, i: int, end: _serifs.End, depth: float) -> Points:
    """An edge of a stroke without the stretch that its foot replaces."""
    points = edge if i == 0 else edge[::-1]
    inside = (points[:, 1] - end.y) * end.into
    first = int(np.argmax(inside > depth))
    if first == 0:
        return edge
    t = (depth - inside[first - 1]) / (inside[first] - inside[first - 1])
    cut = points[first - 1] + (points[first] - points[first - 1]) * t
    # as many points as before: the two edges of a strip go in pairs
    points = np.concatenate([np.repeat(cut[None], first, 0), points[first:]])
    return points if i == 0 else points[::-1]


def _beak(one: Drawn, i: int, sheet: Sheet, pieces: _Pieces) -> None:
    away = one.line.length if i == 0 else one.line.length[-1] - one.line.length
    stretch = np.nonzero(away < 1.75 * sheet.pen.half)[0]
    if i == 0:
        stretch = stretch[::-1]
    is_high = float(one.line.centre[i, 1]) > sheet.top / 2
    level = sheet.top + OVERSHOOT if is_high else -OVERSHOOT
    left, right = one.left[stretch], one.right[stretch]
    outer, inner = (left, right) if abs(left[0, 1] - level) < abs(right[0, 1] - level) else (right, left)
    pieces.solids.append(_serifs.round_beak(outer, inner, level, sheet.pen))


# -- corners


def _mitred(outline: Points, one: Drawn, i: int, others: list[Drawn]) -> Points:
    """The outline cut by the far edge of the stroke that comes nearest to this end."""
    end, body = one.line.centre[i], one.line.centre[len(one.line.centre) // 2]
    other = min(others, key=lambda o: float(_distances(_dense(o.line.centre), end).min()))
    at = int(np.argmin(_distances(other.line.centre, end)))
    normal, point = other.line.normal[at], other.line.centre[at]
    if float(((body - point) * normal).sum()) > 0:
        normal = -normal
    return _clipped(outline, point + normal * other.half[at], normal)


def _distances(points: Points, to: Points) -> NDArray[np.float64]:
    return np.asarray(np.hypot(points[:, 0] - to[0], points[:, 1] - to[1]))


def _dense(points: Points) -> Points:
    t = np.linspace(0, 1, 8, endpoint=False)[None, :, None]
    return np.asarray((points[:-1, None] * (1 - t) + points[1:, None] * t).reshape(-1, 2))


def _clipped(outline: Points, point: Points, normal: Points) -> Points:
    """The part of a polygon that does not lie beyond a line (Sutherland and Hodgman, 1974)."""
    side = ((outline - point) * normal).sum(1)
    kept: list[Points] = []
    for k in range(len(outline)):
        p, q, sp, sq = outline[k - 1], outline[k], side[k - 1], side[k]
        if (sp <= 0) != (sq <= 0):
            kept.append(p + (q - p) * sp / (sp - sq))
        if sq <= 0:
            kept.append(q)
    return np.array(kept) if len(kept) > 2 else outline


# -- dots, plates, thorns, inlines


def _dot(stroke: Stroke, sheet: Sheet) -> list[Points]:
    """A dot; `,` adds the tail of a comma, `;` that of a turned one."""
    node: Node = stroke.nodes[0]
    r = max(sheet.pen.half * (1.14 if sheet.is_small else 1.04), 42 if sheet.pen.tapers else 58)
    x, y = node.x, node.y if node.y > 100 or node.y < 0 else r - 5
    dot = _disc(x, y, r)
    if sheet.face.dots == "square":
        dot = np.array([(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)])
    if stroke.kind == ".":
        return [dot]
    if not sheet.pen.tapers:
        outer = _serifs.bezier((1, 0.1), (1.0, -1.0), (0.8, -1.7), (0.30, -2.3))
        inner = np.array([(-0.62, -2.3), (-0.05, -1.0), (-0.05, 0.0)])
        turn = -1 if stroke.kind == ";" else 1
        return [dot, np.concatenate([outer, inner]) * (turn * r) + np.array([x, y])]
    r *= 1.10  # in a line to be read a comma is told from a point by its tail
    dot = _disc(x, y, r)
    outer = _serifs.bezier((1, 0.1), (1.16, -1.15), (0.40, -2.15), (-0.72, -2.80))
    inner = _serifs.bezier((-0.86, -2.52), (-0.20, -1.95), (0.16, -1.45), (0.02, -0.8))
    turn = -1 if stroke.kind == ";" else 1
    return [dot, np.concatenate([outer, inner, [(0.0, 0.0)]]) * (turn * r) + np.array([x, y])]


def _plate(stroke: Stroke) -> Points:
    """A closed outline placed by hand, its corners flagged `!`."""
    return _outline.spline([(n.x, n.y, 1.0) if "!" in n.flags else (n.x, n.y) for n in stroke.nodes])


def _disc(x: float, y: float, r: float) -> Points:
    turn = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    return np.stack([x + r * np.cos(turn), y + r * np.sin(turn)], 1)


def _thorns(one: Drawn, sheet: Sheet, pieces: _Pieces) -> None:
    flags = "".join(n.flags for n in one.stroke.nodes)
    a, y = sheet.pen.half, sheet.face.cap / 2
    for letter, side in (("<", -1), (">", 1)):
        if letter in flags:
            x = float(one.line.centre[int(np.argmin(np.abs(one.line.centre[:, 1] - y))), 0])
            pieces.solids.append(_serifs.thorn(x + side * a, y, side, sheet.face.spur * a, 0.62 * a))


def _inline(one: Drawn, sheet: Sheet, pieces: _Pieces) -> None:
    """A line engraved along the lit side of what is thick, thin at its ends, off the feet."""
    a = sheet.pen.half
    centre, normal, half = one.line.centre, one.line.normal, one.half
    if len(centre) <= 5:  # a straight stroke has few samples: take more
        t = np.linspace(0, 1, 40)[:, None]
        centre = centre[0] + (centre[-1] - centre[0]) * t
        normal, half = np.repeat(normal[:1], 40, 0), np.repeat(half[:1], 40)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(centre, axis=0).T))])
    inside = (centre[:, 1] > a) & (centre[:, 1] < sheet.top - a)
    chosen = np.nonzero((half > 0.74 * a) & inside)[0]
    for run in np.split(chosen, np.nonzero(np.diff(chosen) > 1)[0] + 1):
        if len(run) < 5 or along[run[-1]] - along[run[0]] < 2.2 * a:
            continue
        t = np.linspace(0, 1, len(run))
        width = sheet.face.inline / 2 * np.clip(np.minimum(t, 1 - t) * 6, 0.10, 1)
        # one side a run, the lit one: the spine of an S turns through all directions
        side = 1.0 if float((normal[run, 0] - 0.3 * normal[run, 1] < 0).mean()) > 0.5 else -1.0
        middle = centre[run] + normal[run] * (side * half[run] * 0.26)[:, None]
        across = normal[run] * width[:, None]
        pieces.inlines.append(np.concatenate([middle + across, (middle - across)[::-1]]))


# -- accents, and the last touch


def _accent(accent: str, sheet: Sheet, pieces: _Pieces) -> None:
    points = np.concatenate([s.reshape(-1, 2) for s in pieces.strips] + pieces.solids)
    upper = points[points[:, 1] > sheet.top * 0.3]
    middle = float(upper[:, 0].min() + upper[:, 0].max()) / 2
    left, right = float(points[:, 0].min()), float(points[:, 0].max())
    at, scale = (middle, sheet.top + 62 + 0.3 * sheet.pen.half), (1.0, 1.0)
    if accent == "/":
        at, scale = (middle, 0.0), (1.05 * (right - left), sheet.top)
    elif accent == ",":
        at = ((left + right) / 2 + 8, 0.0)
    for text in _glyphs.ACCENTS_OF[sheet.face.form][accent]:
        stroke = parse(text)
        nodes = tuple(n._replace(x=n.x * scale[0], y=n.y * scale[1]) for n in stroke.nodes)
        one = drawn(stroke._replace(nodes=nodes), sheet, at)
        if stroke.kind == ".":
            pieces.solids.append(_disc(one.stroke.nodes[0].x, one.stroke.nodes[0].y, max(0.92 * sheet.pen.half, 44)))
        elif stroke.kind == "p":
            pieces.solids.append(_plate(one.stroke))
        else:
            is_pull = sheet.face.bristles and not stroke.is_closed
            edges = _bristles.capped(one.left, one.right, one.line) if is_pull else (one.left, one.right)
            pieces.strips.append(np.stack(edges, 1))
            if sheet.face.round_ends and not stroke.is_closed and not is_pull:
                ends = zip(one.line.centre[[0, -1]], one.half[[0, -1]], strict=True)
                pieces.solids += [_disc(float(x), float(y), float(half)) for (x, y), half in ends]


def _out_of_font(char: str, face: Face) -> Letterform:
    """A letter of the user's own font, made wider and slanted as the face says."""
    from rules import _fontfile

    if char not in _fontfile.characters(face.font):
        raise KeyError(f"no letter {char!r} in {face.name}")
    slant = tan(radians(face.slant))
    rings = []
    for outline in _fontfile.outlines(char, face.font):
        ring = np.stack([outline[:, 0] * face.width + slant * outline[:, 1], outline[:, 1]], 1)
        ring.flags.writeable = False
        rings.append(ring)
    points = np.concatenate(rings) if rings else np.zeros((1, 2))
    low, high = points.min(0), points.max(0)
    box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    return Letterform(char, (), (), (), box, (), tuple(rings))


def _raised(char: str, face: Face, take: int) -> Letterform:
    """A letter drawn small and high: minted with a stronger pen, then made smaller."""
    factor = 0.58
    weight = face.weight / (0.72 + 0.28 * factor) * 1.02
    letter = mint_letterform(_glyphs.RAISED[char], face.but(weight=weight, spur=0, inline=0), take)
    rise = face.cap - (face.cap if char in "¹²³" else face.x_height) * factor
    slant = tan(radians(face.slant))

    def placed(points: NDArray[np.float64]) -> NDArray[np.float64]:
        out = np.asarray(points * factor + np.array([slant * rise, rise]))
        out.flags.writeable = False
        return out

    strips, solids = tuple(placed(s) for s in letter.strips), tuple(placed(s) for s in letter.solids)
    left, bottom, right, top = (v * factor for v in letter.box)
    box = (left + slant * rise, bottom + rise, right + slant * rise, top + rise)
    return Letterform(char, strips, solids, (), box)


def _finished(char: str, sheet: Sheet, pieces: _Pieces) -> Letterform:
    """Slant, and the tilt and hop of an unsteady hand."""
    slant = tan(radians(sheet.face.slant))
    angle, hop = 0.0, 0.0
    if sheet.rng is not None and sheet.face.bounce:
        hop, angle = float(sheet.rng.normal()) * sheet.face.bounce, radians(1.1 * float(sheet.rng.normal()))

    def placed(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = points[..., 0] - 250, points[..., 1] - 250
        x, y = x * cos(angle) - y * sin(angle) + 250, x * sin(angle) + y * cos(angle) + 250 + hop
        out = np.stack([x + slant * y, y], -1)
        out.flags.writeable = False  # kept in a cache, and handed out
        return out

    strips = tuple(placed(s) for s in pieces.strips)
    solids = tuple(placed(s) for s in pieces.solids)
    points = np.concatenate([p.reshape(-1, 2) for p in (*strips, *solids)])
    low, high = points.min(0), points.max(0)
    box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    gaps = tuple((after, placed(p)) for after, p in pieces.gaps)
    return Letterform(char, strips, solids, tuple(placed(s) for s in pieces.inlines), box, gaps)
