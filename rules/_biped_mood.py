"""Moods and mouth shapes of a biped, as numbers. Lengths are h (1/100 of the head's height), upwards positive."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Mood:
    """What a mood does to the eyes and the corners of the mouth.

    inner, outer, arch: how far the brow's ends and its middle rise; odd: more for the far brow alone.
    lid: how far the upper lid is down, 0 to 1; slope: how far its outer end droops; low: rise of the lower lid.
    big: factor on the eyes; iris: factor on the iris, small when the white shows. corner, skew: of the mouth.
    cheek: rise of the cheeks; blush: factor on their colour.
    """

    inner: float = 0.0
    outer: float = 0.0
    arch: float = 0.0
    odd: float = 0.0
    lid: float = 0.17
    slope: float = 0.0
    low: float = 0.0
    big: float = 1.0
    iris: float = 1.0
    corner: float = 0.0
    skew: float = 0.0
    cheek: float = 0.0
    blush: float = 1.0


MOODS = {
    "neutral": Mood(),
    "amused": Mood(inner=0.4, outer=0.8, odd=1.8, lid=0.13, low=0.12, corner=2.2, skew=1.1, cheek=1.4, blush=1.2),
    "delighted": Mood(inner=1.7, outer=1.4, arch=2.0, lid=-0.02, low=0.16, big=1.04, corner=3.2, cheek=2.6, blush=1.5),
    "tired": Mood(inner=1.2, outer=-2.6, lid=0.47, slope=0.16, low=0.05, corner=-1.0, blush=0.7),
    "sad": Mood(inner=5.0, outer=-4.4, arch=-0.6, lid=0.24, slope=0.26, corner=-2.8, blush=0.9),
    "angry": Mood(inner=-6.4, outer=3.2, lid=0.24, slope=-0.34, low=0.14, corner=-2.2, blush=1.3),
    "surprised": Mood(inner=2.8, outer=2.0, arch=2.4, lid=-0.1, big=1.09, iris=0.70, blush=0.9),
    "worried": Mood(inner=5.0, outer=-2.4, lid=0.04, slope=0.12, iris=0.86, corner=-1.8, blush=0.8),
}


@dataclass(frozen=True)
class Mouth:
    """A mouth. half: half its width; top, bottom: how far it opens from the line between its corners.

    corner: rise of the corners; square: how blunt its ends are; pucker: thickness of pursed lips.
    teeth: drop of the upper teeth; tongue: (width, place, height), relative; clench, bite, press: how
    teeth and lips meet; lean: how much higher one corner is, of a wry mouth.
    """

    half: float
    top: float = 0.0
    bottom: float = 0.0
    corner: float = 0.6
    square: float = 0.58
    pucker: float = 0.0
    teeth: float = 0.0
    tongue: tuple[float, float, float] | None = None
    clench: bool = False
    bite: bool = False
    press: bool = False
    lean: float = 0.0

    @property
    def is_open(self) -> bool:
        return self.top + self.bottom > 1.0


#: Rhubarb's nine shapes.
_VISEMES = {
    "A": Mouth(9.2, corner=0.2, press=True),
    "B": Mouth(10.2, 2.0, 2.6, 0.9, 0.66, teeth=3.4),
    "C": Mouth(10.6, 3.3, 6.0, 0.8, 0.60, teeth=2.4, tongue=(0.62, 5.0, 3.2)),
    "D": Mouth(11.0, 4.9, 9.4, 0.8, 0.62, teeth=2.9, tongue=(0.66, 8.4, 4.6)),
    "E": Mouth(6.8, 4.0, 5.6, 0.0, 0.62, pucker=1.3, tongue=(0.6, 5.2, 2.2)),
    "F": Mouth(3.8, 2.4, 2.8, 0.0, 0.58, pucker=2.0),
    "G": Mouth(9.0, 1.7, 0.9, 0.6, 0.66, bite=True),
    "H": Mouth(10.0, 3.8, 5.6, 0.6, 0.60, teeth=2.3, tongue=(0.48, 1.6, 3.6)),
    "X": Mouth(10.8, corner=2.1),
}
_AT_REST = {  # the closed mouth, where a mood gives it a shape of its own
    "amused": Mouth(11.6, corner=1.5),
    "delighted": Mouth(12.6, 1.4, 7.8, 1.4, 0.66, teeth=2.9, tongue=(0.60, 6.6, 3.0)),
    "tired": Mouth(8.8, corner=0.0),
    "sad": Mouth(8.4, corner=0.0),
    "angry": Mouth(8.6, corner=0.0, press=True),
    "surprised": Mouth(4.6, 3.4, 4.4, 0.0, 0.62, pucker=0.9),
    "worried": Mouth(8.6, corner=-0.6),
}
_RESTS = {  # the closed mouth of somebody whom nothing moves
    "smile": Mouth(10.8, corner=2.1),
    "level": Mouth(9.0, corner=0.3),
    "wry": Mouth(9.8, corner=1.4, lean=1.5),
    "pout": Mouth(7.6, corner=-0.7, press=True),
}


def mouth_of(shape: str, mood: str, rest: str = "smile") -> Mouth:
    """The mouth for a viseme in a mood: the mood carries its corners, and shapes it where it rests."""
    found = _VISEMES[shape]
    if shape == "X":
        found = _AT_REST.get(mood, _RESTS[rest])
    rise = MOODS[mood].corner * (0.2 if found.pucker else 0.8)
    if mood == "angry" and found.is_open and not found.pucker:
        found = replace(found, square=min(found.square + 0.14, 0.82), clench=shape == "B")
    if rise > 1 and found.is_open and not found.pucker:
        found = replace(found, half=found.half + 1.2, square=found.square - 0.08)  # a smile is wide above
    return replace(found, corner=found.corner + rise)


#: h by which the chin drops at each step of the jaw
JAW = (0.0, 3.0, 6.6)
_JAWS = {"C": 1, "D": 2, "E": 1, "H": 1}


def jaw_of(shape: str, mood: str) -> int:
    """The step of the jaw that goes with a mouth, 0 to 2."""
    if shape == "X":
        return 1 if mood in ("delighted", "surprised") else 0
    return _JAWS.get(shape, 0)
