"""Five planes as pictures for others to compose too, and ms a frame of processor time in which we do."""

from __future__ import annotations

import sys

from studio.pins import pin_environment, pin_libraries

pin_environment()

import json  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import cv2  # noqa: E402
import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from bench.composing import rows_of, timed  # noqa: E402
from bench.peers import FRAMES, SIZE, planes_in  # noqa: E402
from rules.scene import Placed, Table, soft_sheet_of  # noqa: E402

_MARGIN = 64  # px
_SPEEDS = (0.6, 1.2, 2.4, 3.1, 5.7)  # px a frame
_cv: Any = cv2


def write(project: str, folder: Path) -> None:
    """The planes of a project's first frame, wider than the picture, as PNG files."""
    table, rows = rows_of(project)
    for n, placed in enumerate(rows[0]):
        layer = table._ready(placed)
        assert layer is not None
        matrix = layer.matrix[:2].copy()
        matrix[0, 2] += _MARGIN
        size = SIZE[0] + 3 * _MARGIN, SIZE[1]
        rgba = _cv.warpAffine(layer.sheet.rgba, matrix, size, flags=_cv.INTER_LINEAR).astype(np.float32)
        straight = rgba[..., :3] * 255 / np.maximum(rgba[..., 3:], 1)
        pixels = np.dstack([np.clip(straight, 0, 255), rgba[..., 3]])
        Image.fromarray(np.rint(pixels).astype(np.uint8), "RGBA").save(folder / f"{n}.png", compress_level=1)
    (folder / "speeds.json").write_text(json.dumps({"margin": _MARGIN, "planes": _SPEEDS}))


def ours(folder: Path) -> float:
    """Milliseconds a frame of what `write` wrote."""
    sheets, rows = {}, []
    planes = planes_in(folder)
    for n, (path, _, _) in enumerate(planes):
        rgba = np.asarray(Image.open(path).convert("RGBA")).astype(np.float32)
        rgba[..., :3] *= rgba[..., 3:] / 255
        sheets[bytes([n])] = soft_sheet_of(np.rint(rgba).astype(np.uint8))
    for frame in range(1, FRAMES + 1):
        left = [round(-256 * (margin + speed * frame)) for _, margin, speed in planes]
        rows.append([Placed(bytes([n]), (n, 2**20, 0, x, 0, 2**20, 0, 0, 255, 0, 0, 0)) for n, x in enumerate(left)])
    return timed(Table(*SIZE, lambda name, halvings, sigma: sheets[name]), rows)


if __name__ == "__main__":
    pin_libraries()
    write(sys.argv[1], Path(sys.argv[2]))
    print(ours(Path(sys.argv[2])))
