"""Hair of a biped: a mass behind the head, and before it locks of three sizes that follow its fall.

Outlines and spines are in h (1/100 of the head's height, origin at the chin, y down), authored at yaw 0, 45
and 90 with equal nodes. A lock is a blade along a spine: its root lies under a hat, its tip is thin.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import numpy as np

from rules import _biped_plaits, _colour, _outline
from rules._biped_bob import BOB
from rules._biped_crops import BOWL, CROP, CURLS, QUIFF, TOUSLED
from rules._biped_locks import Cut, Line, Lock, view
from rules._biped_look import Look, dark, gloss
from rules._biped_sides import BALD, SIDES
from rules._biped_tresses import BUN, LONG, PLAITS, PONYTAIL
from rules._cel import CLOTH, Cel, Joined, Mask
from rules._outline import Points

HAIR = CLOTH.but(turn=1.7, soft=0.9, cast=1.1, half=0.5, depth=0.10, fall=0.0)

CUTS = {
    "bob": BOB, "sides": SIDES, "bald": BALD, "crop": CROP, "curls": CURLS, "bun": BUN, "plaits": PLAITS,
    "ponytail": PONYTAIL, "long": LONG, "tousled": TOUSLED, "quiff": QUIFF, "bowl": BOWL,
}  # fmt: skip


def shows_ear(look: Look) -> bool:
    """Whether the near ear is to be seen."""
    return CUTS[look.cut].ear


@lru_cache(maxsize=48)
def _over_face(cut: str, yaw: int) -> tuple[Points, ...]:
    found = CUTS[cut]
    locks = found.locks if found.over is None else found.locks[found.over :]
    blades = tuple(_outline.tube(view(lock.spine, yaw), lock.widths) for lock in locks)
    return blades if found.crown is None else (shape_of(found, view(found.crown, yaw)), *blades)


def shape_of(cut: Cut, nodes: Line) -> Points:
    """An outline, scalloped where the hair is curly: each curl a bump of about the same length."""
    smooth = _outline.spline(nodes)
    if not cut.curly:
        return smooth
    step = np.hypot(*np.diff(smooth, axis=0, append=smooth[:1]).T)
    along = np.concatenate([[0.0], np.cumsum(step)])
    count = max(8, round(float(along[-1]) / (5.2 * cut.curly)))
    places = np.linspace(0, along[-1], count * 8, endpoint=False)
    closed = np.concatenate([smooth, smooth[:1]])
    at = np.stack([np.interp(places, along, closed[:, i]) for i in (0, 1)], 1)
    out = np.gradient(at, axis=0)[:, ::-1] * np.array([1.0, -1.0])
    out /= np.hypot(out[:, 0], out[:, 1])[:, None] + 1e-9
    phase = np.arange(len(places)) / 8
    size = 0.75 + 0.35 * np.sin(2.399 * np.floor(phase)) ** 2  # no two neighbours alike
    return np.asarray(at + out * (cut.curly * size * (np.abs(np.sin(np.pi * phase)) - 0.35))[:, None])


_NARROW = ("wide", "straw", "bowler", "boater", "bobble", "sailor", "toque")


@contextmanager
def pressed(cel: Cel, look: Look, yaw: int) -> Iterator[None]:
    """Hair that stands out wider than a hat's crown is pressed down under it."""
    if look.hat not in _NARROW:
        yield
        return
    middle = float(np.interp(min(yaw, 180 - yaw), (0, 45, 90), (0.0, -2.0, -12.0)))

    def put(points: Points) -> Points:
        above = np.clip((-78 - points[:, 1]) / 14, 0, 1)
        x = middle + (points[:, 0] - middle) * (1 - 0.24 * above)
        return np.stack([x, np.where(points[:, 1] < -82, -82 + 0.6 * (points[:, 1] + 82), points[:, 1])], 1)

    with cel.placed(put):
        yield


def hair_behind(cel: Cel, look: Look, yaw: int) -> None:
    """What is seen beyond the head and the neck."""
    with pressed(cel, look, yaw), cel.placed(_tucked if look.scarf else np.array):
        _back(cel, look, yaw)


def _tucked(points: Points) -> Points:
    """Hair that ends in a scarf, over which it bulges."""
    low = np.clip(points[:, 1] + 14, 0, None)
    return np.stack([points[:, 0] * (1 - 0.006 * np.clip(low, 0, 40)), points[:, 1] - 0.7 * low], 1)


def _back(cel: Cel, look: Look, yaw: int) -> None:
    cut = CUTS[look.cut]
    if cut.back is None or (look.cut == "bun" and look.hat not in ("", "nurse")):
        return
    back = dark(look.hair, cut.shade)
    nodes = view(cut.back, yaw)
    mass = cel.part(shape_of(cut, nodes), back, HAIR.but(cast=0, turn=1.2 if look.cut == "sides" else 1.7))
    if look.cut == "bob":
        for i in (7, 8, 10):
            strand = [(nodes[i][0] * 0.9 + 2, -48), (nodes[i][0], -20), (nodes[i][0] * 1.02, nodes[i][1] - 3)]
            cel.stroke(strand, 1.0, dark(back, 0.07), mass, 0.8)
    elif look.cut == "long":
        for i in (7, 8, 9, 10):
            strand = [(nodes[i][0] * 0.8 + 2, -40), (nodes[i][0] * 0.94, -6), (nodes[i][0], nodes[i][1] - 3)]
            cel.stroke(strand, 1.0, dark(back, 0.07), mass, 0.8)
    elif cut.curly:
        curls(cel, look, nodes, mass)
    elif look.cut == "bun":
        wound(cel, look, nodes, mass)


def wound(cel: Cel, look: Look, nodes: Line, mass: Mask) -> None:
    """The strands of a bun, wound round it."""
    middle = np.mean([n[:2] for n in nodes], 0)
    low, high = [], []
    for share in (0.80, 0.54, 0.28):
        turns = [tuple(middle + (np.array(nodes[i][:2]) - middle) * share + (2.0, -1.0)) for i in (7, 0, 1, 2, 3, 4)]
        low.append(cel.brush(turns, [0.1, 0.7, 0.9, 0.9, 0.7, 0.1]))
        high.append(cel.brush([(x + 2.2, y + 1.6) for x, y in turns[2:5]], [0.1, 1.0, 0.1]))
    cel.ink(Joined(tuple(low)), dark(look.hair, 0.11), 0.8, mass)
    cel.ink(Joined(tuple(high)), gloss(look.hair, 0.11), 0.65, mass)


def covering(look: Look, yaw: int) -> tuple[Points, ...]:
    """Outlines of the hair that lies over the face; read-only."""
    return _over_face(look.cut, yaw)


def hair_before(cel: Cel, look: Look, yaw: int) -> None:
    """The locks that lie over the head."""
    with pressed(cel, look, yaw):
        _front(cel, look, yaw)


def _front(cel: Cel, look: Look, yaw: int) -> None:
    cut = CUTS[look.cut]
    if cut.crown is not None:
        nodes = view(cut.crown, yaw)
        crown = cel.part(shape_of(cut, nodes), look.hair, HAIR.but(turn=2.2))
        if cut.curly:
            curls(cel, look, nodes, crown)
        elif cut.whorl is not None:
            root = view(cut.whorl, yaw)[0]
            combed(cel, look, (nodes, (root[0], root[1]), cut.combed), crown)
        elif not look.hat:
            _parting(cel, look, yaw, crown)
    for blade in cut.locks:
        lock(cel, look, blade, view(blade.spine, yaw))
    if cut.top is not None and not look.hat:
        swoop(cel, look, view(cut.top, yaw))
    if look.cut == "plaits":
        _biped_plaits.near(cel, look, yaw)
    if look.cut == "bob":
        loose = view(
            {
                0: [(-42, -30), (-34, -14), (-36, 3)],
                45: [(-30, -34), (-22, -16), (-25, 2)],
                90: [(-16, -34), (-8, -16), (-11, 2)],
            },
            yaw,
        )
        cel.loose(loose, 0.8, dark(look.hair, 0.03))


def tufts_behind(cel: Cel, look: Look, yaw: int) -> None:
    """What stands out on the far side and above, behind the skull."""
    if look.cut == "plaits":
        _biped_plaits.far(cel, look, yaw)
    if (look.hat and look.cut == "tousled") or look.hat == "kerchief":
        return  # it would stand out of the hat
    for blade in CUTS[look.cut].behind:
        lock(cel, look, blade, view(blade.spine, yaw))


def combed(
    cel: Cel, look: Look, how: tuple[Line, tuple[float, float], tuple[tuple[int, float], ...]], crown: Mask
) -> None:
    """Strands from the whorl (or the knot) to the hair's edge, and the shine that they bend round the skull; `how` is
    the edge, the whorl, and to which nodes they run."""
    nodes, (x, y), strands = how
    low, high = [], []
    broad = 1.5 if _colour.to_lch(look.hair)[0] > 0.36 else 3.0  # dark hair is drawn by its lights
    for n, (i, bend) in enumerate(strands):
        ex, ey = nodes[i][:2]
        mx, my = (x + ex) / 2, (y + ey) / 2
        long = float(np.hypot(ex - x, ey - y)) + 1e-9
        ox, oy = -(ey - y) / long * bend, (ex - x) / long * bend
        low.append(cel.brush([(x, y), (mx + ox, my + oy), (x + (ex - x) * 0.95, y + (ey - y) * 0.95)], [0.1, 0.8, 0.2]))
        if n % 2 == 0:
            a, b = (x + (ex - x) * 0.28, y + (ey - y) * 0.28), (x + (ex - x) * 0.66, y + (ey - y) * 0.66)
            lit = [
                (a[0] + ox * 0.8 + 2.4, a[1] + oy * 0.8),
                (mx + ox + 2.8, my + oy),
                (b[0] + ox * 0.8 + 2.4, b[1] + oy),
            ]
            high.append(cel.brush(lit, [0.1, broad, 0.1]))
    cel.ink(Joined(tuple(low)), dark(look.hair, 0.11), 0.8, crown)
    cel.ink(Joined(tuple(high)), gloss(look.hair, 0.11), 0.65, crown)


def curls(cel: Cel, look: Look, nodes: Line, mass: Mask) -> None:
    """Half-rings of dark and light all over, in rows that follow the outline inwards."""
    middle = np.mean([n[:2] for n in nodes], 0)
    low, high = [], []
    thick = 0.75
    if _colour.to_lch(look.hair)[0] < 0.36:  # else a dark head of curls is a flat shape
        thick, (x, y) = 1.9, middle
        for dx, dy, r in ((-0.30, -0.34, 0.34), (0.22, -0.40, 0.24)):
            across, down = (float(np.ptp([n[i] for n in nodes])) for i in (0, 1))
            spot = _outline.ellipse(x + dx * across, y + dy * down, r * across, 0.5 * r * down, 30 * float(np.sign(dx)))
            cel.ink(spot, gloss(look.hair), 0.6, mass, soft=1.4)
    for ring, share in enumerate((0.88, 0.68, 0.46)):
        path = _outline.spline([tuple(middle + (np.array(n[:2]) - middle) * share) for n in nodes])
        count = (17, 12, 7)[ring]
        for j in range(count):
            cx, cy = path[int((j + 0.5 * (ring % 2)) / count * len(path)) % len(path)]
            r = 4.6 + 1.5 * float(np.sin(2.399 * (j + 5 * ring)))
            turn = np.radians(40 * np.sin(1.7 * j + ring) + np.array([200.0, 250.0, 310.0, 350.0]))
            arc = [(float(cx + r * np.cos(t)), float(cy + r * np.sin(t))) for t in turn]
            low.append(cel.brush([(px + 0.9, py + 1.3) for px, py in arc], [0.1, 0.8, 0.8, 0.1]))
            if (j + ring) % 2:
                high.append(cel.brush(arc[:3], [0.1, thick, 0.1]))
    cel.ink(Joined(tuple(low)), dark(look.hair, 0.10), 0.75, mass)
    cel.ink(Joined(tuple(high)), gloss(look.hair, 0.11), 0.6, mass)


def swoop(cel: Cel, look: Look, nodes: Line) -> None:
    """A quiff: one great curl of hair, its strands all running with it."""
    mass = cel.part(_outline.spline(nodes), look.hair, HAIR.but(turn=2.4, soft=1.2))
    low, high = [], []
    for share, width in ((0.22, 0.7), (0.46, 0.9), (0.70, 0.8)):
        line = []
        for upper, lower in ((0, 8), (1, 7), (2, 6), (3, 5)):
            a, b = nodes[upper], nodes[lower]
            line.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
        low.append(cel.brush(line, [0.1, width, width, 0.1]))
        high.append(cel.brush([(px + 1, py - 3.4) for px, py in line[:3]], [0.1, width * 1.3, 0.1]))
    cel.ink(Joined(tuple(low)), dark(look.hair, 0.11), 0.8, mass)
    cel.ink(Joined(tuple(high)), gloss(look.hair, 0.11), 0.7, mass)


def lock(cel: Cel, look: Look, of: Lock, spine: Line) -> None:
    """A blade along a spine, two strands along it, and a broken light where it bends."""
    tone = dark(look.hair, of.tone) if of.tone > 0 else look.hair
    blade = cel.part(_outline.tube(spine, of.widths), tone, HAIR)
    low = dark(look.hair, 0.10 + max(of.tone, 0))
    strands = []
    for side, start in ((0.42, 0), (-0.30, 0), (0.05, 1)):
        line = _beside(spine, of.widths, side)[start:]
        strands.append(cel.brush(line, [0.15, *[0.62] * (len(line) - 2), 0.1]))
    cel.ink(Joined(tuple(strands)), low, 0.8, blade)
    if of.gloss:
        line = _beside(spine, of.widths, -0.12)
        first = 2 if len(line) > 4 else 1  # a long lock shines below the hat
        a, b, c = line[first], line[first + 1], line[min(first + 2, len(line) - 1)]
        light = gloss(look.hair, 0.12)
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        end = ((2 * b[0] + c[0]) / 3, (2 * b[1] + c[1]) / 3)
        upper = (a[0] * 0.75 + b[0] * 0.25, a[1] * 0.75 + b[1] * 0.25)
        shine = cel.brush([upper, middle, b, end], [0.1, of.gloss, 0.8 * of.gloss, 0.1])
        p, q = (middle[0] + 3.2, middle[1] + 3.5), (b[0] + 3.2, b[1] + 3.5)
        second = cel.brush([p, ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2), q], [0.1, 0.4 * of.gloss, 0.1])
        cel.ink(Joined((shine, second)), light, 0.8, blade)


def _beside(spine: Line, widths: tuple[float, ...], side: float) -> Line:
    """A line along a blade, at a share of its half-width to one side (positive is right of a falling lock)."""
    out: Line = []
    for i, (p, w) in enumerate(zip(spine, widths, strict=True)):
        before, after = spine[max(i - 1, 0)], spine[min(i + 1, len(spine) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        long = (dx * dx + dy * dy) ** 0.5 or 1.0
        out.append((p[0] + dy / long * w * side, p[1] - dx / long * w * side))
    return out


def _parting(cel: Cel, look: Look, yaw: int, crown: Mask) -> None:
    """The parting and the combed lines of a bare head, and the shine round it."""
    top = BOB.locks[6].spine
    x, y = view(top, yaw)[0][:2]
    assert BOB.crown is not None
    nodes = view(BOB.crown, yaw)
    low, high = dark(look.hair, 0.12), gloss(look.hair, 0.11)
    for i, bend in ((1, 4), (2, 5), (3, 4), (9, -6), (10, -6), (11, -4)):
        ex, ey = nodes[i][0] * 0.94, nodes[i][1]
        cel.stroke([(x, y), ((x + ex) / 2 + bend * 0.5, (y + ey) / 2 - 7), (ex, ey)], [0.4, 0.7, 0.3], low, crown, 0.8)
    shine = [(nodes[10][0] * 0.82, -76), (nodes[11][0] * 0.9, -93), (x - 16, -101), (x - 4, -99)]
    cel.stroke(shine, [0.2, 3.0, 2.2, 0.2], high, crown, 0.6)
    shine = [(x + 10, -100), (nodes[1][0] * 0.85, -96), (nodes[2][0] * 0.84, -86)]
    cel.stroke(shine, [0.2, 2.2, 0.2], high, crown, 0.6)
