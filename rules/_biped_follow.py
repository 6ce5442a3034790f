"""What follows on a biped's head: the chin goes down with the jaw, the hair lags behind a turn or a stop."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rules._outline import Points

_HAIR = 3.4  # h by which tips swing at each step of the spring


def dropped(nodes: list[tuple[float, ...]], jaw: float) -> list[tuple[float, ...]]:
    """A skull's nodes with the chin `jaw` h lower; what lies far from the chin stays."""
    if not jaw:
        return nodes
    chin = max(nodes, key=lambda n: n[1])[0]
    out = []
    for node in nodes:
        near = min(max((34 - abs(node[0] - chin)) / 24, 0.0), 1.0) * min(max((node[1] + 30) / 20, 0.0), 1.0)
        out.append((node[0], node[1] + jaw * near, *node[2:]))
    return out


def swung(lag: int) -> Callable[[Points], Points]:
    """Moves hair, in h, by steps of its spring: the crown stays, the tips go farthest and rise a little."""

    def put(points: Points) -> Points:
        share = np.clip((points[:, 1] + 62) / 62, 0, 1.3) ** 1.4
        moved = _HAIR * lag * share
        return np.stack([points[:, 0] + moved, points[:, 1] - 0.10 * np.abs(moved)], 1)

    return put
