"""Maps for people to look at: what lies beside the colours of all that a frame shows, as one picture."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from rules import _noise, _relief
from studio.motion import is_paint, warped
from studio.rows import Rows
from studio.rule import Drawing

U8 = NDArray[np.uint8]

_SHOWN = 0.04  #: of the picture's height: a distance from which on all is white


def mapped(rows: Rows, at: int, map_of: Callable[[int], U8], size: tuple[int, int]) -> U8:
    """RGB (height, width, 3) of a frame whose drawings show a map instead of their colours, without light and air.
    map_of: of a recipe's drawing, premultiplied RGBA."""
    out = np.zeros((size[1], size[0], 4), np.float32)
    for fields in (f for f in rows.rows[at].tolist() if f[0] >= 0 and is_paint(f)):
        over = warped(map_of(fields[0]), fields, size).astype(np.float32) * np.float32(fields[8] / 255)
        out += over - out * (over[..., 3:] * np.float32(1 / 255))
    return np.asarray(np.clip(out[..., :3] + 0.5, 0, 255), np.uint8)


def shown(drawing: Drawing, name: str, lines: int) -> U8:
    """A map of a drawing as colours, premultiplied RGBA. lines: of the picture."""
    alpha = drawing.rgba[..., 3]
    if drawing.parts is not None and name == "parts":
        alpha = np.where(drawing.parts > 0, alpha, np.uint8(0))
    if name == "flat":
        return drawing.rgba if drawing.flat is None else drawing.flat
    if name == "normals" and drawing.normals is not None:
        colour = cv2.merge([*((c * np.float32(127) + np.float32(128)) for c in _relief.components(drawing.normals))])
    elif name == "distance" and drawing.distance is not None:
        grey = np.minimum(_relief.px(drawing.distance) * np.float32(255 / (_SHOWN * lines)), 255)
        colour = cv2.merge([grey] * 3)
    elif name == "shadow" and drawing.shadow is not None:
        colour = cv2.merge([drawing.shadow.astype(np.float32)] * 3)
    else:
        assert drawing.parts is not None
        table = 60 + 190 * _noise.unit(np.arange(256)[:, None], np.arange(3)[None, :], 5)
        table[0] = 0
        colour = table.astype(np.float32)[drawing.parts]
    colour = np.dstack([colour, np.full(alpha.shape, 255, np.float32)])
    return np.asarray(colour * (alpha.astype(np.float32) / 255)[..., None], np.uint8)
