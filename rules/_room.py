"""How the room is painted; what can be asked of it stands in `rules.plates.room`.

Colours are the things' own until the light of the room is laid over all of it at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rules import _air, _colour, _daylight, _furnish, _indoor, _masonry
from rules._board import Batch, Board, rect, wobble
from rules._colour import RGB
from rules._daylight import Daylight
from rules._indoor import Indoors
from rules._outline import F32, Points
from rules._planar import dim
from rules.plates.room import DEPTH, Params
from studio.rule import Canvas, Drawing, Variant

_EYE = 1.2
_RAIL = 1.02  # m, the top of the wainscot
#: a sprig: a bud between two leaves on a stem that curls
_MOTIF = np.array(
    [
        [0.0, 0.085], [0.020, 0.055], [0.014, 0.025], [0.046, 0.040], [0.060, 0.012], [0.030, 0.002], [0.010, -0.012],
        [0.006, -0.050], [0.026, -0.072], [0.0, -0.066], [-0.008, -0.012], [-0.030, 0.002], [-0.060, 0.012],
        [-0.046, 0.040], [-0.014, 0.025], [-0.020, 0.055],
    ]
)  # fmt: skip
_NEAREST = 1.3  # m, where the side walls leave the picture


@dataclass(frozen=True)
class Room:
    """A room being painted: parameters, light, board, depth of the back wall, its left and right end."""

    params: Params
    light: Daylight
    inside: Indoors
    board: Board
    z: float
    left: float
    right: float

    def side(self, at: float) -> Callable[[Points], Points]:
        """A map of the side wall at x = `at`: (metres before the back wall, height) -> the back wall's plane."""

        def onto(points: Points) -> Points:
            factor = self.z / np.maximum(self.z - points[..., :1], 0.2)
            y = _EYE + (points[..., 1:] - _EYE) * factor
            return np.concatenate([at * factor + 0 * y, y], -1)

        return onto


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The room over the canvas."""
    light = _daylight.scenery(variant["time"])
    board = Board(canvas, seed, margin=24, bend=lambda p: wobble(p, 0.010, 0.9, seed + 1))
    z = float(variant.get("z", DEPTH))
    half = params.width / 2
    inside = _indoor.indoors(light, params.lamp)
    room = Room(params, light, inside, board, z, params.centre - half, params.centre + half)
    walls = _walls(room)
    _far_out(room)
    board.fill(walls)
    _corners(room)
    fittings = _furnish.Fittings(**{name: getattr(params, name) for name in _furnish.Fittings._fields})
    _furnish.all_of(fittings, light, board, seed)
    _light(room)
    _furnish.lights(fittings, light, inside, board)
    return board.drawing()


def _far_out(room: Room) -> None:
    """Dark where the side walls have come past us, so that no window on the plate is ever empty above the floor."""
    board, half = room.board, (room.right - room.left) / 2
    x, y = _air.columns(board) - room.params.centre, _air.heights(board)
    above = np.clip((y - _EYE * (1 - np.maximum(np.abs(x) / half, 1.0))) * board.scale, 0, 1)
    board.rgb[:] = (0.25 * _colour.rgb_of(room.params.wood)).astype(np.float32) * above[..., None]
    board.alpha[:] = above


def _walls(room: Room) -> Batch:
    """All flat surfaces: first the side walls and the ceiling, which come towards us, then the wall at the back."""
    batch, params = Batch(), room.params
    paper, wood = _colour.rgb_of(params.paper), _colour.rgb_of(params.wood)
    far, h = room.z - _NEAREST, params.height
    for at, tone in ((room.left, 0.80), (room.right, 0.90)):
        onto = room.side(at)
        batch.add(onto(rect(0, 0, far, h)), paper * tone)
        _paper(batch, (0, far, h), paper * tone, onto)
        _wainscot(batch, (0, far), wood * tone, onto)
        batch.add(onto(rect(0, h - 0.20, far, h)), _colour.light(wood, 0.04) * tone)
        batch.add(onto(rect(0, h - 0.24, far, h - 0.20)), _colour.shade(wood, 0.10) * tone)
    _ceiling(room, batch, wood, far)
    batch.add(rect(room.left, 0, room.right, h), paper)
    _paper(batch, (room.left, room.right, h), paper, lambda p: p)
    _wainscot(batch, (room.left, room.right), wood, lambda p: p)
    batch.add(rect(room.left, h - 0.20, room.right, h), _colour.light(wood, 0.06))
    batch.add(rect(room.left, h - 0.155, room.right, h - 0.13), _colour.shade(wood, 0.06))
    batch.add(rect(room.left, h - 0.26, room.right, h - 0.20), _colour.shade(paper, 0.12))
    return batch


def _paper(batch: Batch, span: tuple[float, float, float], paper: RGB, onto: Callable[[Points], Points]) -> None:
    """Broad stripes a breath apart, and sprigs in rows that are half a step on."""
    first, last, high = span
    stripe = _colour.light(paper, 0.022)
    k = np.arange(int(np.floor(first / 0.44)) - 1, int(np.ceil(last / 0.44)) + 1)
    for x in k * 0.44:
        low, top = max(x, first), min(x + 0.22, last)
        if top > low:
            batch.add(onto(rect(low, _RAIL, top, high - 0.2)), stripe)
    shapes = []
    for row, y in enumerate(np.arange(_RAIL + 0.17, high - 0.28, 0.24)):
        places = (k + (0.25 if row % 2 else 0.75)) * 0.44
        shapes += [_MOTIF + np.array([x, y]) for x in places if first + 0.08 < x < last - 0.08]
    if shapes:
        batch.many(onto(np.array(shapes) + np.array([0.006, -0.008])), _colour.shade(paper, 0.035, 320))
        batch.many(onto(np.array(shapes)), _colour.mix(_colour.light(paper, 0.045), np.array([0.86, 0.66, 0.44]), 0.22))


def _wainscot(batch: Batch, span: tuple[float, float], wood: RGB, onto: Callable[[Points], Points]) -> None:
    """Panels between rail and skirting, each with a lit and a shaded bevel."""
    first, last = span
    pale, dark, deep = _colour.light(wood, 0.06), _colour.shade(wood, 0.07, 320), _colour.shade(wood, 0.15, 320)

    def add(x0: float, y0: float, x1: float, y1: float, colour: RGB) -> None:
        batch.add(onto(rect(x0, y0, x1, y1)), colour)

    add(first, 0, last, _RAIL, wood)
    wide = 0.80
    for x in np.arange(np.floor(first / wide), np.ceil(last / wide)) * wide:
        x0, x1 = max(x + 0.09, first + 0.06), min(x + wide - 0.09, last - 0.06)
        if x1 - x0 > 0.15:
            add(x0, 0.24, x1, _RAIL - 0.13, deep)
            add(x0 + 0.022, 0.24, x1, _RAIL - 0.155, pale)
            add(x0 + 0.022, 0.262, x1 - 0.022, _RAIL - 0.155, _colour.mix(wood, dark, 0.45))
            add(x0 + 0.085, 0.33, x1 - 0.085, _RAIL - 0.225, _colour.light(wood, 0.015))
            add(x0 + 0.085, 0.33, x1 - 0.085, 0.345, dark)
    add(first, _RAIL - 0.055, last, _RAIL + 0.03, pale)
    add(first, _RAIL - 0.075, last, _RAIL - 0.055, deep)
    add(first, 0, last, 0.15, dark)
    add(first, 0.15, last, 0.168, pale)


def _ceiling(room: Room, batch: Batch, wood: RGB, far: float) -> None:
    """Plaster between beams that lie across; the farther ones close up."""
    h, z = room.params.height, room.z
    plaster, dark = np.array([0.62, 0.52, 0.48]), _colour.shade(wood, 0.09, 320)

    def across(near: float, deep: float, y: float) -> Points:
        a, b = z / (z - near), z / max(z - deep, 0.2)
        points = [(room.left * a, a), (room.right * a, a), (room.right * b, b), (room.left * b, b)]
        return np.array([[x, _EYE + (y - _EYE) * f] for x, f in points])

    batch.add(across(0, far, h), plaster)
    for start in np.arange(far - far % 1.15, -0.1, -1.15):
        if start + 0.26 > far:
            continue
        batch.add(across(start + 0.26, start + 0.55, h), plaster * 0.80)
        face = np.concatenate([across(start, start, h)[:2], across(start, start, h - 0.20)[:2][::-1]])
        batch.add(face, dark)
        batch.add(across(start, start + 0.26, h - 0.20), _colour.light(wood, 0.03))


def _corners(room: Room) -> None:
    """Dark in all corners, and uneven paper; all but the floor is covered by now."""
    board = room.board
    x, y = _air.columns(board), _air.heights(board)
    h = room.params.height
    near = np.minimum(np.abs(x - room.left), np.abs(x - room.right))
    inside = (x > room.left) & (x < room.right)
    factor = np.maximum(np.where(x > 0, x / max(room.right, 0.1), x / min(room.left, -0.1)), (y - _EYE) / (h - _EYE))
    deep = room.z * (1 - 1 / np.maximum(factor, 1.0))  # metres towards us of what is seen on sides and ceiling
    wall = np.where(inside & (y < h), 0.34 * np.exp(-near / 0.42) + 0.26 * np.exp(-np.abs(h - y) / 0.40) * (y < h), 0.0)
    wall = wall + 0.30 * np.exp(-np.clip(y, 0, None) / 0.22) * inside
    side = np.where(
        inside & (y < h), 0.0, 0.36 * np.exp(-deep / 0.55) + 0.50 * np.clip(deep / (0.8 * room.z), 0, 1) ** 1.4
    )
    dim(board.rgb, np.clip(wall + side, 0, 0.85), (1.0, 0.98, 0.84))
    patch = _masonry.noise(board, (0, 0, board.width, board.height), 0.7, 4, board.seed + 7)
    board.rgb *= (1 + 0.045 * patch)[..., None]


def _light(room: Room) -> None:
    """The room's light over all that stands in it so far."""
    board = room.board
    x, y = _air.columns(board), _air.heights(board)
    # lamps throw up and down more than sideways
    up = (y - _indoor.LAMP_HEIGHT) * 0.86
    away = [np.hypot((x - room.params.centre - at) * 1.15, up).astype(np.float32) for at in _indoor.LAMPS]
    board.rgb *= _indoor.lit(room.inside, away, 1.45)
    if abs(room.params.window) < 9000:
        d = np.hypot(x - room.params.window, (y - 1.9) * 0.9)
        fall = np.exp(-((d / 2.4) ** 1.4)) * np.float32(0.10 + 0.46 * room.inside.day)
        board.rgb += board.rgb * room.inside.pane * fall[..., None]
        _day(room, x, y)
    np.minimum(board.rgb, board.alpha[..., None], out=board.rgb)


def _day(room: Room, x: F32, y: F32) -> None:
    """Daylight on the wall: the sun's slant from the window down to the floor, cool dusk in what is far from it."""
    board, day = room.board, np.float32(room.inside.day)
    if day < 0.05:
        return
    away = np.abs(x - room.params.window) / np.float32(0.5 * room.params.width)
    cool = day * np.clip(away - 0.35, 0, 1.1) ** 1.2 * np.float32(0.26)
    high = day * np.clip((y - 2.6) / 1.2, 0, 1) * np.float32(0.22)
    dim(board.rgb, np.clip(cool + high, 0, 0.42).astype(np.float32), (1.0, 0.78, 0.42))
    board.rgb *= 1 + np.float32(0.20) * day
    # a wedge that widens into the room and down, as light through a sash does
    down = np.clip((2.75 - y) / 2.75, 0, 1)
    side = _indoor.slant(room.params.window - room.params.centre)
    middle = room.params.window + side * (0.55 + 1.25 * down)
    half = np.float32(0.16) + np.float32(0.62) * down
    soft = np.float32(0.10) + np.float32(0.34) * down
    wedge = np.clip((half - np.abs(x - middle)) / soft + 0.5, 0, 1) * np.clip(down * 3, 0, 1) * (y > 0) * (y < 2.75)
    amount = wedge * day * np.float32(0.50)
    for channel, value in enumerate((1.0, 0.93, 0.74)):
        board.rgb[..., channel] += (
            amount * np.float32(value) * (board.rgb[..., channel] * np.float32(0.9) + np.float32(0.06))
        )
