"""From words to mouths: when each syllable falls and which shape the mouth takes.

0.18 s a syllable, 0.25 s a comma, 0.45 s a full stop, at least 0.8 s. Nine shapes (Rhubarb's letters);
P, B and M always close the mouth, no shape is shorter than two frames.
"""

from __future__ import annotations

import re
from functools import lru_cache

SYLLABLE, COMMA, STOP, LEAST = 0.18, 0.25, 0.45, 0.8

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d|[,;:–—-]+|[.!?…]+")
_VOWELS = "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿ"
#: which spellings each mouth stands for; any other consonant leaves it half open
_SPELLINGS = {
    "A": "p b m",
    "B": "ee sh ch s z t j x",
    "C": "ea ai ay e i y",
    "D": "a",
    "E": "o r",
    "F": "oo ou ow wh qu u w",
    "G": "f v",
    "H": "th l",
}
_SHAPES = sorted(((s, m) for m, text in _SPELLINGS.items() for s in text.split()), key=lambda pair: -len(pair[0]))


def speech(text: str, fps: float) -> tuple[list[tuple[int, str]], int]:
    """[(frame at which a shape begins, shape)], and the frame at which the mouth closes for good."""
    seconds, shapes = 0.0, []
    for part in _WORD.findall(text.lower()):
        if part[0] in ",;:–—-":
            shapes.append((seconds, "X"))
            seconds += COMMA
        elif part[0] in ".!?…":
            shapes.append((seconds, "X"))
            seconds += STOP
        else:
            spoken = syllables(part) * SYLLABLE
            mouths = _mouths(part)
            shapes += [(seconds + spoken * n / len(mouths), shape) for n, shape in enumerate(mouths)]
            seconds += spoken
    length = max(round(max(seconds, LEAST) * fps), 1)
    return _paced([(round(at * fps), shape) for at, shape in shapes], length), length


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Groups of vowels, a silent e at the end left out; at least one."""
    groups = re.findall(f"[{_VOWELS}]+", word)
    silent = len(groups) > 1 and word.endswith("e") and word[-2:-1] not in _VOWELS and not word.endswith("le")
    return max(1, len(groups) - silent)


@lru_cache(maxsize=8192)
def _mouths(word: str) -> tuple[str, ...]:
    """The shapes of a word, equal neighbours once."""
    found: list[str] = []
    rest = word
    while rest:
        spelling, shape = next(((s, m) for s, m in _SHAPES if rest.startswith(s)), (rest[0], "C"))
        if not found or found[-1] != shape:
            found.append(shape)
        rest = rest[len(spelling) :]
    most = 2 * syllables(word) + 1
    if len(found) > most:  # closed lips and vowels stay, the least visible go
        weight = [2 if shape in "ADEF" else 1 if shape in "CGH" else 0 for shape in found]
        keep = sorted(sorted(range(len(found)), key=lambda n: (-weight[n], n))[:most])
        found = [found[n] for n in keep]
    return tuple(found)


def _paced(shapes: list[tuple[int, str]], length: int) -> list[tuple[int, str]]:
    """No shape under two frames, and a closed mouth at the end; the mouth leads the sound by one frame."""
    paced: list[tuple[int, str]] = []
    for at, shape in shapes:
        at = max(0, at - 1)
        if paced and at - paced[-1][0] < 2:
            if shape != "A":
                continue
            paced.pop()
        if at < length and (not paced or paced[-1][1] != shape):
            paced.append((at, shape))
    return [*paced, (length, "X")]
