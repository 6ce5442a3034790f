"""One house, from its wall to its ivy, in the order of painting."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from rules import _clutter, _colour, _foliage, _gables, _masonry, _noise, _roof, _site, _storeys, _timber
from rules._board import Batch, bar, poly, rect
from rules._colour import RGB
from rules._outline import Points, spline
from rules._row import House
from rules._site import CAST, Site, Work
from rules._storeys import GROUND

_EYE = 1.2  # height of the camera's home: side walls run back to a point at this height
_BRICK = (0.22, 0.074)


def paint(site: Site, house: House, lit: float, ivy: float) -> None:
    """A whole house; lit: share of lit windows; ivy: how likely it is overgrown."""
    wall = site.tone(house.wall)
    _side(site, house, wall)
    _wall(site, house, wall)
    if house.roof == "stepped":
        _gables.copings(site, house, site.tone(house.trim))
    if house.kind == "timber":
        _timber.timbers(site, house)
    _dressing(site, house)
    work = Work()
    _storeys.upper(site, work, house, wall, lit)
    _storeys.ground_floor(site, work, house, wall, lit)
    _site.paint(site, work)
    _cover(site, house, wall, lit)
    if _noise.chance(house.seed, 13) < ivy:
        _ivy(site, house)
    for k, x in enumerate((house.left + 0.34, house.right - 0.36)):
        if abs(x - _storeys.door_at(house)) > 0.82 and _noise.chance(house.seed, 14, k) < 0.62:
            _clutter.stand(site, x, int(4 * _noise.chance(house.seed, 15, k)), house.seed + k)


def above(site: Site, house: House, lit: float, is_far: bool) -> None:
    """What is seen of a house from among the roofs: wall, upper windows, roof; of a far one its wall is flat."""
    wall = site.tone(house.wall)
    if is_far:
        batch = Batch()
        for shape in _outline(house):
            batch.add(shape, wall)
        batch.add(rect(house.left + 0.72 * house.width, -0.02, house.right, house.eaves), site.dark(wall, 0.06))
        site.board.fill(batch)
    else:
        _wall(site, house, wall)
    if house.roof == "stepped":
        _gables.copings(site, house, site.tone(house.trim))
    if house.kind == "timber":
        _timber.timbers(site, house)
    if is_far:
        site.board.fill(_far_windows(site, house, wall, lit))
    else:
        work = Work()
        _storeys.upper(site, work, house, wall, lit)
        _site.paint(site, work)
    _cover(site, house, wall, lit)


def _far_windows(site: Site, house: House, wall: RGB, lit: float) -> Batch:
    """Small windows before the timber: a frame, glass that is brighter below where a lamp burns, a cross, a sill."""
    batch = Batch()
    trim = site.tone(house.trim)
    for k in range(max(1, int(house.width / 0.9))):
        x, burns = house.left + 0.45 + 0.85 * k, _noise.chance(house.seed, 20, k) < lit
        if x + 0.5 >= house.right:
            continue
        low, high, right = house.eaves - 0.98, house.eaves - 0.40, x + 0.38
        warm, deep = _colour.rgb_of(site.light.window), _colour.rgb_of(site.light.window_deep)
        tones = (
            [_colour.mix(deep, warm, s) for s in (0.1, 0.55, 1.0)]
            if burns
            else [site.dark(wall, s) for s in (0.15, 0.18, 0.22)]
        )
        batch.add(rect(x - 0.06, low - 0.04, right + 0.06, high + 0.06), site.dark(trim, 0.05))
        batch.add(rect(x - 0.02, low, right + 0.02, high + 0.02), site.dark(trim, 0.20))
        for n, tone in enumerate(tones):
            top = high - (high - low) * n / 3
            batch.add(rect(x, low, right, top), tone)
        bar_ = site.dark(trim, 0.16 if burns else 0.02)
        batch.add(rect(x + 0.175, low, x + 0.205, high), bar_)
        batch.add(rect(x, low + 0.36, right, low + 0.385), bar_)
        batch.add(rect(x - 0.09, low - 0.09, right + 0.09, low - 0.03), trim)
        batch.add(rect(x - 0.08, low - 0.13, right + 0.08, low - 0.09), site.dark(wall, 0.14))
    return batch


def _cover(site: Site, house: House, wall: RGB, lit: float) -> None:
    """Chimney, roof and dormer, or the slopes of a gable."""
    if house.roof == "gable":
        _gables.verges(site, house)
    elif house.roof == "saddle":
        is_odd = bool(house.seed % 2)
        x = house.left + house.width * (0.24 if is_odd else 0.74)
        _roof.chimney(site, x, house.eaves + 0.25 * house.rise, house.eaves + house.rise + 0.48, house)
        _roof.saddle(site, house)
        if house.width > 2.4 and house.rise > 1.25:
            middle = house.left + house.width * (0.62 if is_odd else 0.34)
            _roof.dormer(site, house, middle, _noise.chance(house.seed, 12) < lit, wall)


def _outline(house: House) -> list[Points]:
    front = rect(house.left, -0.02, house.right, house.eaves)
    if house.roof == "gable":
        return [front, _gables.gable(house)]
    return [front, *_gables.stairs(house)] if house.roof == "stepped" else [front]


def _bare(site: Site, house: House) -> RGB:
    """The brick under the plaster."""
    return site.tone(_colour.mix(house.wall, _colour.rgb_of("#96503f"), 0.75))


def _wall(site: Site, house: House, wall: RGB) -> None:
    board = site.board
    mask = board.mask(_outline(house))
    if mask.cover.size == 0:
        return
    if house.kind == "brick":
        board.lay(mask, _masonry.bricks(board, mask.box, wall, house.seed, _BRICK))
        cloud = _masonry.noise(board, mask.box, 0.9, 3, house.seed + 2)
        board.tint(mask, 1 + 0.10 * cloud[..., None])
    else:
        _masonry.plastered(board, mask, wall, _bare(site, house), house.seed)
    x, y = _masonry.metres(board, mask.box)
    # splashed and dark at the foot, a breath of sky above, the right end turning away from the light
    foot = np.exp(-np.clip(y, 0, None) / 0.42) * (0.8 + 0.3 * _masonry.noise(board, mask.box, 0.3, 3, house.seed + 4))
    board.tint(mask, (0.62, 0.58, 0.68), np.clip(foot, 0, 1))
    board.glaze(mask, site.mirrored_sky, 0.10 * np.clip(y / 5.0, 0, 1) + 0 * x)
    turn = np.clip((x - house.left) / house.width, 0, 1) ** 2
    board.tint(mask, (0.80, 0.76, 0.90), 0.55 * turn + 0 * y)


def _side(site: Site, house: House, wall: RGB) -> None:
    """The wall that runs back from us, towards the vanishing point; warm if it faces the key light."""
    board, inner = site.board, house.inner
    corner, (far, back) = house.corner, house.receding
    top = _EYE + (house.eaves - _EYE) * back
    mask = board.mask(poly((corner, 0), (far, _EYE * (1 - back)), (far, top), (corner, house.eaves)))
    if mask.cover.size == 0:
        return
    is_facing = inner < 0  # houses on the right show their left sides, where the light comes from
    tone = site.tone(house.wall, 0.75) if is_facing else site.dark(wall, 0.11)
    _masonry.plastered(board, mask, tone, _bare(site, house), house.seed + 17)
    x, y = _masonry.metres(board, mask.box)
    if is_facing:
        sweep = np.clip(1 - np.abs(y - 2.6) / 3.2, 0, 1) + 0 * x
        board.glaze(mask, _colour.rgb_of(site.light.glow), 0.30 * sweep)
    board.tint(mask, (0.55, 0.50, 0.66), 0.75 * np.exp(-np.clip(y, 0, None) / 0.6) + 0 * x)
    edge = _hip(site, house, (corner, far, top)) if house.roof == "saddle" else Batch()
    arris = site.tone(house.wall, 0.9) if is_facing else site.dark(wall, 0.14)
    edge.add(bar((corner, 0.0), (corner, house.eaves), 0.012), arris)
    board.fill(edge, 0.8)


def _hip(site: Site, house: House, at: tuple[float, float, float]) -> Batch:
    """The slope of a roof above its side wall, seen from below; at: corner, far end and its height."""
    corner, far, top = at
    inner = house.inner
    slate = site.tone(house.tiles, 0.6) if inner < 0 else site.dark(site.tone(house.tiles), 0.10)
    end, low, ridge = corner - inner * 0.22 * house.rise, house.eaves - 0.05, house.eaves + house.rise - 0.02
    hip = poly((corner + inner * 0.16, low), (far + inner * 0.1, top - 0.04), (end, ridge))
    batch = Batch()
    # the front slope will lie over this border, so that no sky shows between them
    border = poly((end - 0.3 * inner, low + 0.9 * house.rise), (corner - 0.4 * inner, low))
    batch.add(np.concatenate([hip, border]), site.dark(slate, 0.06))
    batch.add(hip, slate)
    for k in range(1, 9):
        p, q = (hip[2] + (hip[n] - hip[2]) * (k / 9) ** 0.8 for n in (0, 1))
        batch.add(bar(p, q, 0.012), site.dark(slate, 0.07))
    return batch


def _dressing(site: Site, house: House) -> None:
    """Plinth of cut stones, a string course, quoins."""
    board = site.board
    trim = site.tone(house.trim)
    stone = _colour.mix(trim, site.tone("#8d8478"), 0.5)
    foot = board.mask(rect(house.left - 0.03, -0.02, house.right + 0.03, 0.34))
    if foot.cover.size:
        blocks = _masonry.bricks(board, foot.box, site.dark(stone, 0.07), house.seed + 21, (0.46, 0.18))
        board.lay(foot, blocks)
        x, y = _masonry.metres(board, foot.box)
        board.tint(foot, (0.60, 0.55, 0.66), np.clip(0.85 - y / 0.34, 0, 1) + 0 * x)
    batch = Batch()
    batch.add(rect(house.left - 0.04, 0.32, house.right + 0.04, 0.385), site.dark(stone, 0.03))
    batch.add(rect(house.left - 0.045, 0.36, house.right + 0.045, 0.39), _colour.light(stone, 0.05))
    if house.kind == "plaster":
        below = rect(house.left, GROUND - 0.12, house.right, GROUND)
        board.tint(board.mask(below, 0.02, (0.02, -0.02)), CAST, 0.5)
        batch.add(rect(house.left - 0.02, GROUND, house.right + 0.02, GROUND + 0.10), site.dark(trim, 0.04))
        batch.add(rect(house.left - 0.03, GROUND + 0.06, house.right + 0.03, GROUND + 0.11), trim)
    if house.kind != "timber":
        batch.join(_quoins(site, house, trim))
    board.fill(batch, 0.92)


def _quoins(site: Site, house: House, trim: RGB) -> Batch:
    """Long and short stones up both corners."""
    batch = Batch()
    for k in range(1, int(house.eaves / 0.26)):
        wide, y = (0.26 if k % 2 else 0.17), 0.26 * k + 0.13
        for side in (-1, 1):
            x0, x1 = (house.left, house.left + wide) if side > 0 else (house.right - wide, house.right)
            own = _colour.mix(trim, site.dark(trim, 0.09), _noise.chance(house.seed, 22, k, side + 1))
            batch.add(rect(x0, y + 0.012, x1, y + 0.25), site.dark(own, 0.12))
            batch.add(rect(x0 + 0.004, y + 0.026, x1 - 0.012, y + 0.25), own)
    return batch


def _ivy(site: Site, house: House) -> None:
    """Ivy from one corner up the wall, and the shadow of its leaves."""
    random = np.random.default_rng([house.seed, 53])
    side = 1 if random.random() < 0.5 else -1
    foot = house.left + 0.10 if side > 0 else house.right - 0.10
    height = house.eaves * float(random.uniform(0.5, 0.95))
    at = _foliage.climbing((foot, 0.05), height, 0.3 * side, random)
    low, high = (house.left - 0.12, 0.0), (house.right + 0.12, house.eaves + 0.1)
    at = at[((at > low) & (at < high)).all(1)]
    if not len(at):
        return
    shadow = at[:, None, :] + 0.03 * rect(-1, -1, 1, 1)
    site.board.tint(site.board.mask(list(shadow), 0.02, (0.03, -0.05)), CAST, 0.6)
    nodes = [(foot, 0), (foot + 0.05 * side, 0.4 * height), (foot + 0.02, 0.7 * height)]
    batch = Batch()
    for p, q in pairwise(spline(nodes, closed=False, samples=8)):
        batch.add(bar(p, q, 0.02), site.tone("#4b3a38"))
    batch.join(_foliage.spray(at, 0.062, [site.tone(c) for c in ("#33483f", "#58704a", "#93a35c")], random))
    site.board.fill(batch)
