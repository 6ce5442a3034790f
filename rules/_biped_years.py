"""How old a biped looks: what its eyes, its lids and the layout of its face follow from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules._bones import Figure

_GROWN = {"child": 0.0, "young": 0.5, "grown": 1.0, "old": 1.0}


@dataclass(frozen=True)
class Years:
    """grown: 0 for a child, 1 for a grown-up; old: 0 to 1; heavy: 0 to 1, how far cheeks and lids are fat.

    heads: how many heads tall somebody of these years would be whose face is laid out like this one.
    """

    grown: float = 1.0
    old: float = 0.0
    heavy: float = 0.0
    heads: float = 4.4

    @property
    def eye_line(self) -> float:
        """y of the eyes, in h: low in a child's face, halfway in a grown-up's."""
        return float(np.interp(self.heads, (2.8, 3.3, 4.4, 7.0), (-37.0, -38.5, -47.0, -50.0)))

    @property
    def mouth_line(self) -> float:
        """y of the mouth's middle, higher in a longer face."""
        return float(np.interp(self.heads, (2.8, 3.3, 4.4, 7.0), (-13.5, -14.0, -17.0, -19.0)))

    @property
    def eye_size(self) -> float:
        """Factor on the eyes: large in a child's face alone."""
        own = float(np.interp(self.grown, (0.0, 0.5, 1.0), (1.05, 0.88, 0.70)))
        return own * (1 - 0.10 * self.old) * (1 - 0.08 * self.heavy) * float(np.interp(self.heads, (4.4, 7), (1, 0.86)))

    @property
    def lid(self) -> float:
        """How much further a lid hangs than a child's."""
        return 0.05 * self.grown + 0.11 * self.old + 0.05 * self.heavy


def years(params: Figure) -> Years:
    """The years of a figure: as said, else told from its height, its beard and its wrinkles."""
    face = params.face
    old = max(face.wrinkles, 0.6 if face.age == "old" else 0.0)
    heavy = float(np.clip((params.body.belly - 1.15) / 0.3, 0, 1))
    if face.age is not None:
        grown = _GROWN[face.age]
    elif face.wrinkles >= 0.1 or params.hair.beard != "none":
        grown = 1.0
    else:
        by_height = float(np.interp(params.height, (1.30, 1.50, 1.66), (0.0, 0.5, 1.0)))
        grown = max(by_height, float(np.interp(params.heads, (3.8, 4.6), (0.0, 1.0))))
    heads = float(np.interp(grown, (0, 1), (min(params.heads, 3.4), max(params.heads, 4.4))))
    return Years(grown, old, heavy, heads)
