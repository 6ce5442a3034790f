"""Colour for dull footage: what is nearly grey gets more of the hue that it has, what is strong keeps what it has.

Paint and clay are bought in colours, and a street under clouds is grey in a photograph alone. How much is added hangs
on each pixel alone, never on what else a frame has in it, so that nothing breathes.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rules import _bytes, _filters

U8 = NDArray[np.uint8]

_STRONG = 62  #: levels from the least to the most of red, green and blue, from which nothing is added
#: where hues are no noise: how much may be added by lightness, and levels of the hue from none to all
_LIGHT = (70, 105, 118, 152), (0, 1, 1, 0)
_PLAIN = 20, 44
_MOST = 128  #: level that is no bound
_ONE = 64  #: level of a factor of 1


def livelier(picture: U8, times: float) -> U8:
    """RGBX whose greys have their hue so many times over besides; the fourth channel means nothing."""
    out, added = np.empty_like(picture), _added(times)
    for rows in _filters.strips(*picture.shape[:2]):
        grey = _bytes.grey(picture[rows])
        red, green, blue, _ = _bytes.parted(picture[rows])
        hue = _bytes.minus(_bytes.most(red, _bytes.most(green, blue)), _bytes.least(red, _bytes.least(green, blue)))
        seen = _bytes.most(_bytes.table(grey, _lightness()), _bytes.table(hue, _rising(*_PLAIN)))
        by = _bytes.least(_bytes.table(hue, added), seen)
        planes = []
        for plane in (red, green, blue):
            more = _bytes.times(_bytes.minus(plane, grey), by, 1 / _ONE)
            less = _bytes.times(_bytes.minus(grey, plane), by, 1 / _ONE)
            planes.append(_bytes.minus(_bytes.plus(plane, more), less))
        out[rows] = _bytes.joined([*planes, grey])
    return out


@lru_cache(maxsize=4)
def _added(times: float) -> U8:
    """Hue -> how much of it is added, `_ONE` is as much again."""
    share = np.clip(1 - np.arange(256.0) / _STRONG, 0, 1)
    return _bytes.of(np.minimum(times * share * _ONE, 255) / 255)


@lru_cache(maxsize=4)
def _rising(low: int, high: int) -> U8:
    """The most that is added by a level: nothing to `low`, anything from `high` on."""
    return _bytes.of(np.clip((np.arange(256.0) - low) / (high - low), 0, 1))


@lru_cache(maxsize=1)
def _lightness() -> U8:
    """The most that is added by lightness: what is nearly black or white has no hue to speak of."""
    return _bytes.of(np.interp(np.arange(256.0), *_LIGHT) * _MOST / 255)
