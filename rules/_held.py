"""What a biped can hold, as numbers: how the arm bears it at ease, how it leans, and how far it reaches.

Lengths are cm about the grip, x right, y *down*. A pole and a cane reach the floor; the rest is borne.
"""

from __future__ import annotations

from typing import NamedTuple


class Held(NamedTuple):
    """stand, walk: (upper, fore) degrees of the far arm. lean: degrees with the top forward, at ease. sway: degrees
    that it turns for each degree of the arm; what hangs has none. reach: left, top, right, bottom."""

    stand: tuple[float, float]
    walk: tuple[float, float]
    lean: float
    sway: float
    reach: tuple[float, float, float, float]


HELD = {
    "lamp-pole": Held((46, 58), (50, 66), -3, 0.27, (0, 0, 0, 0)),
    "cane": Held((12, 40), (17, 46), -7, 0.55, (0, 0, 0, 0)),
    "lantern": Held((30, 34), (30, 42), 0, 0.0, (-22, -10, 22, 50)),
    "letter": Held((34, 66), (30, 60), 14, 0.5, (-16, -26, 18, 14)),
    "book": Held((30, 62), (26, 58), 16, 0.4, (-18, -28, 20, 16)),
    "basket": Held((28, 36), (28, 42), 0, 0.0, (-28, -10, 28, 44)),
    "flower": Held((32, 78), (30, 74), 8, 0.35, (-14, -44, 16, 24)),
    "umbrella": Held((26, 84), (26, 84), -20, 0.2, (-72, -112, 72, 18)),
}
NAMES = tuple(HELD)  #: by number, counted from 1, where a track tells what is held
