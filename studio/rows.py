"""Rows: all that frame n of a scene depends on, as integers on declared grids.

Pixels are made from these integers, so equal rows are equal frames. A row names only what is shown:
a drawing whose canvas meets the picture, with opacity.
"""

from __future__ import annotations

import marshal
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from studio.hashing import canonical
from studio.params import Params
from studio.rule import Canvas, Variant
from studio.targets import Style

Ints = NDArray[np.int32]

#: what a row says of each drawing, in this order
FIELDS = ("drawing", "a", "b", "tx", "c", "d", "ty", "p", "opacity", "blend", "blur", "tick")
SCALE_GRID, SHIFT_GRID, PERSPECTIVE_GRID = 2**20, 256, 2**30
EMPTY = -1  # the drawing of an empty slot


class Recipe(NamedTuple):  # which is made in half the time of a frozen dataclass, and a feature has many
    """All that a drawing is made from; its bytes are hashed for the key."""

    target: str  # for people: whose drawing it is, `ada/body`
    role: str
    rule: str  # `character`, `title`, `plates/sky`, `props/street-lamp`
    params: Params
    variant: Variant
    canvas: Canvas
    seed: int
    styles: tuple[Style, ...] = ()  # of its plane alone
    canonical: bytes = b""  # all that its pixels are made from
    asset: str = ""  # the file of a picture of the user's own; its content is in the variant
    motion: int = 0  # whose drawing and which pose, without its colours and its light


def worded(variant: dict[str, Any]) -> bytes:
    """A variant as it is told from others: quicker put down than its canonical form, which is then looked up."""
    return marshal.dumps(variant, 2)  # from version 3 on equal values may be put down differently


def variant_of(wording: bytes) -> dict[str, Any]:
    """What `worded` was told."""
    return dict(marshal.loads(wording))


@lru_cache(maxsize=20_000)
def posed(wording: bytes) -> bytes:
    """A variant without its light, worded."""
    return worded({k: v for k, v in variant_of(wording).items() if k not in ("light", "time")})


@lru_cache(maxsize=20_000)
def _canonical(wording: bytes) -> tuple[bytes, bytes]:
    """(a variant, that variant without light): a film shows few variants in many places."""
    return canonical(variant_of(wording)), canonical(variant_of(posed(wording)))


def words_of(target: str, said: bytes, wording: bytes, canvas: Canvas, seed: int) -> tuple[bytes, int]:
    """`canonical` and `motion` of a recipe. said: its rule and parameters (`said_of`); wording: its variant
    (`worded`)."""
    whole, pose = _canonical(wording)
    left, top, width, height, scale, _ = canvas
    place = f"[{left},{top},{width},{height},{scale!r},{seed}]"
    moving = xxhash.xxh3_64_intdigest(target.encode() + b"\0" + pose) >> 1
    return b",".join((said, whole, place.encode())), moving


@dataclass
class Rows:
    """A scene at one picture size. rows: (n, slots, len(FIELDS)); view: (n, 3) the vignette's centre in
    1/16 of the picture, and px over which a whip pan smears it; ride: (n, 3) a `Ride` on the grids of scales and
    shifts; recipes: what the numbers in `drawing` mean; cuts: frames at which shots begin."""

    rows: Ints
    view: Ints
    ride: Ints
    recipes: list[Recipe]
    cuts: list[int]

    @property
    def count(self) -> int:
        return len(self.rows)

    def shown(self) -> NDArray[np.bool_]:
        """(n, recipes): which drawing is seen at which frame."""
        seen = np.zeros((self.count, len(self.recipes) + 1), np.bool_)
        np.put_along_axis(seen, self.rows[:, :, 0].astype(np.int64), True, axis=1)  # -1 falls on the spare column
        return seen[:, :-1]

    @property
    def nbytes(self) -> int:
        """About what it takes in memory, recipes included."""
        return self.rows.nbytes + 2000 * len(self.recipes)

    def motion(self, frames: NDArray[np.intp]) -> NDArray[np.uint8]:
        """(frames, bytes): motion rows, for the borders of segments."""
        rows, count = self.rows[frames], len(frames)
        names = np.array([*(r.motion for r in self.recipes), 0], np.int64)[rows[:, :, 0]]
        moving = np.concatenate([names.view(np.int32).reshape(count, -1), rows[:, :, 1:8].reshape(count, -1)], 1)
        return np.ascontiguousarray(moving).view(np.uint8).reshape(count, -1)


def runs_of(*columns: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Frames at which some of what (n, ...) columns say is not as it was at the frame before; and for each frame the
    number of the last such one: people move on twos and cameras rest, so that many frames are as the one before."""
    begins = np.ones(len(columns[0]), np.bool_)
    begins[1:] = False
    for values in columns:
        flat = values.reshape(len(values), -1)
        begins[1:] |= (flat[1:] != flat[:-1]).any(1)
    return np.flatnonzero(begins), np.cumsum(begins) - 1
