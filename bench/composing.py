"""Composing alone, in this process: prints ms a frame of processor time for a real scene, and for five planes that
are translucent everywhere. A frame counts at its best of several passes, since the machine is shared.
"""

from __future__ import annotations

import sys

from studio.pins import pin_environment, pin_libraries

pin_environment()

import time  # noqa: E402
from collections.abc import Sequence  # noqa: E402

import numpy as np  # noqa: E402

from bench.planes import first_job  # noqa: E402
from rules.scene import Placed, Table, sheet_of  # noqa: E402
from studio import job as jobs  # noqa: E402

PASSES = 5


def timed(table: Table, rows: Sequence[Sequence[Placed]]) -> float:
    """Milliseconds a frame, the median over frames of each one's best."""
    best = np.full(len(rows), np.inf)
    for _ in range(PASSES):
        for n, row in enumerate(rows):
            start = time.process_time()
            table.compose(row)
            best[n] = min(best[n], time.process_time() - start)
    return float(np.median(best)) * 1e3


def rows_of(folder: str) -> tuple[Table, list[list[Placed]]]:
    """folder: a project whose drawings are made; the rows of its first job, and a table for them."""
    job = first_job(folder)
    shot, sheets = job.slices[0], jobs._sheets(job.store)
    sheets.nodes = dict(zip(shot.tokens[0], shot.nodes[0], strict=True))
    rows = [[Placed(shot.tokens[0][f[0]], tuple(f)) for f in row if f[0] >= 0] for row in shot.rows.tolist()]
    return Table(shot.width, shot.height, sheets.get, shot.air), rows


def translucent() -> float:
    """Five planes at 1080p, each larger than the picture and half open everywhere, under a moving camera."""
    noise = np.random.default_rng(0).integers(0, 128, (1200, 2100, 4), dtype=np.uint8)
    noise[..., 3] = 128
    sheets = {bytes([n]): sheet_of(np.ascontiguousarray(np.roll(noise, 97 * n, 1))) for n in range(5)}
    rows = []
    for frame in range(12):
        size = [round(2**20 * (1.0 + 0.004 * frame + 0.01 * n)) for n in range(5)]
        shift = [round(256 * (-20 - 3.3 * frame * (n + 1) / 5)) for n in range(5)]
        rows.append(
            [Placed(bytes([n]), (n, size[n], 0, shift[n], 0, size[n], shift[n], 0, 255, 0, 0, 0)) for n in range(5)]
        )
    return timed(Table(1920, 1080, lambda name, halvings, sigma: sheets[name]), rows)


if __name__ == "__main__":
    pin_libraries()
    print(timed(*rows_of(sys.argv[1])), translucent())
