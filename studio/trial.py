"""A pass on a picture that is made up, for timing it: `python -m studio.parallel --bench --style NAME`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules import _relief
from rules.styles import STYLES
from studio.errors import UsageError, did_you_mean
from studio.hashing import digest
from studio.own import FOLDER, OwnRules
from studio.pins import pin_libraries
from studio.rule import Context, Drawing, Maps, hook, needs

U8 = NDArray[np.uint8]

SIZE = 1920, 1080
_FURTHER = 64  # px by which one picture differs from the next


def said(name: str, folder: str | None) -> str:
    """What is timed, in words; UsageError if there is no such pass."""
    works_on = "frame" if hook(_style(name, folder), "frame") is not None else "drawing"
    return f"{name}, a {works_on} of {SIZE[0]}x{SIZE[1]}"


def styled(name: str, folder: str | None, number: int) -> str:
    """Put a pass over the picture of a number as over footage, or over a drawing if it has no hook for frames;
    -> the digest of some of its rows. folder: the project whose own rules can be named."""
    style, (width, height) = _style(name, folder), SIZE
    start = _FURTHER * (number % 16)
    rgb = np.ascontiguousarray(_wide()[:, start : start + width])
    if hook(style, "frame") is not None:
        made = style.frame(rgb, style.Params(), Context(width, height, 7, number, False))
    else:
        alpha = np.where(rgb.any(2), 255, 0).astype(np.uint8)
        rgba = np.dstack([rgb, alpha])
        read = _relief.completed(Drawing(rgba), needs(style), "figure")
        maps = {key: getattr(read, key) for key in needs(style)}
        made = style.drawing(rgba, Maps("figure", height, **maps), style.Params(), 7)
    return digest(made[::8].tobytes()).hex()  # all rows would take as long as a pass may


@lru_cache(maxsize=2)
def _style(name: str, folder: str | None) -> Any:
    pin_libraries()
    if name in STYLES:
        return STYLES[name]
    if folder is None:
        raise UsageError(f"there is no pass `{name}`", f"{did_you_mean(name, STYLES)}; one of your own: --rules DIR")
    root = Path(folder).resolve()
    own = OwnRules(root.parent if root.name == FOLDER else root, "allowed")
    found = own.find(name)
    if found is None:
        raise UsageError(f"there is no {name}.py in {own.root / FOLDER}", did_you_mean(name, [*own.names(), *STYLES]))
    return found.module


@lru_cache(maxsize=1)
def _wide() -> U8:
    """(height, more than width, 3): slopes, discs with edges, fine stripes, some noise, and black above and below."""
    width, height = SIZE[0] + 16 * _FURTHER, SIZE[1]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    rgb = np.stack([255 * x / width, 255 * y / height, 127 + 100 * np.sin(x / 90 + y / 150)], 2)
    for n in range(24):
        at = (137.5 * n * 3 % width, 97.3 * n * 5 % height)
        disc = np.hypot(x - at[0], y - at[1]) < 40 + 7 * n
        rgb[disc] = [(70 * n) % 256, (110 * n) % 256, (170 * n) % 256]
    rgb[::2, : width // 6] *= 0.8
    rgb += np.random.default_rng(1).normal(0, 4, rgb.shape)
    rgb[np.abs(y - height / 2) > height * 0.47] = 0
    out: U8 = np.clip(rgb, 0, 255).astype(np.uint8)
    return out
