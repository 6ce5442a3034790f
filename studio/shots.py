"""What planning knows of shots: as it was kept from an earlier build, else outlined out of their rows.

Rows are made and dropped shot by shot; what stays is a few bytes a frame.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.borders import borders_of, hashes_of
from studio.film import Film, Shot
from studio.hashing import WIDTH, Keys, key, stack
from studio.keys import Keyring, Outline, Tokens
from studio.shares import in_shares
from studio.vectors import Vector

Mask = NDArray[np.bool_]


class Shown(NamedTuple):
    """What the frames of a shot are known by. digests: None where they are to be looked up; where a vector is kept
    they are known, but for zeros. borders: of the shot as a whole, if known."""

    keys: Keys
    provisional: Mask
    motion: NDArray[np.uint64]
    cuts: list[int]
    drawings: Keys
    digests: Keys | None = None
    borders: list[int] | None = None


def shown_of(
    film: Film,
    frames: NDArray[np.intp],
    keyring: Keyring,
    kept: Callable[[Shot], Vector | None],
    form: str,
    helpers: int = 0,
) -> dict[int, Shown | Outline]:
    """The shots that some frames of a film show: as they are kept, else outlined out of their rows, with so many
    helpers."""
    found: dict[int, Shown | Outline] = {}
    unknown: list[int] = []
    for number in _shots(film, frames):
        shot = film.shots[number]
        vector = kept(shot)
        if vector is not None:
            none = np.zeros(len(vector.keys), np.bool_)
            found[number] = Shown(
                vector.keys, none, vector.motion, vector.cuts, vector.drawings, vector.digests, vector.borders
            )
        elif shot.clip is not None:
            found[number] = _footage(keyring, shot, form, float(film.fps))
        else:
            unknown.append(number)
    outlines = in_shares(lambda n: outlined(keyring, film.shots[n], form, float(film.fps)), unknown, helpers)
    return {**found, **dict(zip(unknown, outlines, strict=True))}


def outlined(keyring: Keyring, shot: Shot, form: str, fps: float) -> Outline:
    """What planning keeps of the rows of a shot that is no clip."""
    rows = shot.rows
    assert rows is not None
    return keyring.outline(shot, rows, form, fps)


def _shots(film: Film, frames: NDArray[np.intp]) -> list[int]:
    """The shots that some frames show, alone or mixed in."""
    is_shown = np.zeros(len(film.shots) + 1, np.bool_)
    is_shown[film.shot[frames]] = True
    is_shown[film.other[frames]] = True  # of frames with nothing mixed in that is -1, the last
    shown: list[int] = np.flatnonzero(is_shown[:-1]).tolist()
    return shown


def _footage(keyring: Keyring, shot: Shot, form: str, fps: float) -> Shown:
    assert shot.clip is not None and shot.source is not None
    keys = keyring.footage(shot, form, fps)
    motion = hashes_of(np.asarray(shot.clip.identity[shot.source]))
    return Shown(keys, np.zeros(len(keys), np.bool_), motion, [0], np.zeros((0, WIDTH), np.uint8))


def keyed(keyring: Keyring, tokens: Tokens, outline: Outline) -> Shown:
    """A shot whose drawings have tokens."""
    tables = [tokens.table(look) for look in outline.names]
    provisional = np.zeros(len(outline.table), np.bool_)
    for look, (_, flags) in enumerate(tables):
        provisional |= flags[outline.table].any(1) & outline.taken[:, look]
    drawings = stack(name[0] if len(name) == 1 else key(*name) for look in outline.names for name in look)
    keys = keyring.frames(outline, [table for table, _ in tables])
    return Shown(keys, provisional[outline.run], outline.motion, outline.cuts, drawings)


def borders_in(shot: Shown, frames: NDArray[np.integer[Any]], is_mixed: bool) -> list[int]:
    """Borders of a run of frames of a shot; its cuts are borders unless it is mixed with another."""
    if shot.borders is not None and not is_mixed and np.array_equal(frames, np.arange(len(shot.keys))):
        return shot.borders
    spans = [] if is_mixed else np.searchsorted(frames, shot.cuts).tolist()
    return borders_of(shot.motion[frames], [at for at in spans if 0 < at < len(frames)])


def vector_of(shot: Shown, digests: Keys) -> Vector:
    """What is kept of a shot. digests: of its frames, zeros where they are not known."""
    alone = shot.borders if shot.borders is not None else borders_of(shot.motion, shot.cuts)
    return Vector(shot.keys, digests, shot.motion, shot.drawings, shot.cuts, alone)
