"""Figures, props and faces out of blocks.

A cell takes the colour that most of it has, in three tones by the form's light. How far it stands out follows how far
inside its part it is. What is thinner than a block is a row of blocks, never broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _noise, _relief, _voxel, _voxel_colour
from rules._voxel import Build, Lattice
from studio.rule import Maps

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
Cells = NDArray[np.bool_]

_cv: Any = cv2
_KEY = (-0.62, -0.78)  #: where the light stands if nobody says
_HIGH = 0.9  #: how far before the picture the light stands, for one beside it
_FULL = 0.42  #: cover from which there is a block
_THIN = 0.11  #: cover from which there is one if nothing about it is full
_AROUND = np.ones((3, 3), np.uint8)
_FAINT = 0.28  #: cover from which a line goes on
_CRUMB = 3  #: cells of a thin thing that is too short to stand alone
_ROUND = 2.6  #: cells from a part's edge to where it is level
_LEVELS = 3
_SPECK = 60  #: levels of lightness by which a fold differs at most from what it lies in
_DARK, _DEEP = 80.0, (22.0, 20.0, 31.0)  #: luma under which a colour is raised, and by what
_FULL_SHOT = 0.28  #: px a metre of a line of the picture, where a block is as large as it is said to be
_FEATURE = 0.36  #: cover from which a cell is a feature
_SOFT = 0.5  #: cover of a blush


@dataclass(frozen=True)
class Look:
    """The pass's knobs, and px of the picture for one of 1080 lines."""

    block: float
    grow: float
    coarse: float
    face: int
    colours: int
    vivid: float
    build: Build
    unit: float

    def px(self, maps: Maps, times: float = 1.0, least: float = 0.55, most: float = 3.0) -> float:
        """Size of a block of a drawing, px: it grows with what it stands for, but less."""
        near = maps.scale / (_FULL_SHOT * max(maps.lines, 1)) if maps.scale else 1.0
        # whole px of 1080 lines, so that as many blocks stand in a picture of any size
        return self.unit * max(round(self.block * times * min(max(float(near**self.grow), least), most)), 1)


def form(rgba: U8, maps: Maps, look: Look) -> U8:
    """A figure or a prop out of blocks."""
    assert maps.parts is not None and maps.distance is not None
    flat = rgba if maps.flat is None else maps.flat
    on = over(rgba, maps, look.px(maps))
    samples = _voxel.sampled(flat, on)
    alpha = samples[..., 3]
    cover = (alpha > 127).mean(-1, dtype=np.float32)
    stands = standing(cover, _voxel.within(on))
    if not stands.any():
        return np.zeros_like(rgba)
    colour = _lifted(clean(own(samples, _voxel.sampled(maps.parts, on))))
    colour = _voxel_colour.toned(colour, _tone(maps, on), 1.0, look.vivid)
    colour = _voxel_colour.few(colour, stands, look.colours)
    return _voxel.built(colour, _levels(maps, on), stands, on, look.build)


def over(rgba: U8, maps: Maps, block: float, split: int = 1) -> Lattice:
    return _voxel.lattice(_noise.Window(maps.left, maps.top, rgba.shape[1], rgba.shape[0]), block, split)


def own(samples: U8, parts: U8 | None = None) -> F32:
    """The colour of each cell, not premultiplied: what most of its own samples show. parts: of the samples; a stroke of
    another hue within one part counts for more than it covers, so that trims and buttons are not broken."""
    alpha = samples[..., 3:].astype(np.uint16)
    solid = alpha > 100
    straight = np.minimum(samples[..., :3].astype(np.uint16) * 255 // np.maximum(alpha, 1), 255)
    # samples outside repeat one within, so that they do not count
    first = solid[..., 0].argmax(-1)
    spare = np.take_along_axis(straight, first[..., None, None], axis=2)
    found = np.where(solid, straight, spare).astype(np.uint8)
    within = None if parts is None else (parts == parts[..., :1]).all(-1)
    return _voxel.dominant(found, within)


def clean(colour: F32) -> F32:
    """Without cells that are alone darker or lighter than all about them, of the same hue: broken seams and folds."""
    if min(colour.shape[:2]) < 3:
        return colour
    rgb = np.clip(colour + 0.5, 0, 255).astype(np.uint8)
    around: U8 = _cv.medianBlur(rgb, 3)
    lab, near = (_cv.cvtColor(p, _cv.COLOR_RGB2Lab).astype(np.int16) for p in (rgb, around))
    other = np.abs(lab - near)
    alike = np.zeros(other.shape[:2], np.int16)
    wide = np.pad(lab, ((1, 1), (1, 1), (0, 0)), "edge")
    for y, x in ((0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2)):
        beside = wide[y : y + lab.shape[0], x : x + lab.shape[1]]
        alike += np.abs(beside - lab).max(-1) < 12
    alone = (other[..., 0] > 8) & (other[..., 0] < _SPECK) & (other[..., 1:].max(-1) < 16) & (alike < 2)
    return np.where(alone[..., None], around.astype(np.float32), colour)


def _lifted(colour: F32) -> F32:
    """Darks raised to a deep violet, on which faces of cubes can still be told apart."""
    dark = np.maximum(1 - _luma(colour) / _DARK, 0)[..., None]
    return np.asarray(colour + dark * np.array(_DEEP, np.float32))


def standing(cover: F32, inside: Cells, least: float = _FULL) -> Cells:
    """Cells in which a block stands: those that are covered, and of what is thin the most covered across it."""
    full = cover > least
    near = _cv.dilate(full.astype(np.uint8), _AROUND) > 0
    broad = _cv.morphologyEx(np.pad(full.astype(np.uint8), 1), _cv.MORPH_OPEN, np.ones((2, 2), np.uint8))
    around = _cv.dilate(broad, _AROUND)[1:-1, 1:-1] > 0
    wide = np.pad(cover, 1)
    up, foot, left, right = wide[:-2, 1:-1], wide[2:, 1:-1], wide[1:-1, :-2], wide[1:-1, 2:]
    # a line that goes on to both sides, straight or by a step
    on = np.pad(cover, 1, "edge")
    rows = np.maximum(np.maximum(on[:, :-2], on[:, 2:]), on[:, 1:-1])
    columns = np.maximum(np.maximum(on[:-2], on[2:]), on[1:-1])
    across = (cover > left) & (cover >= right) & (~near | (np.minimum(rows[:-2], rows[2:]) > _THIN))
    down = (cover > up) & (cover >= foot) & (~near | (np.minimum(columns[:, :-2], columns[:, 2:]) > _THIN))
    # beside something broad a line goes on if it is not a bump of that: no side of it is covered
    line = across & (np.maximum(left, right) <= least) | down & (np.maximum(up, foot) <= least)
    thin = (cover > _THIN) & ~around & (across | down) | (cover > _FAINT) & near & line
    found = (full | thin) & inside
    if not thin.any():
        return np.asarray(found)
    count, labels = _cv.connectedComponents(found.astype(np.uint8), connectivity=8)
    size = np.bincount(labels.ravel(), minlength=count)
    held = np.bincount(labels.ravel(), full.ravel(), minlength=count) > 0
    return np.asarray(found & (held | (size > _CRUMB))[labels])


def _levels(maps: Maps, on: Lattice) -> U8:
    """How far cells stand out: round towards the edges of their part, and more the nearer it lies."""
    assert maps.parts is not None and maps.distance is not None
    inner = _voxel.sampled(maps.distance, on).max(-1) * np.float32(on.fine / _relief.GRID / on.pitch)
    away = 1 - np.clip(inner / _ROUND, 0, 1)
    swell = np.sqrt(np.maximum(1 - away * away, 0))
    parts = _voxel.sampled(maps.parts, on).max(-1)
    there = np.unique(parts[parts > 0])
    rank = np.zeros(256, np.float32)
    rank[there] = np.arange(len(there)) / max(len(there) - 1, 1)
    level = 1.7 * swell + 1.4 * rank[parts]
    return np.asarray(np.clip(np.rint(level), 0, _LEVELS), np.uint8)


def _tone(maps: Maps, on: Lattice) -> NDArray[np.int8]:
    """-1, 0 or 1: light on cells."""
    assert maps.normals is not None and maps.shadow is not None
    normals = [
        _voxel.sampled(np.ascontiguousarray(maps.normals[..., k]), on).mean(-1, dtype=np.float32) for k in (0, 1)
    ]
    x, y = ((n - np.float32(_relief.FLAT)) / np.float32(127) for n in normals)
    z = np.sqrt(np.maximum(1 - x * x - y * y, 0))
    light = _relief.towards(maps.light if any(maps.light) else _KEY, _HIGH)
    level = x * np.float32(light[0]) + y * np.float32(light[1]) + z * np.float32(light[2])
    shadow = _voxel.sampled(maps.shadow, on).mean(-1, dtype=np.float32)
    out = np.where(level > 0.90, 1, 0)
    return np.where((level < 0.28) | (shadow > 128), -1, out).astype(np.int8)


# -- faces


def face(rgba: U8, maps: Maps, look: Look) -> U8:
    """A face: its features as flush cells on the head's own lattice, some of them a block, so that it stays a face."""
    flat = rgba if maps.flat is None else maps.flat
    on = over(rgba, maps, look.px(maps), look.face)
    samples = _voxel.sampled(flat, on)
    alpha = samples[..., 3]
    cover = (alpha > 150).mean(-1, dtype=np.float32)
    inside = _voxel.within(on)
    feature = standing(cover, inside, _FEATURE)
    blush = ~feature & (alpha.mean(-1, dtype=np.float32) > 0.25 * 255) & inside
    if not (feature | blush).any():
        return np.zeros_like(rgba)
    colour = _bright(own(samples), samples)
    colour = _voxel_colour.few(colour, feature | blush, look.colours)
    cells = np.dstack([colour, np.where(feature, 255, 255 * _SOFT * blush)])
    return _voxel.flush(np.rint(cells).astype(np.uint8), on, look.build)


def _bright(colour: F32, samples: U8) -> F32:
    """Colours of cells, white where enough of a dark one is: the light in an eye."""
    luma = _luma(samples[..., :3].astype(np.float32))
    white = (luma > 215) & (samples[..., 3] > 200)
    share = white.mean(-1, dtype=np.float32)
    lit = (share > 0.38) & (_luma(colour) < 120)
    mean = (samples[..., :3] * white[..., None]).sum(-2, dtype=np.uint32) / np.maximum(white.sum(-1), 1)[..., None]
    return np.where(lit[..., None], mean, colour).astype(np.float32)


def _luma(rgb: F32) -> F32:
    return np.asarray((rgb * np.array([0.3, 0.59, 0.11], np.float32)).sum(-1))
