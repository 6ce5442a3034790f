"""Functions that tests hand to workers by name."""

from __future__ import annotations

import os
import time
from typing import Any

import numpy as np


def double(value: int) -> int:
    return 2 * value


def add(a: int, b: int) -> int:
    return a + b


def slow(value: float) -> int:
    time.sleep(value)
    return os.getpid()


def fail_at_seven(value: int) -> int:
    time.sleep(0.03)
    if value == 7:
        raise ValueError(f"seven is {value}")
    return value


class Stubborn(Exception):
    """An exception that cannot be pickled."""

    def __init__(self, what: Any) -> None:
        super().__init__(what)
        self.what = lambda: what


def stubborn(value: int) -> int:
    time.sleep(0.03)
    raise Stubborn(value)


def die_at_nine(value: int) -> int:
    time.sleep(0.03)
    if value == 9:
        os._exit(3)
    return value


def die_once(path: str) -> str:
    """Ends its process the first time it is called with a path."""
    if not os.path.exists(path):
        open(path, "w").close()
        os._exit(1)
    return "alive"


def threads(_: int) -> tuple[int, str]:
    import cv2

    return cv2.getNumThreads(), os.environ["OMP_NUM_THREADS"]


def inverted(rgb: np.ndarray, params: Any) -> np.ndarray:
    return 255 - rgb


def stamped(rgb: np.ndarray, params: Any, index: int) -> np.ndarray:
    out = rgb.copy()
    out[:8, :8] = (index * params) % 256
    return out


def grown(rgb: np.ndarray, params: Any, index: int) -> np.ndarray:
    return np.zeros((36, 64 if index < 70 else 32, 3), np.uint8)
