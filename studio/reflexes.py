"""What people do without being told: blinks, a head that goes along with speech, hair and hems that swing.

Closed forms over frames, like all acting. Knows nothing of stages and figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.hashing import seed_of
from studio.script import Event

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

_BLINK = (1, 2, 2, 1)  # lids by frame
_BLINK_EVERY, _SINCE_BLINK = 6.0, 2.0  # seconds: ten a minute, and none due so soon after another
_STRENGTH, _DAMPING = 10.0, 0.28  # of the springs in hair and hems: radians a second, share of the critical
_SWAY = 1.9  # steps of a spring for a metre a second


def swung(kicks: Sequence[tuple[int, float]], fps: float, frames: Ints, runs: NDArray[np.bool_]) -> Ints:
    """How far what hangs loose swings forward, -2 to 2: a damped spring's answer to each change of speed, summed.

    What hangs lags behind a start and swings on past a stop; with kicks alone the spring has a closed form. In a
    run the air keeps it back.
    """
    swing = np.where(runs, -0.8, 0.0)
    rate = _STRENGTH * np.sqrt(1 - _DAMPING**2)
    for start, speed in kicks:
        t = np.maximum(frames - start, 0) / fps
        swing -= np.clip(_SWAY * speed, -3.2, 3.2) * np.exp(-_DAMPING * _STRENGTH * t) * np.sin(rate * t)
    return np.asarray(np.rint(np.clip(swing, -2, 2)), np.int32)


def spoken(events: Sequence[Event], fps: float, frames: Ints) -> Floats:
    """Degrees by which a head goes along with what it says, of two beats that seldom fall together."""
    tilt = np.zeros(len(frames))
    for event in events:
        t = (frames - event.start) / fps
        left = (event.start + event.length - frames) / fps
        share = np.clip(np.minimum(t, left) / 0.25, 0, 1)
        tilt += share * (1.2 * np.sin(2 * np.pi * t / 0.93) + 0.9 * np.sin(2 * np.pi * t / 2.2))
    return tilt


def _unspoken(start: int, speech: Sequence[Event]) -> int:
    """When a blink comes that is due while somebody speaks: in the next pause; -1 if its end comes first, which has
    a blink of its own."""
    for event in speech:
        if event.start <= start < event.start + event.length:
            pauses = [event.start + at for at, shape in event.data["mouths"] if shape == "X" and at < event.length]
            return next((at for at in pauses if at >= start), -1)
    return start


def lids_of(frames: Ints, fps: float, seed: int, turns: Sequence[int], speech: Sequence[Event]) -> Ints:
    """Blinks at hashed times, ten a minute, and one at each turn of the head and at the end of a thought; what
    would be due close to one of those is left out."""
    lids = np.zeros(len(frames), np.int32)
    if not len(frames):
        return lids
    every, since = max(round(_BLINK_EVERY * fps), 8), _SINCE_BLINK * fps
    asked: list[int] = []
    for at in sorted(turns):
        if not asked or at + 1 - asked[-1] >= since:
            asked.append(at + 1)
    rounds = range(int(frames[0]) // every, int(frames[-1]) // every + 1)
    due = [k * every + every // 12 + seed_of("blink", seed, k) % (every * 3 // 4) for k in rounds]
    due = [at for start in due if (at := _unspoken(start, speech)) >= 0]
    starts = [*(at for at in due if all(abs(at - other) >= since for other in asked)), *asked]
    wanted = (np.array(starts, np.int64)[:, None] + np.arange(len(_BLINK))).ravel()
    places = np.minimum(np.searchsorted(frames, wanted), len(frames) - 1)
    here = frames[places] == wanted
    lids[places[here]] = np.tile(np.array(_BLINK, np.int32), len(starts))[here]  # of two at once the later one
    return lids
