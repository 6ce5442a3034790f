"""How bipeds act, against the rules of movement: arcs, anticipation, area, feet that stay, faces told apart."""

from __future__ import annotations

import itertools
from typing import Any

import cv2
import numpy as np
import pytest

from rules import _biped_mood, _bones, _gestures, _held, _window, character
from rules._gait import RUNS, gait
from rules._gestures import GESTURES, Ease, Posture
from tests.rules import driver
from tests.rules.test_contract import acting

FREE = {name: p.model_copy(update={"holds": "none"}) for name, p in (("ada", driver.ADA), ("bruno", driver.BRUNO))}
FULL_SHOT = 5.0  # px a u, where a figure fills most of 720 lines


def played(params: Any, name: str, span: int = 0) -> list[character.Track]:
    """A gesture on twos, from the frame before it to the frame after."""
    n = span or character.GESTURES[name]
    since = np.arange(0, n + 3, 2, dtype=np.int32)
    number = np.where(since < n, 1 + list(character.GESTURES).index(name), 0).astype(np.int32)
    return character.act(params, acting(len(since), gesture=number, since=since, span=since * 0 + n))


def postures(params: Any, name: str) -> list[Posture]:
    """A gesture frame by frame."""
    n, body = character.GESTURES[name], _bones.measures(params)
    ease = Ease(_bones.swing(-1), _bones.hold(params), params.holds != "none")
    return [_gestures.posture(body, name, (since, n), -1, ease) for since in range(n + 1)]


def track(tracks: list[character.Track], layer: str) -> character.Track:
    return next(t for t in tracks if t.layer == layer)


@pytest.mark.parametrize("who", FREE)
@pytest.mark.parametrize("runs", [False, True], ids=["walk", "run"])
def test_a_planted_foot_slides_less_than_half_a_pixel_a_frame(who: str, runs: bool) -> None:
    """What touches, heel or ball, stays where it is while the body goes on with the phase of its drawing."""
    params = FREE[who]
    body, step = _bones.measures(params), _bones.stride(params, runs=runs)
    for leg, contact in (("near", 0), ("far", 12)):
        places = []
        for phase in range(8 if runs else 13):
            foot = getattr(gait(body, (RUNS if runs else 0) + (contact + phase) % 24), leg)
            arm = -3.2 * body.foot if foot.pitch > 0 else 4.4 * body.foot
            touching = foot.sole.x + arm * np.cos(np.radians(foot.pitch))
            places.append(touching - arm + step * phase / 12)  # a foot rolls from its heel to its ball
        slides = np.abs(np.diff(places))
        assert max(slides) * FULL_SHOT <= 0.5, (leg, slides)


@pytest.mark.parametrize("who", FREE)
def test_a_run_leaves_the_ground_and_a_walk_does_not(who: str) -> None:
    body = _bones.measures(FREE[who])

    def height(legs: int) -> float:
        found, lowest = gait(body, legs), []
        for foot in (found.near, found.far):
            sole = [foot.sole.y - np.sin(np.radians(foot.pitch)) * at * body.foot for at in (-3.2, 4.4)]
            lowest.append(-max(sole))
        return min(lowest)

    assert max(height(RUNS + p) for p in range(24)) > 1.0, "no moment in the air"
    assert max(height(p) for p in range(24)) < 1.0
    assert _bones.stride(FREE[who], runs=True) > 1.3 * _bones.stride(FREE[who])


@pytest.mark.parametrize("name", [n for n in GESTURES if n not in ("nod", "turn", "sit", "jump")])
def test_wrists_move_on_arcs(name: str) -> None:
    """Where a wrist goes far between two keys, its path bulges by 4 % of the way."""
    body = _bones.measures(FREE["ada"])
    found = postures(FREE["ada"], name)
    keys = [0, *(round(at) for at, _ in GESTURES[name].begin[1:])]
    bulges = []
    for side, (a, b) in itertools.product(("near", "far"), itertools.pairwise(keys)):
        path = []
        for posture in found[a : b + 1]:
            upper, fore, _ = getattr(posture, side)
            path.append(_bones.arm(body, (upper, fore), far=side == "far", over=True).wrist)
        points = np.array(path)
        way = points[-1] - points[0]
        if np.hypot(*way) > 6:
            off = (points - points[0])[:, 0] * way[1] - (points - points[0])[:, 1] * way[0]
            bulges.append(np.abs(off).max() / np.hypot(*way) ** 2)
    assert bulges and max(bulges) >= 0.04, bulges


@pytest.mark.parametrize("name", [n for n in GESTURES if n != "nod"])
@pytest.mark.parametrize("who", FREE)
def test_gestures_anticipate_and_settle(who: str, name: str) -> None:
    """Something first goes the other way, by 6 % or more; at the end all is as it was."""
    found = postures(FREE[who], name)
    rest, early = found[0], found[: round(GESTURES[name].begin[1][0]) + 1]
    hold = found[len(found) // 2] if name not in ("jump", "turn") else found[round(GESTURES[name].begin[-1][0])]

    def values(p: Posture) -> np.ndarray:
        legs = 2 * (p.legs - 400) if p.legs >= 400 else p.legs - 200 if 200 <= p.legs < 240 else 0
        legs = 240 - p.legs if 240 <= p.legs < 300 else legs
        return np.array([*p.near[:2], *p.far[:2], p.lean, p.tilt, legs, p.rise, 100 * (p.stretch - 1)], float)

    most = values(hold) - values(rest)
    against = [-(values(p) - values(rest)) * np.sign(most) for p in early]
    goes = np.abs(most) >= 1
    share = (np.max(against, 0)[goes] / np.abs(most[goes])).max() if goes.any() else 0.0
    crouches = max(values(p)[6] for p in early) > 0
    assert share >= 0.06 or crouches, (share, most)
    assert found[-1] == rest


@pytest.mark.parametrize("name", GESTURES)
def test_gestures_are_few_drawings_of_whole_angles(name: str) -> None:
    tracks = played(FREE["ada"], name)
    bodies = track(tracks, "body").variants
    assert len(bodies) <= 26, len(bodies)
    assert len({str(b) for b in bodies}) == len(bodies), "equal bodies are one drawing"
    for body in bodies:
        assert all(a % 2 == 0 for arm in ("near", "far") for a in body[arm][:2])
        assert body.get("lean", 0) % 4 == 0
    if name == "jump":
        return  # a longer one is a slower one
    longer = played(FREE["ada"], name, 4 * character.GESTURES[name])
    assert len(track(longer, "body").variants) <= 1.6 * len(bodies) + 4, "a hold is held"


def test_a_short_gesture_still_ends_at_rest() -> None:
    for name, span in itertools.product(GESTURES, (1, 2, 7, 12)):
        body = track(played(FREE["bruno"], name, span), "body")
        last, rest = body.variants[body.codes[-1]], character.act(FREE["bruno"], acting(1))
        assert last == track(rest, "body").variants[0]


def test_hands_have_clear_shapes() -> None:
    shapes = {
        body[arm][2] for name in GESTURES for body in track(played(FREE["ada"], name), "body").variants
        for arm in ("near", "far")
    }  # fmt: skip
    assert {"rest", "open", "point", "fist", "flat"} <= shapes


def test_a_jump_leaves_the_ground_with_its_shadow_behind() -> None:
    tracks = played(FREE["ada"], "jump")
    body, shadow = track(tracks, "body"), track(tracks, "shadow")
    assert body.y.max() > 0.25 and body.y[0] == body.y[-1] == 0
    assert not shadow.y.any() and shadow.opacity.min() < 200
    assert body.stretch.max() > 1.1 and body.stretch.min() < 0.9


def test_a_seat_moves_the_hips_and_not_the_feet() -> None:
    params, body = FREE["bruno"], _bones.measures(FREE["bruno"])
    sits = track(played(params, "sit"), "body")
    heels = [
        sits.x[n] / _bones.unit(params) + gait(body, sits.variants[c]["legs"]).near.sole.x
        for n, c in enumerate(sits.codes)
        if sits.variants[c]["legs"] < 200 or sits.variants[c]["legs"] >= 400
    ]
    assert np.ptp(heels) < 0.05 and sits.x.min() < -0.1


def test_a_hand_before_the_face_is_one_more_drawing() -> None:
    assert not any(t.layer == "arm" for t in played(FREE["ada"], "wave"))
    arm = track(played(FREE["ada"], "think"), "arm")
    assert arm.nearer > 0.002 and arm.opacity[0] == 0 and arm.opacity.max() == 255


@pytest.mark.parametrize("name", ["mayor", "hugo", "pepe", "widow"])
@pytest.mark.parametrize("yaw", [22, 45, 68, 90])
def test_a_tipped_hat_leaves_the_face_to_be_seen(name: str, yaw: int) -> None:
    """At the height of it the arm that lies over the head covers next to nothing of brows, eyes, nose and mouth."""
    params, still = driver.CAST[name].model_copy(update={"holds": "none"}), np.array([yaw], np.int32)
    number = np.array([1 + list(character.GESTURES).index("tip-hat")], np.int32)
    then = {"gesture": number, "since": np.array([22], np.int32), "span": np.array([44], np.int32)}
    tracks = {t.layer: t for t in character.act(params, acting(1, yaw=still, body=still, **then))}
    assert tracks["arm"].opacity[0] == 255
    face, arm = (_laid(params, tracks[layer], 60 / params.height) for layer in ("face", "arm"))
    assert (face & arm).sum() < 0.15 * face.sum()  # a large moustache
    assert arm[: int(np.flatnonzero(face.any(1))[-1])].any()  # and it is up there


def _laid(params: character.CharacterParams, track: Any, scale: float) -> Any:
    """Where a track of one frame has paint, in a picture of 120x160 px."""
    canvas = _window.whole(character.box(params, track.variants[0]), scale)
    drawn = character.draw(params, track.variants[0], canvas, 7).rgba[..., 3]
    cos, sin = np.cos(np.radians(track.turn[0])), np.sin(np.radians(track.turn[0]))
    at = np.array([60 + scale * track.x[0], 120 - scale * track.y[0]])
    turn = np.array([[cos, -sin], [sin, cos]])
    shift = at + turn[:, 0] * canvas.left + turn[:, 1] * canvas.top
    return np.asarray(cv2.warpAffine(drawn, np.column_stack([turn, shift]), (120, 160))) > 128


def test_what_is_held_changes_hands() -> None:
    given = np.array([0, 0, -1, -1], np.int32)
    taken = np.array([-1, -1, 1 + _held.NAMES.index("lantern"), 0], np.int32)
    ada = character.act(driver.ADA.model_copy(update={"holds": "lantern"}), acting(4, held=given))
    bruno = character.act(driver.BRUNO, acting(4, held=taken))
    assert track(ada, "prop").opacity.tolist() == [255, 255, 0, 0]
    assert track(bruno, "prop").opacity.tolist() == [0, 0, 255, 255]
    shown = [track(bruno, "prop").variants[c].get("held") for c in track(bruno, "prop").codes]
    assert shown == ["none", "none", "lantern", None]


def test_moods_bend_the_spine_and_jaws_open() -> None:
    assert min(abs(a) for a in character.MOOD_LEAN if a) >= 4 and all(a % 4 == 0 for a in character.MOOD_LEAN)
    sad = character.act(driver.ADA, acting(1, lean=np.array([16], np.int32)))
    stands = character.act(driver.ADA, acting(1))
    assert track(sad, "head").x[0] > track(stands, "head").x[0] + 0.02
    closed, wide = (driver.figure(driver.ADA, {**driver.HEAD, "jaw": n}, 120.0)(None).rgba for n in (0, 2))
    assert np.abs(closed.astype(int) - wide.astype(int)).max() > 60


def test_no_brow_is_lower_on_the_inside_but_an_angry_one() -> None:
    for name, mood in _biped_mood.MOODS.items():
        is_lower = mood.inner + 1.4 < mood.outer
        assert is_lower == (name == "angry"), name


@pytest.mark.parametrize("params", [driver.ADA, driver.BRUNO], ids=["ada", "bruno"])
def test_moods_are_told_apart(params: Any) -> None:
    """By the mean difference where any two faces differ at all from bare skin."""
    faces = {
        mood: driver.figure(params, {**driver.FACE, "mood": mood, "mouth": "X", "light": {"time": "day"}}, 200.0)(None)
        for mood in character.MOODS
    }
    head = driver.figure(params, {**driver.HEAD, "light": {"time": "day"}}, 200.0)(None).rgba
    skin = head[head.shape[0] // 2, head.shape[1] // 2, :3].astype(float)
    for a, b in itertools.combinations(character.MOODS, 2):
        one, other = (faces[m].rgba.astype(float) for m in (a, b))
        painted = (one[..., 3] > 20) | (other[..., 3] > 20)
        one, other = (f[..., :3] + skin * (1 - f[..., 3:] / 255) for f in (one, other))
        assert np.abs(one - other)[painted].mean() > 3.0, (a, b)


@pytest.mark.parametrize("params", [driver.ADA, driver.BRUNO, *FREE.values()], ids=["ada", "bruno", "free", "too"])
def test_a_waving_hand_is_not_lost_behind_the_head(params: Any) -> None:
    """An overshoot used to take it behind the hair, where it vanished for two drawings."""
    body, side = _bones.measures(params), "far" if params.holds == "none" else "near"
    head = _bones.lean_at(body, body.chin)
    for posture in postures(params, "wave"):
        upper, fore, _ = getattr(posture, side)
        wrist = _bones.arm(body, (upper, fore), far=side == "far").wrist
        if wrist.y < body.chin - 0.1 * body.head:
            assert abs(wrist.x + _bones.lean_at(body, wrist.y) - head) > 0.55 * body.head
