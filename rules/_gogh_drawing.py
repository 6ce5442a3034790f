"""A drawing painted by Van Gogh's hand: strokes along its forms, coarse to fine, under dark contours.

Lengths are px of 1080 lines, times `Look.unit`.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters, _flow, _noise, _oils, _strokes
from rules._gogh_hand import contours, laid_by, lattice
from rules._gogh_subject import Brush, Hand, Look, Subject, subject_of
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

_cv: Any = cv2
_GROUND = (*(0.34 * c / 255**2 for c in (190, 140, 84)), 0.5 / 255)  #: the priming, where no stroke lies


PLATE = Hand(
    (Brush(60, 13, 31), Brush(42, 8.2, 12.0), Brush(17, 4.4, 6.2, 6.0)),
    _flow.Flow(0.0, 0.30, 1.0),
    (5.0, 4.0, 6.0),
    3.2,
)
FORM = Hand(
    (Brush(28, 7.6, 16.0), Brush(21, 5.0, 7.2), Brush(8, 2.8, 3.5, 11.0, skin=True)),
    _flow.Flow(1.45, 0.35, 0.0),
    (2.5, 2.5, 4.0),
    2.5,
)


# -- roles


def form(rgba: U8, maps: Maps, look: Look) -> U8:
    """A figure or a prop."""
    return _boxed(rgba, maps, look, FORM)


def ground(rgba: U8, maps: Maps, look: Look) -> U8:
    """A plate."""
    return _boxed(rgba, maps, look, PLATE)


def _boxed(rgba: U8, maps: Maps, look: Look, hand: Hand) -> U8:
    """Painted within the smallest box with all paint, and a little about it."""
    rows, columns = (np.flatnonzero(rgba[..., 3].max(axis)) for axis in (1, 0))
    margin = _filters.px(4, look.unit)
    box = (
        slice(max(int(rows[0]) - margin, 0), int(rows[-1]) + 1 + margin),
        slice(max(int(columns[0]) - margin, 0), int(columns[-1]) + 1 + margin),
    )
    mine = np.ascontiguousarray(rgba[box])
    window = _noise.Window(maps.left + box[1].start, maps.top + box[0].start, mine.shape[1], mine.shape[0])
    normals = None if maps.normals is None or hand is PLATE else np.ascontiguousarray(maps.normals[box])
    subject = subject_of(mine, window, normals, look, hand)
    out = np.zeros_like(rgba)
    out[box] = _painted(mine, subject, look, hand)
    return out


# -- painting


def _painted(rgba: U8, subject: Subject, look: Look, hand: Hand) -> U8:
    height, width = rgba.shape[:2]
    on = _strokes.canvas(height, width)
    on.colour[:] = _primed(rgba)
    for number, brush in enumerate(hand.brushes):
        _strokes.lay(on, laid_by(brush, subject, look, number))
    if look.contour:
        _strokes.lay(on, contours(subject, look, hand), tapered=True)
    # buttons, panes and catch-lights lie on the contours, not under them
    fine = hand.brushes[-1]
    _strokes.lay(on, laid_by(fine._replace(spacing=0.8 * fine.spacing, specks=True), subject, look, len(hand.brushes)))
    light = _strokes.lit(_strokes.height(on), look.relief, look.unit)
    return _shone(on.colour, light)


def _primed(rgba: U8) -> U8:
    """The ground on which strokes lie: priming, seen through a first thin coat."""
    alpha = np.ascontiguousarray(rgba[..., 3])
    primer = _bytes.joined([_bytes.table(alpha, _bytes.of(np.arange(256) * level)) for level in _GROUND])
    return _bytes.blend(rgba, 0.50, primer, 1)


def _shone(colour: U8, light: U8) -> U8:
    """Paint under the light: shade multiplies, and where it shines oil is a little white."""
    alpha = np.ascontiguousarray(colour[..., 3])
    out = _bytes.times(colour, _bytes.four(light), 1 / 128)
    shine = _bytes.times(_bytes.minus(light, np.full_like(light, 150)), alpha, 0.32 / 255)
    out = _bytes.least(_bytes.plus(out, _bytes.four(shine)), _bytes.four(alpha))
    out[..., 3] = alpha
    return out


# -- light and faces


def light(rgba: U8, maps: Maps, look: Look) -> U8:
    """Light that is added: rings of strokes about its middle, some stronger, some weaker, as about a star."""
    height, width = rgba.shape[:2]
    strongest = rgba[..., :3].max(2)
    if not strongest.any():
        return rgba.copy()
    window = _noise.Window(maps.left, maps.top, width, height)
    x, y, i, j = lattice(window, 9.5 * look.stroke * look.unit, look.seed)
    at = y.astype(np.int64), x.astype(np.int64)
    keep = strongest[at] > 1
    x, y, i, j = x[keep], y[keep], i[keep], j[keep]
    order = np.argsort(_noise.hashed(i, j, look.seed + 1), kind="stable")
    x, y, i, j = x[order], y[order], i[order], j[order]
    weight = strongest.astype(np.float32) ** 2
    total = float(weight.sum())
    middle = [
        float((weight.sum(axis) * np.arange(n, dtype=np.float32)).sum()) / total
        for axis, n in ((0, width), (1, height))
    ]
    dx, dy = x - np.float32(middle[0]), y - np.float32(middle[1])
    away = np.sqrt(dx * dx + dy * dy) + np.float32(1)
    length = np.minimum(np.float32(40 * look.length * look.stroke * look.unit), np.float32(1.3) * away)
    ring = np.cos(away * np.float32(2 * np.pi / (46 * look.unit)) + np.float32(look.seed % 7))
    share = 1 + look.broken * (
        np.float32(0.30) * (_noise.unit(i, j, look.seed + 2) - np.float32(0.5)) + np.float32(0.16) * ring
    )
    level = np.clip(share * 128, 0, 255)[:, None]
    none = np.zeros_like(x)
    strokes = _strokes.Strokes(
        x,
        y,
        np.arctan2(dx, -dy),
        1 / away,
        none,
        length,
        np.full_like(x, 8.0 * look.stroke * look.unit),
        (_noise.hashed(i, j, look.seed + 5) % _strokes.TOUCHES).astype(np.int32),
        np.repeat(level, 4, 1).astype(np.uint8),
    )
    on = _strokes.canvas(height, width)
    on.colour[:] = 118
    _strokes.lay(on, strokes)
    lit = _strokes.lit(_strokes.height(on), 0.6 * look.relief, look.unit)
    share = _bytes.times(_bytes.times(on.colour, _bytes.four(lit), 1 / 128), _bytes.four(_core(strongest)), 1 / 255)
    share = _bytes.plus(share, _bytes.four(_bytes.blend(_bytes.inverse(_core(strongest)), 0.5, strongest, 0)))
    return _bytes.times(rgba, share, 1 / 128)


def _core(strongest: U8) -> U8:
    """255 but for what is nearly white, which stays even."""
    return _bytes.table(strongest, _bytes.of(np.clip((250 - np.arange(256)) / 60, 0, 1)))


def features(rgba: U8, look: Look) -> U8:
    """Eyes, brows and mouth: as they are drawn, in the colours of the palette, with the relief of paint."""
    alpha = np.ascontiguousarray(rgba[..., 3])
    straight = _filters.straight(rgba, _filters.px(2, look.unit))
    tints = np.ascontiguousarray(straight[..., :3])
    codes = (tints >> 3).astype(np.int64)
    codes = codes[..., 0] << 10 | codes[..., 1] << 5 | codes[..., 2]
    cells = np.flatnonzero(np.bincount(codes.ravel(), minlength=1 << 15))
    none = np.zeros(len(cells), np.float32)
    middles = (np.stack([cells >> 10, cells >> 5 & 31, cells & 31], -1) * 8 + 4).astype(np.uint8)
    table = np.zeros((1 << 15, 3), np.uint8)
    table[cells] = _oils.mixed(middles, _oils.Chance(none, none, none, none + 1), 0.9 * look.vivid, 0.0)
    found = table[codes]
    found = _bytes.blend(found, 0.6, tints, 0.4)
    height = _filters.gaussian(alpha.astype(np.float32) * np.float32(1 / 255), 0.8 * look.unit)
    lit = _strokes.lit(np.asarray(height * np.float32(0.30) + np.float32(0.4), np.float32), look.relief, look.unit)
    cover = _bytes.times(found, _bytes.three(alpha))
    return _shone(_bytes.joined([*(_cv.extractChannel(cover, n) for n in range(3)), alpha]), lit)
