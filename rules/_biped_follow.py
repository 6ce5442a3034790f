"""What follows on a biped's head: the chin goes down with the jaw, the hair lags behind a turn or a stop."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rules._outline import Points

_HAIR = 3.4  # h by which tips swing at each step of the spring
_CLOSE = {"bald": 0.0, "crop": 0.2, "curls": 0.3, "quiff": 0.2, "tousled": 0.4, "bowl": 0.4, "bun": 0.25}


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


def fallen(jaw: float) -> Callable[[Points], Points]:
    """Moves, in h, what grows on the jaw down with it."""

    def put(points: Points) -> Points:
        return np.stack([points[:, 0], points[:, 1] + jaw * np.clip((points[:, 1] + 30) / 20, 0, 1)], 1)

    return put


def loose(cut: str) -> float:
    """How far hair of a cut swings: what lies close to the skull goes with it."""
    return _CLOSE.get(cut, 1.0)


def swung(lag: float) -> Callable[[Points], Points]:
    """Moves hair, in h, by steps of its spring: the crown stays, the tips go farthest and rise a little."""

    def put(points: Points) -> Points:
        share = np.clip((points[:, 1] + 62) / 62, 0, 1.3) ** 1.4
        moved = _HAIR * lag * share
        return np.stack([points[:, 0] + moved, points[:, 1] - 0.10 * np.abs(moved)], 1)

    return put
