"""How a model sheet is laid out: figures are placed with the drawings that films are made of.

Everything on it is what `character.act` shows for a moment's acting, so that whatever a kit can do is on its sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _colour, _kit, _letters, _noise, _typefaces, _window, character
from rules._kit import ALOFT, GAITS, Track
from rules._outline import F32
from rules.kits import kit_of
from rules.model_sheet import Params
from studio.params import Params as Base
from studio.rule import Box, Canvas, Drawing, Variant

U8 = NDArray[np.uint8]

_HEAD = ("head", "face")
_ROUND = (0, 45, 90, 135, 180)
_HEAD_ROOM, _FOOT_ROOM = 0.028, 0.028  # of a cell, under its row's caption and for its label
_COARSE = 90.0  # px a figure's height at which its extent is measured


class Area(NamedTuple):
    """A rectangle of the sheet in picture heights from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def cells(self, across: int, down: int) -> Iterator[Area]:
        """Equal parts, row by row."""
        width, height = self.width / across, self.height / down
        for n in range(across * down):
            yield Area(self.left + n % across * width, self.top + n // across * height, width, height)


@dataclass(frozen=True)
class _Board:
    """The sheet while it is painted: rgb float32 (height, width, 3) in 0 to 255."""

    params: Params
    seed: int
    rgb: F32
    minted: dict[str, Drawing]  # drawings that stand on it more than once

    @property
    def height(self) -> int:
        return len(self.rgb)


def paint(params: Params, canvas: Canvas, seed: int) -> Drawing:
    """The whole sheet; opaque."""
    board = _Board(params, seed, _paper(params, canvas, seed), {})
    wide = canvas.width / canvas.height
    margin, column = 0.045, 0.30 * min(wide, 1.9)
    right = Area(margin + column + 0.03, 0.105, wide - 2 * margin - column - 0.03, 0.85)
    _label(board, params.name, (margin, 0.072), 0.034)
    _rule(board, (margin, wide - margin), 0.092)
    _standing(board, Area(margin, 0.115, column, 0.72))
    _swatches(board, Area(margin, 0.865, column, 0.085))
    top, middle, bottom = (Area(right.left, right.top + y * right.height, right.width, h * right.height)
                           for y, h in ((0.0, 0.36), (0.37, 0.30), (0.69, 0.31)))  # fmt: skip
    half = top.width * 0.44
    _turns(board, top._replace(width=half))
    _moods(board, Area(top.left + half + 0.02, top.top, top.width - half - 0.02, top.height))
    _mouths(board, middle._replace(height=middle.height * 0.62))
    split = middle.top + 0.64 * middle.height
    _poses(board, Area(bottom.left, split, bottom.width, bottom.top + bottom.height - split))
    rgb = np.clip(np.rint(board.rgb), 0, 255).astype(np.uint8)
    return Drawing(np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)]))


# -- what is on it


def _standing(board: _Board, area: Area) -> None:
    _figure(board, area, _acting(), labelled="")


def _turns(board: _Board, area: Area) -> None:
    _caption(board, "turn", area)
    if hasattr(kit_of(board.params.figure), "VIEWS"):  # seen whole, from all sides
        views = [_acting(yaw=view, body=view) for view in _ROUND]
        boxes = [_shown(board, view, ())[1] for view in views]
        wide = max(b.right - b.left for b in boxes)
        for yaw, view, cell in zip(_ROUND, views, area.cells(len(_ROUND), 1), strict=True):
            _figure(board, cell, view, labelled=f"{yaw}", wide=wide)
        return
    for yaw, cell in zip(character.YAWS, area.cells(3, 2), strict=False):
        _figure(board, cell, _acting(yaw=yaw), layers=_HEAD, labelled=f"{yaw}")


def _moods(board: _Board, area: Area) -> None:
    _caption(board, "moods", area)
    for n, cell in enumerate(area.cells(4, 2)):
        _figure(board, cell, _acting(mood=n), layers=_HEAD, labelled=_kit.MOODS[n])


def _mouths(board: _Board, area: Area) -> None:
    _caption(board, "mouths", area)
    for n, cell in enumerate(area.cells(9, 1)):
        _figure(board, cell, _acting(mouth=n), layers=_HEAD, labelled=_kit.MOUTHS[n])


def _poses(board: _Board, area: Area) -> None:
    _caption(board, "poses", area)
    kit = kit_of(board.params.figure)
    poses: list[tuple[str, dict[str, Any]]] = [("contact", {"phase": 0}), ("passing", {"phase": 6})]
    if getattr(kit, "FLIES", False):
        poses.append(("fly", {"gait": GAITS.index("fly"), "flown": 24}))
    poses += [(name, {"gesture": 1 + n, "span": span}) for n, (name, span) in enumerate(kit.GESTURES.items())]
    poses += [(name, {"stance": n, "before": n}) for n, name in enumerate(kit.STANCES) if n]
    down = 1 if len(poses) <= 8 else 2
    for (name, how), cell in zip(poses, area.cells(-(-len(poses) // down), down), strict=False):
        _figure(board, cell, _acting(**how), labelled=name)


def _swatches(board: _Board, area: Area) -> None:
    found = list(_colours(board.params.figure.model_dump(mode="json"), ""))
    for (name, code), cell in zip(found[:10], area.cells(max(1, min(10, len(found))), 1), strict=False):
        size = min(cell.width * 0.86, cell.height * 0.62)
        base = 255 * np.asarray(_colour.rgb_of(code))
        shadow = 255 * np.asarray(_colour.shade(_colour.rgb_of(code)))
        _fill(board, Area(cell.left, cell.top, size, size), base)
        _fill(board, Area(cell.left, cell.top + 0.68 * size, size, 0.32 * size), shadow)
        _label(board, name, (cell.left, cell.top + size + 0.022), 0.011)


def _colours(said: Any, name: str) -> Iterator[tuple[str, str]]:
    """(name, colour) of everything in a character that has one."""
    if isinstance(said, dict):
        kind = next((k for k, v in said.items() if isinstance(v, str) and k != "colour"), name)
        for key, value in said.items():
            if isinstance(value, str) and value.startswith("#"):
                yield (name or kind if key == "colour" else key), value
            else:
                yield from _colours(value, key if isinstance(value, dict) else "")
    elif isinstance(said, list):
        for item in said:
            yield from _colours(item, "")


# -- figures


def _acting(**how: int) -> character.Acting:
    """One moment of standing still by day, but for what is said."""
    at: dict[str, Any] = {f.name: np.zeros(1, np.int32) for f in fields(character.Acting) if f.name != "time"}
    at |= {name: np.zeros(1) for name in ("tilt", "breath", "height")}
    said = {"phase": -1, "facing": 1, "yaw": 45, "body": 45, "flown": -1, "landing": ALOFT, "settled": ALOFT, **how}
    if "gesture" in said:  # at its height
        said["since"] = said["span"] // 2
    values: dict[str, Any] = {**at, **{name: np.array([value], np.int32) for name, value in said.items()}}
    return character.Acting(**values, time="day")


def _figure(
    board: _Board,
    area: Area,
    acting: character.Acting,
    layers: tuple[str, ...] = (),
    labelled: str = "",
    wide: float = 0.0,
) -> None:
    """Put a figure, or some layers of it, as large as it goes into an area, its label below; wide: metres for which
    there must be room, so that several are of one size."""
    params = board.params.figure
    tracks, (left, low, right, high) = _shown(board, acting, layers)
    room = area.height - _HEAD_ROOM - (_FOOT_ROOM if labelled else 0.0)
    # a figure bends and lifts within its row; its head alone fills its cell
    tall = max(high - low, 0.0 if layers else 1.1 * _height(params))
    scale = board.height * min(room / tall, 0.92 * area.width / max(right - left, wide))
    x = board.height * (area.left + area.width / 2) - scale * (left + right) / 2
    y = board.height * (area.top + _HEAD_ROOM + room) + scale * low
    for track in tracks:
        canvas = _window.whole(kit_of(params).box(params, track.variants[0]), scale)
        _place(board, track, canvas, (x + scale * track.x[0], y - scale * track.y[0]))
    if labelled:
        _label(board, labelled, (area.left + area.width / 2, area.top + area.height - 0.004), 0.0125, centred=True)


def _shown(board: _Board, acting: character.Acting, layers: tuple[str, ...]) -> tuple[list[Track], Box]:
    """The tracks that are to be seen, and where they have paint, in metres."""
    params = board.params.figure
    tracks = [t for t in kit_of(params).act(params, acting) if (t.layer in layers or not layers) and t.opacity[0] > 0]
    tracks = [t for t in tracks if t.layer != "cast"]
    around = [(t, _extent(board, t)) for t in tracks if t.role != "shadow"]
    left, right = min(t.x[0] + b.left for t, b in around), max(t.x[0] + b.right for t, b in around)
    low, high = min(t.y[0] + b.bottom for t, b in around), max(t.y[0] + b.top for t, b in around)
    low = low if layers else min(low, 0.0)  # who is in the air is above their shadow
    return tracks, Box(float(left), float(low), float(right), float(high))


def _height(params: Base) -> float:
    """Of every kit, in metres."""
    return float(params.height)  # type: ignore[attr-defined]


def _extent(board: _Board, track: Track) -> Box:
    """Where a track's drawing has paint, in metres: tighter than its declared box, which is for any pose."""
    params, variant = board.params.figure, track.variants[0]
    canvas = _window.whole(kit_of(params).box(params, variant), _COARSE / _height(params))
    alpha = _minted(board, variant, canvas).rgba[..., 3] > 40
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    if not len(rows):
        return Box(-0.1, 0.0, 0.1, 0.1)
    edges = (
        canvas.left + columns[0],
        -(canvas.top + rows[-1] + 1),
        canvas.left + columns[-1] + 1,
        -canvas.top - rows[0],
    )
    return Box(*(float(edge) / canvas.scale for edge in edges))


def _minted(board: _Board, variant: Variant, canvas: Canvas) -> Drawing:
    name = f"{variant} {canvas}"
    if name not in board.minted:
        board.minted[name] = kit_of(board.params.figure).draw(board.params.figure, variant, canvas, board.seed)
    return board.minted[name]


def _place(board: _Board, track: Track, canvas: Canvas, at: tuple[float, float]) -> None:
    """Lay a track's drawing down, its origin at a place of the sheet."""
    rgba = _minted(board, track.variants[0], canvas).rgba
    cos, sin = np.cos(np.radians(track.turn[0])), np.sin(np.radians(track.turn[0]))
    # from the drawing's pixels, turned about its origin, to those of a window of the sheet that holds all of it
    i, j = canvas.left, canvas.top
    wide, tall = 1 / track.stretch[0], track.stretch[0]
    turn = np.array([[wide * cos, -tall * sin], [wide * sin, tall * cos]])
    matrix = np.column_stack([turn, at + turn[:, 0] * i + turn[:, 1] * j])
    across, down = np.array([0, canvas.width, 0, canvas.width]), np.array([0, 0, canvas.height, canvas.height])
    corners = (matrix[:, :1] * across + matrix[:, 1:2] * down + matrix[:, 2:]).T
    (x0, y0), (x1, y1) = np.floor(corners.min(0)).astype(int) - 1, np.ceil(corners.max(0)).astype(int) + 1
    matrix[:, 2] -= (x0, y0)
    warped = cv2.warpAffine(rgba, matrix, (int(x1 - x0), int(y1 - y0)), flags=cv2.INTER_LINEAR)
    if track.opacity[0] < 255:
        warped = cv2.convertScaleAbs(warped, alpha=float(track.opacity[0]) / 255)
    _over(board, np.asarray(warped, np.uint8), int(x0), int(y0))


def _over(board: _Board, rgba: U8, x: int, y: int) -> None:
    left, top = max(0, x), max(0, y)
    right, bottom = min(board.rgb.shape[1], x + rgba.shape[1]), min(board.rgb.shape[0], y + rgba.shape[0])
    if right <= left or bottom <= top:
        return
    cut = rgba[top - y : bottom - y, left - x : right - x].astype(np.float32)
    area = board.rgb[top:bottom, left:right]
    area[:] = cut[..., :3] + area * (1 - cut[..., 3:] * np.float32(1 / 255))


# -- paper, rules and labels


def _paper(params: Params, canvas: Canvas, seed: int) -> F32:
    window = _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)
    y, x = np.mgrid[window.top : window.top + window.height, window.left : window.left + window.width]
    grain = _noise.unit(x, y, seed)
    tone = 255 * np.asarray(_colour.rgb_of(params.ground), np.float32)
    return np.asarray(tone * (0.988 + 0.024 * grain[..., None]), np.float32)


def _caption(board: _Board, text: str, area: Area) -> None:
    _label(board, text, (area.left, area.top + 0.012), 0.0125)
    _rule(board, (area.left, area.left + area.width - 0.01), area.top + 0.02)


def _label(board: _Board, text: str, at: tuple[float, float], cap: float, centred: bool = False) -> None:
    """A line of type, its origin on the baseline in picture heights."""
    if not text or _typefaces.missing(text, _typefaces.LABEL):
        return
    mask, origin = _letters.line(text, _typefaces.LABEL, max(5.0, cap * board.height))
    x = round(at[0] * board.height) - (mask.shape[1] // 2 if centred else origin[0])
    y = round(at[1] * board.height) - origin[1]
    ink = 255 * np.asarray(_colour.rgb_of(board.params.ink), np.float32)
    _over(board, np.rint(np.dstack([mask[..., None] * ink, 255 * mask])).astype(np.uint8), x, y)


def _rule(board: _Board, across: tuple[float, float], y: float) -> None:
    ink = 0.45 * 255 * np.asarray(_colour.rgb_of(board.params.ink)) + 0.55 * 255 * np.asarray(
        _colour.rgb_of(board.params.ground)
    )
    _fill(board, Area(across[0], y, across[1] - across[0], max(1.0, board.height / 720) / board.height), ink)


def _fill(board: _Board, area: Area, colour: NDArray[np.float64]) -> None:
    h = board.height
    x, y = round(area.left * h), round(area.top * h)
    board.rgb[y : y + max(1, round(area.height * h)), x : x + max(1, round(area.width * h))] = colour
