"""Colours that lie in planes (channels, height, width) and are seen as (height, width, channels).

numpy is several times as fast on them as on interleaved colours, and what it makes of them lies in planes again. Only
a plane times a colour would not: `add` and `dim` take it channel by channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

F32 = NDArray[np.float32]


def planar(planes: F32) -> F32:
    """Planes (channels, height, width), seen as (height, width, channels)."""
    return np.moveaxis(planes, 0, -1)


def filled(shape: tuple[int, ...], colour: ArrayLike) -> F32:
    """A picture (height, width, 3) of one colour."""
    out = planar(np.empty((3, *shape), np.float32))
    out[:] = colour
    return out


def add(rgb: F32, amount: NDArray[Any], colour: ArrayLike) -> None:
    """rgb += amount (height, width) times a colour (3,)."""
    for channel, value in enumerate(np.asarray(colour, np.float32)):
        rgb[..., channel] += amount * value


def dim(rgb: F32, amount: NDArray[Any], by: tuple[float, float, float]) -> None:
    """rgb *= 1 - amount (height, width) times how much of it each channel takes."""
    for channel, value in enumerate(np.asarray(by, np.float32)):
        rgb[..., channel] *= 1 - amount * value


def read(table: F32, index: NDArray[np.int32]) -> F32:
    """The colours (count, 3) of a table at each place (height, width)."""
    return planar(np.stack([np.ascontiguousarray(table[:, channel])[index] for channel in range(3)]))


def strips(height: int, width: int) -> Iterator[slice]:
    """Rows in pieces that stay in the processor's cache through several operations: half the time on a large board."""
    tall = max(8, 24_000 // max(width, 1))
    for top in range(0, height, tall):
        yield slice(top, min(top + tall, height))
