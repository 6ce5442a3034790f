"""Rows: all that frame n of a scene depends on, as integers on declared grids.

Pixels are made from these integers, so equal rows are equal frames. A row names only what is shown:
a drawing whose canvas meets the picture, with opacity.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True)
class Recipe:
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
    motion: int = 0  # whose drawing and which pose, without its colours and its light


class _Wording(str):
    """A variant's text, by which it is told from others, and the variant itself."""

    __slots__ = ("variant",)
    variant: Variant


@lru_cache(maxsize=20_000)
def _worded(wording: _Wording) -> tuple[bytes, bytes]:
    """(canonical, without light): put down once, since a film shows few variants in many places."""
    posed = {k: v for k, v in wording.variant.items() if k not in ("light", "time")}
    return canonical(wording.variant), canonical(posed)


def words_of(target: str, said: bytes, variant: Variant, canvas: Canvas, seed: int) -> tuple[bytes, int]:
    """`canonical` and `motion` of a recipe. said: its rule and parameters (`said_of`)."""
    wording = _Wording(repr(variant))
    wording.variant = variant
    whole, posed = _worded(wording)
    place = f"[{canvas.left},{canvas.top},{canvas.width},{canvas.height},{canvas.scale!r},{seed}]"
    moving = xxhash.xxh3_64_intdigest(target.encode() + b"\0" + posed) >> 1
    return b",".join((said, whole, place.encode())), moving


def said_of(rule: str, params: Params) -> bytes:
    """The part of a recipe that all drawings of a slot have in common."""
    return canonical([rule, params.model_dump(mode="json")])


@dataclass
class Rows:
    """A scene at one picture size. rows: (n, slots, len(FIELDS)); view: (n, 3) the vignette's centre in
    1/16 of the picture, and px over which a whip pan smears it; recipes: what the numbers in `drawing` mean;
    cuts: frames at which shots begin."""

    rows: Ints
    view: Ints
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

    def motion(self) -> NDArray[np.uint8]:
        """(n, bytes): motion rows, for the borders of segments."""
        names = np.array([*(r.motion for r in self.recipes), 0], np.int64)[self.rows[:, :, 0]]
        moving = np.concatenate(
            [names.view(np.int32).reshape(self.count, -1), self.rows[:, :, 1:8].reshape(self.count, -1)], 1
        )
        return np.ascontiguousarray(moving).view(np.uint8).reshape(self.count, -1)
