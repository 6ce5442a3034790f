"""Wings and tails: feathers drawn in masses, so that one shading serves many blades."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from rules import _colour
from rules._bird import Shape
from rules._bird_flight import Panel, Quill, Wing
from rules._bird_plumage import Plumage, edge_of, other_of
from rules._cel import CLOTH, Cel, Finish, Joined
from rules._colour import RGB
from rules._kit import Point
from rules._mask import Mask, overlap
from rules._outline import FULL, Points, averaged, fixed, rotated, samples_of, spline, tube

_MASS = Finish(turn=1.5, soft=0.7, cast=1.0, line=0.14, key=0.3, depth=0.10, half=0.36, fall=0.03)


def feather(at: Point, degrees: float, length: float, width: float, bend: float = 0.0) -> Points:
    """A blade: narrow root, widest at two thirds, a rounded tip that leans to one side."""
    a = np.radians(degrees)
    along, across = np.array([np.cos(a), -np.sin(a)]), np.array([-np.sin(a), -np.cos(a)])
    root = np.array(at)
    nodes = [
        (0, -0.35), (0.30, -0.80), (0.66, -1.0), (0.92, -0.62), (1.0, 0.0), (0.93, 0.62), (0.62, 0.95), (0.28, 0.7),
        (0, 0.35),
    ]  # fmt: skip
    placed = [root + along * length * t + across * (width * o + length * bend * t * t) for t, o in nodes]
    return spline([(float(p[0]), float(p[1])) for p in placed], samples=8)


def mass(
    cel: Cel, blades: Sequence[Points], tones: Sequence[RGB], line: RGB, finish: Finish = _MASS, *, fine: bool = True
) -> Mask:
    """Feathers, each over the one before: shaded as one form, told apart by tone, shadow and a fine edge."""
    body = cel.part(Joined(tuple(blades)), tones[0], finish)
    _told_apart(cel, body, blades, tones[1], line, fine=fine)
    return body


def row(cel: Cel, blades: Sequence[Points], tones: Sequence[RGB], line: RGB, clip: Mask) -> None:
    """Small feathers over the roots of long ones, whose form they share."""
    low = [blade + np.array([0.4, 1.3]) for blade in blades]
    cel.ink(Joined(tuple(low)), line, 0.5, clip)
    body = cel.mask(Joined(tuple(blades)))
    body = overlap(body, clip)
    cel.dye(body.box, tones[0], body.cover * np.float32(0.85))
    _told_apart(cel, body, blades, tones[1], line, fine=False)


def _told_apart(cel: Cel, body: Mask, blades: Sequence[Points], other: RGB, line: RGB, *, fine: bool) -> None:
    """Every other blade in another tone, with lines between them. All go into two sets of samples, one after the
    other, and those onto the cel at once."""
    if body.cover.size == 0:
        return
    drawn = samples_of(body.box)
    toned = np.zeros((drawn.shape[0] // 2, drawn.shape[1] // 2), np.uint8)  # a tone's edge lies under a line

    def fill(outline: Points, weight: float) -> Any:
        places = [fixed(cel.land(outline), body.box)]
        cv2.fillPoly(drawn, places, round(weight * FULL), cv2.LINE_8, 4)
        return places

    for n, blade in enumerate(blades):
        if n:
            fill(blade + np.array([0.5, 0.9]), 0.30 if fine else 0.5)
        cv2.fillPoly(toned, fill(blade, 0), (n % 2) * FULL, cv2.LINE_8, 5)
        if not fine:
            continue
        half = len(blade) // 2
        fill(_ribbon(blade[half:], 0.16 * cel.pen), 0.75)
        shaft = 0.5 * (blade[:half] + blade[::-1][:half])[1 : half - 2]
        fill(_ribbon(shaft, 0.10 * cel.pen), 0.4)
    share = cv2.resize(toned, body.cover.shape[::-1], interpolation=cv2.INTER_AREA) * np.float32(0.75 / FULL)
    cel.dye(body.box, other, share * body.cover)
    cel.dye(body.box, line, averaged(drawn) * body.cover)


def _ribbon(line: Points, width: float) -> Points:
    """A fine line along points, thin at its ends, as an outline."""
    step = np.empty_like(line)
    step[1:-1], step[0], step[-1] = (line[2:] - line[:-2]) / 2, line[1] - line[0], line[-1] - line[-2]
    normal = step[:, ::-1] * np.array([-1.0, 1.0]) / (np.hypot(step[:, 0], step[:, 1])[:, None] + 1e-9)
    taper = (np.sin(np.pi * np.linspace(0.04, 0.96, len(line))) ** 0.5)[:, None]
    return np.concatenate([line + normal * width * taper, (line - normal * width * taper)[::-1]])


def tail(cel: Cel, shape: Shape, look: Plumage, raised: float, fanned: float) -> None:
    """Five blades, the middle one last; `fanned`: degrees between them besides the species' own."""
    root: Point = {"crow": (-21, -42), "owl": (-13, -24), "duck": (-41, -45), "goose": (-31, -45)}[shape.trunk]
    fall = shape.fall - raised
    order = (2.0, -2.0, 1.0, -1.0, 0.0)
    blades = [
        feather(
            root,
            fall + k * (shape.fan + fanned),
            shape.tail * (1 + 0.02 * fanned) * (1 - 0.05 * abs(k)),
            3.2 if shape.trunk != "owl" else 4.2,
            0.03,
        )
        for k in order
    ]
    pale, dark = look.wing, look.wing_dark
    mass(cel, blades, (dark, pale), edge_of(look.wing))


def folded(cel: Cel, shape: Shape, look: Plumage) -> None:
    """The wing at rest: long feathers, two rows over them, and a scalloped cape."""
    x, y = shape.shoulder
    long = shape.wing

    def rest(points: Points) -> Points:
        moved = rotated(points, -shape.rest, (13.0, -58.0))
        return np.asarray((moved - np.array([13.0, -58.0])) * long + np.array([x + 1, y]))

    with cel.placed(rest):
        first = [feather((-10 + i * 1.2, -44 + i * 0.6), 205.5 - i * 2.0, 45 - i * 4.2, 2.7, 0.05) for i in range(4)]
        second = [feather((6 - i * 1.5, -40 - i * 3.6), 206 - i * 3.2, 30 - i * 0.6, 3.5, 0.04) for i in range(5)]
        mass(cel, first, (look.wing, look.wing_dark), edge_of(look.wing))
        middle = _colour.mix(look.wing, look.sheen, 0.28)
        mass(cel, second, (middle, look.wing), edge_of(look.wing))
        third = [feather((13 - i * 1.7, -42.5 - i * 4.4), 208 - i * 4, 17, 3.5, 0.03) for i in range(5)]
        mass(cel, third, (_colour.mix(look.wing, look.sheen, 0.62), middle), edge_of(look.wing))
        if look.species == "duck":  # the mirror
            cel.ink(tube([(2, -39), (-4, -46), (-8.4, -55)], [0.4, 1.6, 0.5]), _colour.rgb_of("#3f6fb0"), 0.85)
        _cape(cel, look)


def _cape(cel: Cel, look: Plumage) -> None:
    cape = [
        (18, -64), (20, -54), (17, -44), (12, -39.5, 1), (9.5, -43), (5.5, -41.5, 1), (4, -47), (-1, -46.5, 1),
        (-1, -52), (-6.5, -52.5, 1), (-5, -58), (-10, -60.5, 1), (-4, -66), (6, -70),
    ]  # fmt: skip
    finish = CLOTH.but(turn=2.4, soft=0.8, cast=1.2, key=0.5, line=0.13, depth=0.11)
    mask = cel.part(spline(cape), look.sheen, finish)
    for line, wide in (
        ([(13, -65), (15, -57), (13, -48)], 0.75),
        ([(6, -66), (7, -58), (5, -51)], 0.6),
        ([(-1, -64), (-1.6, -60), (-3, -57)], 0.5),
    ):
        cel.stroke(line, wide, look.sheen_pale, mask, 0.7)
    for x, y in ((10.6, -46), (4.6, -48.5), (0.2, -53), (-3.2, -58)):
        cel.stroke([(x + 2, y - 4), (x + 0.6, y - 1), (x - 1.6, y + 1)], 0.34, edge_of(look.sheen), mask, 0.7)


def opened(cel: Cel, shape: Shape, look: Plumage, wing: Wing, far: bool) -> None:
    """An open wing about the shoulder (0, 0): fans from forearm and hand, a row or two over them, and the arm."""
    base = _colour.shade(look.wing, 0.05) if far else look.wing
    if wing.below:
        base = _colour.mix(base, look.breast, 0.16)
    sheen = _colour.mix(base, look.sheen, 0.35 if wing.below else 0.8 if far else 1.0)
    edge = edge_of(base)
    long = [_quill(wing.arm, q) for q in wing.inner] + [_quill(wing.hand, q) for q in wing.outer]
    cast = _MASS.cast if not far else 0.0  # nothing lies under the far one
    form = mass(cel, long, (base, other_of(base)), edge, _MASS.but(cast=cast), fine=not far)
    middle = _colour.mix(base, sheen, 0.5)
    for share, tones in ((0.50, (middle, base)), (0.28, (sheen, middle)))[far:]:  # of the far wing the blades are seen
        small = [_quill(wing.arm, q, share) for q in wing.inner] + [_quill(wing.hand, q, share) for q in wing.outer[1:]]
        row(cel, small, tones, edge, form)
    elbow, wrist, tip = wing.joints
    scale = shape.wing * shape.spread
    arm = tube([(0.0, 0.0), elbow, wrist, tip], [5.4 * scale, 3.5 * scale, 2.3 * scale, 0.4 * scale])
    mask = cel.part(
        arm,
        _colour.mix(sheen, middle, 0.4),
        CLOTH.but(turn=1.6, soft=0.7, cast=0.6 * cast, key=0.5, line=0.1, depth=0.10),
    )
    if not far:
        lit = [(-1.0, -1.6), (elbow[0], elbow[1] - 1.6), (wrist[0], wrist[1] - 0.8)]
        cel.stroke(lit, 0.6, look.sheen_pale, mask, 0.7)


_BLADE = (
    (0, -0.45), (0.30, -0.80), (0.62, -1.0), (0.86, -0.66), (1.0, 0.06), (0.90, 0.60), (0.62, 0.95), (0.28, 0.75),
    (0, 0.45),
)  # fmt: skip


def _quill(panel: Panel, quill: Quill, share: float = 1.0) -> Points:
    """A long feather of an open wing, or a small one over its root, of a share of its length."""
    a = np.radians(quill.degrees)
    along, across = np.array([np.cos(a), np.sin(a)]), np.array([-np.sin(a), np.cos(a)])
    length, width = quill.length * share, quill.width * (1.0 if share == 1 else 0.92)
    nodes = [panel.place(*(np.array(quill.at) + along * length * t + across * width * o)) for t, o in _BLADE]
    return spline([(float(x), float(y)) for x, y in nodes], samples=8)


def kerchief(cel: Cel, shape: Shape, colour: RGB) -> None:
    """A knotted kerchief round the neck, two ends in front."""
    x, y = shape.neck
    dark = _colour.shade(colour, 0.12)
    finish = CLOTH.but(turn=1.0, soft=0.5, cast=1.0, key=0.35)
    ends = (
        [
            (x + 9, y + 7),
            (x + 14, y + 9),
            (x + 17.5, y + 17),
            (x + 13.6, y + 21, 1),
            (x + 11.6, y + 17.6),
            (x + 8.4, y + 19.4, 1),
            (x + 7.4, y + 13),
        ],
        [
            (x + 9, y + 7),
            (x + 12, y + 11),
            (x + 9, y + 18),
            (x + 5.4, y + 22.6, 1),
            (x + 4.0, y + 18.4),
            (x + 0.6, y + 18, 1),
            (x + 4.8, y + 12),
        ],
    )
    for nodes in ends:
        mask = cel.part(spline(nodes), colour, finish)
        cel.stroke([(nodes[0][0], nodes[0][1] + 2), (nodes[2][0] - 2, nodes[2][1] - 1)], 0.5, dark, mask, 0.7)
    band = [
        (x - 17, y + 3), (x - 8, y + 6), (x + 4, y + 6.6), (x + 14, y + 2.4), (x + 15.4, y + 7), (x + 8, y + 11.4),
        (x - 3, y + 12.2), (x - 13, y + 9.6), (x - 18.4, y + 6.6),
    ]  # fmt: skip
    mask = cel.part(spline(band), colour, finish)
    for a, b in (((-10, 6), (-4, 10.6)), ((-2, 7), (3, 10.4)), ((6, 6.4), (5, 10))):
        cel.stroke(
            [(x + a[0], y + a[1]), (x + (a[0] + b[0]) / 2, y + (a[1] + b[1]) / 2 + 0.4), (x + b[0], y + b[1])],
            0.42,
            dark,
            mask,
            0.8,
        )
    cel.part(
        spline([(x + 6.4, y + 6.4), (x + 10, y + 5.6), (x + 12.4, y + 8.6), (x + 10, y + 11.6), (x + 6.6, y + 10.4)]),
        colour,
        finish,
    )
