"""How the near arch is painted; what can be asked of it stands in `rules.plates.arch`."""

from __future__ import annotations

import numpy as np

from rules import _colour, _daylight, _foliage, _masonry, _near, _noise
from rules._board import Batch, Board, bar, moved, rect
from rules._daylight import Daylight
from rules._frame_near import Frame, frame_of
from rules._near import Darks
from rules._outline import Points, ellipse, spline, tube
from rules.plates.arch import Params
from studio.rule import Canvas, Drawing, Variant


def draw(params: Params, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
    """The arcade over the canvas."""
    light = _daylight.scenery(variant["time"])
    frame = frame_of(variant)
    board = _near.board_for(canvas, params.blur, seed)
    darks = _near.darks(light, "#8d7f80", 0.19)
    inner, outer = _opening(frame, params.weight, 0.0), _opening(frame, params.weight, 0.030)
    _wall(board, darks, frame, seed)
    period = _period(frame)
    left, _, right, _ = board.span()
    bays = range(
        int(np.floor((left - frame.middle) / period - 0.5)), int(np.ceil((right - frame.middle) / period + 0.5)) + 1
    )
    for bay in bays:
        move = np.array([bay * period, 0.0])
        _ring(board, darks, (outer + move, frame), seed + bay)
        _soffit(board, darks, light, (inner + move, outer + move))
    for bay in bays:
        _open(board, inner + np.array([bay * period, 0.0]))
    key = (light.key_direction[0], light.key_direction[1])
    # an inner face is lit when it looks towards the light: that of the right pier, and the sill of the sky
    _near.inward_light(board, (0.86 * key[0], 0.35), 0.010, darks.edge, 0.62)
    for bay in bays:
        if params.ivy:
            _ivy(board, light, (frame, inner + np.array([bay * period, 0.0])), (params.ivy, seed + bay))
        if params.lantern:
            _lantern(board, darks, (frame, inner + np.array([bay * period, 0.0])))
    return _near.finished(board, canvas, params.blur, seed)


def _period(frame: Frame) -> float:
    return frame.width * 1.02 + 0.03


def _opening(frame: Frame, weight: float, grow: float) -> Points:
    """The outline of the opening, a basket arch on two piers, a little left-heavy; from the right foot round."""
    w, h = frame.width, frame.height
    side = weight * (0.020 * h + 0.046 * w)
    x0, x1 = frame.left + 1.30 * side - grow, frame.right - 0.82 * side + grow
    crown = frame.top - weight * 0.040 * h + grow
    rise = min(0.50 * h, 0.30 * (x1 - x0) + 0.12 * h)
    t = np.linspace(0, np.pi, 49)
    middle, half = (x0 + x1) / 2, (x1 - x0) / 2
    # between an ellipse and a basket: fuller shoulders
    c, s = np.cos(t), np.sin(t)
    curve = np.stack([middle + half * np.sign(c) * np.abs(c) ** 0.80, crown - rise + rise * s**0.86], 1)
    return np.concatenate([np.array([[x1, -2.0]]), curve, np.array([[x0, -2.0]])])


def _wall(board: Board, darks: Darks, frame: Frame, seed: int) -> None:
    box = (0, 0, board.width, board.height)
    x, y = _masonry.metres(board, box)
    k = frame.height / 1.5
    wave = 0.01 * _masonry.noise(board, box, 0.3, 2, seed + 1)
    laid = _masonry.courses(x + wave, y + wave, (0.29 * k, 0.135 * k), 0.012 * k, seed, board.scale)
    share = np.clip(0.5 + 0.5 * laid.tone + 0.30 * _masonry.noise(board, box, 0.09, 3, seed + 2), 0, 1)[..., None]
    rgb = darks.first + (darks.second - darks.first) * share
    rgb = rgb * (1 + 0.22 * laid.shine - 0.20 * laid.shadow)[..., None]
    rgb += (darks.joint - rgb) * laid.joint[..., None]
    board.rgb[:] = rgb
    board.alpha[:] = 1


def _ring(board: Board, darks: Darks, what: tuple[Points, Frame], seed: int) -> None:
    """Voussoirs: wedges of two darks along the arch, a keystone, imposts where it springs."""
    outline, frame = what
    arch = outline[1:-1]
    thick = 0.105 * frame.height
    batch = Batch()
    count = 17
    at = np.linspace(0, len(arch) - 1, count + 1)
    centre = np.array([(arch[0, 0] + arch[-1, 0]) / 2, arch[0, 1] - 0.15 * frame.height])
    for k in range(count):
        index = np.linspace(at[k], at[k + 1], 5)
        low = np.stack([np.interp(index, np.arange(len(arch)), arch[:, d]) for d in (0, 1)], 1)
        away = low - centre
        away /= np.hypot(away[:, 0], away[:, 1])[:, None]
        tall = thick * (1.28 if k == count // 2 else 1.0 + 0.10 * (_noise.chance(seed, 3, k) - 0.5))
        tone = _colour.mix(darks.first, darks.second, 0.15 + 0.85 * _noise.chance(seed, 4, k))
        high = low + away * tall
        batch.add(np.concatenate([low, high[::-1]]), darks.joint)
        gap = 0.006 * frame.height
        inner_low, inner_high = low + away * gap, high - away * gap
        inner_low[0] += (inner_low[1] - inner_low[0]) * 0.35
        inner_high[0] += (inner_high[1] - inner_high[0]) * 0.30
        batch.add(np.concatenate([inner_low, inner_high[::-1]]), tone)
        lit = np.concatenate([inner_high, (inner_high - away * 0.010 * frame.height)[::-1]])
        batch.add(lit, _colour.light(tone, 0.05, 60))
    pale = _colour.light(darks.second, 0.05)
    for (x, y), side in ((arch[0].tolist(), 1), (arch[-1].tolist(), -1)):  # imposts
        x0, x1 = sorted((x - side * 0.012, x + side * 0.30 * frame.height))
        batch.add(rect(x0, y - 0.052 * frame.height, x1, y - 0.012 * frame.height), darks.second)
        batch.add(rect(x0 - 0.008, y - 0.012 * frame.height, x1 + 0.008, y), pale)
    board.fill(batch)


def _soffit(board: Board, darks: Darks, light: Daylight, lines: tuple[Points, Points]) -> None:
    """The inner face of the arch, seen from below: its stones catch the light of the place beyond."""
    inner, outer = lines
    batch = Batch()
    count = len(inner)
    glow = _colour.mix(darks.second, darks.edge, 0.40)
    for k in range(count - 1):
        quad = np.stack([inner[k], inner[k + 1], outer[k + 1], outer[k]])
        # dark on the left, where it turns away from the key light, bright on the right and at the crown
        t = k / (count - 2)
        share = np.clip(0.95 - 0.85 * t, 0.1, 1) * (0.82 + 0.3 * _noise.chance(board.seed, 5, k // 3))
        batch.add(quad, _colour.mix(darks.first, glow, float(np.clip(share, 0, 1))))
        if k % 3 == 0 and 0 < k < count - 2:
            batch.add(bar(tuple(inner[k]), tuple(outer[k]), 0.0022), darks.joint)
    board.fill(batch)


def _open(board: Board, outline: Points) -> None:
    mask = board.mask(outline)
    x0, y0, x1, y1 = mask.box
    if mask.cover.size:
        board.rgb[y0:y1, x0:x1] *= 1 - mask.cover[..., None]
        board.alpha[y0:y1, x0:x1] *= 1 - mask.cover


def _ivy(board: Board, light: Daylight, where: tuple[Frame, Points], how: tuple[float, int]) -> None:
    """Strands that hang from the right shoulder of the arch, long near the pier, short towards the crown."""
    frame, outline = where
    amount, seed = how
    arch = outline[1:-1]
    random = np.random.default_rng([seed + 1000, 61])
    tall = min(frame.height, 1.25 * frame.width)  # a narrow picture has less room for it
    size = 0.029 * tall
    leaves = (("#2c4438", 0.30), ("#4f6f42", 0.55), ("#a3b360", 0.80))
    near = _colour.rgb_of(light.near)
    greens = [_colour.mix(near, _daylight.under(light, c), share) for c, share in leaves]
    pieces = []
    for k in range(int(26 * amount)):
        t = float(random.random()) ** 1.3 * 0.40
        x, y = (float(v) for v in arch[int(t * (len(arch) - 1))])
        length = tall * (0.05 + 0.27 * amount * float(random.random()) ** 1.7 * (1 - 1.5 * t))
        fall = 0.55 * size * np.arange(max(3, int(length / (0.55 * size))))
        spread = size * (0.55 - 0.3 * fall / (length + size)) * random.normal(size=len(fall))
        sway = 0.05 * float(random.normal(0, 0.5)) * fall
        pieces.append(np.stack([x + 0.01 + sway + spread, y + 0.02 * tall - fall], 1))
        if k % 3 == 0:  # a cushion where it clings to the stone
            around = random.normal(size=(16, 2)) * [1.6 * size, 1.6 * size]
            around[:, 1] = 0.8 * size + np.abs(around[:, 1])
            pieces.append(moved(around, x, y))
    if pieces:
        at = np.concatenate(pieces)
        board.fill(_foliage.spray(at[np.argsort(-at[:, 1])], size, greens, random))


def _lantern(board: Board, darks: Darks, where: tuple[Frame, Points]) -> None:
    """A lantern of bent iron on a chain, a silhouette with one lit edge; drawn about the top of its hood."""
    frame, outline = where
    arch = outline[1:-1]
    h = frame.height
    root = arch[int(0.80 * (len(arch) - 1))]
    x, y, k = float(root[0]) + 0.004 * h, float(root[1]) - 0.055 * h, 0.062 * h
    dark, pale = darks.joint, _colour.mix(darks.second, darks.edge, 0.35)
    batch = Batch()

    def add(shape: Points, colour: _colour.RGB) -> None:
        batch.add(moved(shape * k, x, y), colour)

    for n in range(5):
        low, bend = 0.29 * n, 0.065 if n % 2 else -0.065
        add(tube([(0, low), (bend, low + 0.16), (0, low + 0.32)], [0.04] * 3), dark)
    for a, b in ((-0.50, -0.34), (-0.16, -0.11), (0.16, 0.11), (0.50, 0.34)):
        add(bar((a, -0.6), (b, -1.75), 0.045), dark)
    hood = ((-0.62, -0.62, 1), (-0.30, -0.34), (-0.10, 0, 1), (0.10, 0, 1), (0.30, -0.34), (0.62, -0.62, 1))
    add(spline(hood, samples=6), dark)
    add(tube([(-0.52, -0.60), (-0.24, -0.32), (-0.08, -0.03)], [0.03] * 3), pale)
    add(rect(-0.42, -1.86, 0.42, -1.72), dark)
    add(ellipse(0, -1.96, 0.10, 0.12, 0, 12), dark)
    add(spline([(-0.10, -1.72, 1), (0.10, -1.72, 1), (0.08, -1.2), (-0.08, -1.2)], samples=4), dark)
    board.fill(batch)
