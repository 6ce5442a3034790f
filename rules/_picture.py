"""How a picture of one's own is laid onto a canvas; what can be asked of it stands in `rules.plates.picture`."""

from __future__ import annotations

import cv2
import numpy as np

from rules import _air, _board, _colour, _daylight, _noise
from rules._outline import F32
from rules.plates.picture import Params
from studio.rule import U8, Canvas, Drawing, Variant

_BEYOND = {"stop": cv2.BORDER_CONSTANT, "extend": cv2.BORDER_REPLICATE, "mirror": cv2.BORDER_REFLECT}


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The picture, resampled, in the scene's light as far as it is asked for."""
    light = _daylight.scenery(variant["time"])
    rgba = _placed(params, variant["pixels"], canvas).astype(np.float32) / np.float32(255)
    if params.light:
        factor = 1 + params.light * (np.array(light.ambient) * (0.75 + 0.25 * np.array(light.key)) - 1)
        rgba = _daylight.tinted(rgba, factor.astype(np.float32))
    if params.haze:
        lost = np.float32(params.haze * _air.veil(light, float(variant["z"])))
        haze = _colour.rgb_of(light.haze_colour).astype(np.float32)
        rgba[..., :3] += (haze * rgba[..., 3:] - rgba[..., :3]) * lost
    window = _noise.Window(canvas.left, canvas.top, canvas.width, canvas.height)
    return Drawing(_board.eight_bit(np.asarray(rgba, np.float32), window, seed))


def _placed(params: Params, pixels: U8, canvas: Canvas) -> U8:
    """The canvas's pixels out of the picture's; what is shown smaller is halved first, so that it does not flicker."""
    across = params.height * pixels.shape[1] / pixels.shape[0]
    while pixels.shape[0] > 2 * params.height * canvas.scale and min(pixels.shape[:2]) > 1:
        half = (max(1, pixels.shape[1] // 2), max(1, pixels.shape[0] // 2))
        pixels = np.asarray(cv2.resize(pixels, half, interpolation=cv2.INTER_AREA), np.uint8)
    sx, sy = pixels.shape[1] / (across * canvas.scale), pixels.shape[0] / (params.height * canvas.scale)
    left, top = (params.centre - across / 2) * canvas.scale, -(params.foot + params.height) * canvas.scale
    # index of the picture's pixel under a canvas's pixel; both count centres
    matrix = np.array(
        [[sx, 0, (canvas.left + 0.5 - left) * sx - 0.5], [0, sy, (canvas.top + 0.5 - top) * sy - 0.5]], np.float64
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    out = cv2.warpAffine(pixels, matrix, (canvas.width, canvas.height), flags=flags, borderMode=_BEYOND[params.edge])
    foot = _rows_above_foot(params, canvas)
    return np.asarray((out.astype(np.float32) * foot).round(), np.uint8) if params.edge != "stop" else np.asarray(out)


def _rows_above_foot(params: Params, canvas: Canvas) -> F32:
    """1 for rows above the picture's foot, which is not drawn out: it would lie over the floor."""
    y = -(np.arange(canvas.height) + canvas.top) / canvas.scale
    return np.clip((y - params.foot) * canvas.scale, 0, 1).astype(np.float32)[:, None, None]
