"""Clouds: banks of puffs, each lit like a ball from the sun's side, melting together below.

A bank is painted from its top down: every puff has a crisp lit crown and fades into the body below, so
that lower crowns stand before upper bellies. All lengths are picture heights, v up from the horizon.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]


class Bank(NamedTuple):
    """A bank of cloud: middle and base, half its width, its height, how much of it is there, its seed."""

    u: float
    v: float
    half: float
    height: float
    weight: float
    seed: int


@dataclass(frozen=True)
class Sheet:
    """The sky under paint: rgb (height, width, 3) is written.

    u (1, width), v (height, 1): places of its pixels. warp: two noises (height, width) that fray the outlines.
    px: pixels a picture height. first: (u, v) of the upper left pixel's corner.
    """

    rgb: F32
    u: F32
    v: F32
    warp: tuple[F32, F32]
    px: float
    first: tuple[float, float]


class Puff(NamedTuple):
    u: float
    v: float
    radius: float


def puffs(bank: Bank) -> list[Puff]:
    """The balls of a bank, top first: big ones below, cauliflower on their shoulders."""
    random = np.random.default_rng([bank.seed, 71])
    out: list[Puff] = []
    lobes = 3 + int(random.integers(2))
    at = np.sort(random.uniform(-0.72, 0.72, lobes))
    tall = random.uniform(0.62, 1.0, lobes)
    tall[int(random.integers(lobes))] = 1.12
    for _ in range(int(26 + 44 * bank.half / 0.3)):
        t = float(random.uniform(-1, 1))
        hump = float(np.max(tall * np.exp(-(((t - at) / 0.30) ** 2))))
        envelope = bank.height * max(0.10, (1 - abs(t) ** 2.4) * (0.20 + 0.80 * hump))
        rise = float(random.random()) ** 0.75
        radius = (
            bank.height * (0.10 + 0.26 * float(random.random()) ** 2.2) * (1.15 - 0.45 * rise) * (1.1 - 0.6 * abs(t))
        )
        u, v = bank.u + t * bank.half, bank.v + rise * max(0.0, envelope - radius)
        out.append(Puff(u, v, radius))
        for _ in range(3):
            turn = float(random.uniform(-0.25, 1.25)) * np.pi
            small = radius * float(random.uniform(0.26, 0.52))
            out.append(Puff(u + radius * 0.84 * float(np.cos(turn)), v + radius * 0.84 * float(np.sin(turn)), small))
    return sorted(_together(out), key=lambda p: -(p.v + 0.4 * p.radius))


def _together(balls: list[Puff]) -> list[Puff]:
    """The balls without those that hang loose in small clusters: crumbs look like mistakes."""
    u, v, r = (np.array(column) for column in zip(*balls, strict=True))
    apart = np.hypot(u[:, None] - u, v[:, None] - v)
    touching = apart < 0.72 * (r[:, None] + r)
    cluster = np.arange(len(balls))
    while True:  # each ball takes the lowest number among those it touches, until nothing changes
        lowest = np.where(touching, cluster, len(balls)).min(1)
        if (lowest == cluster).all():
            break
        cluster = lowest
    mass = np.bincount(cluster, r * r, len(balls))
    return [ball for ball, k in zip(balls, cluster, strict=True) if mass[k] > 0.22 * mass.max()]


def paint(sheet: Sheet, bank: Bank, towards: tuple[float, float], colours: tuple[F32, F32, F32]) -> None:
    """Lay a bank over the sky; `towards` is the light's direction (u, v); colours: body, lit, rim."""
    balls = puffs(bank)
    low = bank.v - 0.35 * bank.height
    box = _box(sheet, (min(p.u - 1.3 * p.radius for p in balls), low), (max(p.u + 1.3 * p.radius for p in balls),
               max(p.v + 1.3 * p.radius for p in balls)))  # fmt: skip
    x0, y0, x1, y1 = box
    if x1 <= x0 or y1 <= y0:
        return
    # frayed in proportion: a small bank must not fall to crumbs
    fray = np.float32(min(0.019, 0.118 * bank.height))
    u = sheet.u[:, x0:x1] + fray * sheet.warp[0][y0:y1, x0:x1]
    v = sheet.v[y0:y1] + fray * sheet.warp[1][y0:y1, x0:x1]
    tone = np.zeros((y1 - y0, x1 - x0), np.float32)
    cover = np.zeros_like(tone)
    for ball in balls:
        across = (ball.u - bank.u) / bank.half
        up = (ball.v - bank.v - 0.42 * bank.height) / (0.62 * bank.height)
        whole = 0.5 + 0.42 * (across * towards[0] + up * towards[1]) + 0.12 * up
        _ball(sheet, Field(box, u, v, tone, cover), ball, (*towards, whole))
    # the base dissolves: nothing a third of the height below it, all at 0.45 above
    base = np.clip((v - low) / np.float32(0.8 * bank.height), 0, 1)
    cover *= base * base * (3 - 2 * base) * np.float32(bank.weight)
    ground = sheet.rgb[y0:y1, x0:x1]
    body, lit, rim = colours
    share = np.clip(tone * 2.1 - 0.62, 0, 1)[..., None]
    paint_ = body + (lit - body) * share
    edge = np.clip((tone - 0.74) * 5.5, 0, 1)[..., None]
    paint_ += (rim - paint_) * edge * np.float32(0.9)
    # the lower it hangs, the more of the sky's own colour shines through
    through = (0.16 + 0.62 * np.exp(-np.clip(v, 0, None) / 0.085)).astype(np.float32)[..., None]
    paint_ += (ground - paint_) * through * (1 - 0.45 * share)
    ground += (paint_ - ground) * cover[..., None]


class Field(NamedTuple):
    """A bank being painted: its box in pixels, the frayed places of its pixels, its tone and its coverage so far."""

    box: tuple[int, int, int, int]
    u: F32
    v: F32
    tone: F32
    cover: F32


def _ball(sheet: Sheet, field: Field, ball: Puff, light: tuple[float, float, float]) -> None:
    """One puff; light: direction (u, v) and how lit this place of the bank is."""
    r = ball.radius
    x0, y0, x1, y1 = _box(sheet, (ball.u - 1.35 * r, ball.v - 1.35 * r), (ball.u + 1.35 * r, ball.v + 1.35 * r))
    box = field.box
    x0, y0, x1, y1 = max(x0, box[0]), max(y0, box[1]), min(x1, box[2]), min(y1, box[3])
    if x1 <= x0 or y1 <= y0:
        return
    place = (slice(y0 - box[1], y1 - box[1]), slice(x0 - box[0], x1 - box[0]))
    dx = (field.u[place] - np.float32(ball.u)) * np.float32(1 / r)
    dy = (field.v[place] - np.float32(ball.v)) * np.float32(1 / r)
    d2 = dx * dx + dy * dy
    soft = np.float32(max(0.07, 1.3 / (r * sheet.px)))
    inside = np.clip((1 - np.sqrt(d2)) / soft + np.float32(0.5), 0, 1)
    facing = dx * np.float32(light[0]) + dy * np.float32(light[1])
    # half the tone is the ball's own, half that of its place in the bank, or it looks like popcorn
    tone_here = np.clip(0.5 + 0.46 * facing, 0, 1.1) * 0.55 + np.float32(0.45 * light[2] + 0.02)
    tone, cover = field.tone[place], field.cover[place]
    # crisp at the crown, melting into what lies under it towards the belly
    melt = np.clip(0.18 + 0.80 * facing + 0.30 * dy, 0.0, 0.92)
    weight = np.maximum(inside * melt, np.clip(inside - cover, 0, 1) / np.maximum(inside, 1e-3) * (inside > 0))
    tone += (tone_here - tone) * weight
    np.maximum(cover, inside, out=cover)


def _box(sheet: Sheet, low: tuple[float, float], high: tuple[float, float]) -> tuple[int, int, int, int]:
    """Pixels that hold the places between two corners, cut to the sheet, with room for the warp."""
    room = 0.03
    height, width = sheet.rgb.shape[:2]
    left = int(np.floor((low[0] - room - sheet.first[0]) * sheet.px))
    right = int(np.ceil((high[0] + room - sheet.first[0]) * sheet.px))
    top = int(np.floor((sheet.first[1] - high[1] - room) * sheet.px))
    bottom = int(np.ceil((sheet.first[1] - low[1] + room) * sheet.px))
    return max(left, 0), max(top, 0), min(right, width), min(bottom, height)
