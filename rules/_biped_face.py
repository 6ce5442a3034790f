"""The face of a biped, an overlay on its head: eyes, brows, nose, mouth, moustache, blush and freckles.

It knows where hair and hat lie and leaves them alone.
"""

from __future__ import annotations

from rules import (
    _biped_beards,
    _biped_brows,
    _biped_eyes,
    _biped_glasses,
    _biped_hair,
    _biped_hats,
    _biped_mood,
    _biped_mouth,
    _biped_nose,
    _biped_wrinkles,
    _outline,
)
from rules._biped_eyes import Gaze, Sight
from rules._biped_follow import fallen, swung
from rules._biped_look import Look, warm
from rules._biped_mood import MOODS
from rules._biped_skulls import Skull
from rules._bones import Figure
from rules._cel import Cel, Joined, Mask
from rules._outline import Points
from studio.rule import Variant

_FRECKLES = (  # degrees from the middle of the face, y
    (-44, -27.5), (-37, -24.5), (-31, -28.5), (-25, -25), (30, -28), (37, -25), (24, -25.5), (43, -28.5), (-4, -33),
)  # fmt: skip


def face(cel: Cel, params: Figure, look: Look, form: Skull, variant: Variant) -> None:
    """Paint the overlay about the head's pivot."""
    name = str(variant.get("mood", "neutral"))
    x, y = variant.get("gaze", (0, 0))
    gaze = Gaze(float(x), float(y), int(variant.get("lids", 0)))
    with cel.placed(form.place):
        ground = cel.mask(form.outline)
        with cel.placed(fallen(form.jaw)):
            under_beard = _union(cel, _biped_beards.covering(look, form.yaw))
        with cel.placed(swung(form.lag)):
            under_hair = _union(cel, _biped_hair.covering(look, form.yaw))
        under_hat = _union(cel, _biped_hats.covering(look, form.yaw))
    kind = _biped_eyes.aged(params.face.eyes, form.years)
    lashes = params.face.lashes if params.face.lashes is not None else not look.beard
    sight = Sight(cel, look, MOODS[name], gaze, ground, kind, form.years, lashes, params.face.rest)
    with cel.placed(form.bare):
        _cheeks(sight, params, form)
        eye_line, line = form.years.eye_line, _mouth_line(form, look.beard in _biped_beards.LOW_MOUTH)
        _biped_wrinkles.wrinkles(sight, form, form.years, (eye_line, line))
        if under_beard is not None:
            cel.keep(under_beard)
        _biped_eyes.eyes(sight, form, params.face.eyes)
        shape = _biped_mood.mouth_of(str(variant.get("mouth", "X")), name, params.face.rest)
        _biped_beards.lip(cel, look, form, line, ground)
        _biped_mouth.mouth(cel, look, form, shape, (line, sight.mood.skew), ground, full=params.face.lips == "full")
        if params.face.nose == "button":
            _biped_nose.button(cel, look, form, 0.5 * (eye_line + line) - 0.5, ground)
        else:
            _biped_nose.shaped(cel, look, form, params.face.nose, (eye_line, form.years.mouth_line), ground)
        _biped_beards.moustache(cel, look, form, 0.5 * sight.mood.corner, ground)
        if look.glasses.cut:
            _biped_glasses.glasses(cel, look, form)
        if under_hair is not None:
            cel.keep(under_hair)
        # brows are drawn through the fringe, or half of what a face says would be lost
        _biped_brows.brows(sight, form, params.face.brows, _brow_lift(sight, form))
    if under_hat is not None:
        cel.keep(under_hat)


def _union(cel: Cel, outlines: tuple[Points, ...]) -> Mask | None:
    return cel.mask(Joined(outlines)) if outlines else None


def _brow_lift(sight: Sight, form: Skull) -> float:
    if sight.kind.dot:
        return float(5.2 * form.years.eye_size**0.2 + 3.4)
    return (sight.kind.ry - 0.2) * form.years.eye_size * sight.mood.big + 4.2


def _mouth_line(form: Skull, low: bool) -> float:
    """y of the mouth's middle: below a large moustache, else higher in a longer face."""
    return -11.5 if low else form.years.mouth_line


def _cheeks(sight: Sight, params: Figure, form: Skull) -> None:
    """Blush, the fold of a smile, freckles."""
    cel, look, mood, ground = sight.cel, sight.look, sight.mood, sight.ground
    y = (-32 if params.face.eyes == "dot" else -25.5) - mood.cheek
    for angle, wide in ((-37, 10.5), (40, 8.0)):
        x, turn = form.across(angle)
        if turn > 0.05:
            spot = _outline.ellipse(x, y, wide * max(turn, 0.3) ** 0.7, 6.2, -6)
            cel.glaze(spot, look.blush, 0.50 * mood.blush, ground, soft=0.9)
    if mood.cheek > 1:
        x, turn = form.across(-30)
        sight.line([(x - 6, y + 1), (x, y + 4.6), (x + 6, y + 4)], 0.5, 0.12, 0.6)
    if params.face.freckles:
        for i, (angle, at) in enumerate(_FRECKLES):
            x, turn = form.across(angle)
            if turn > 0.15:
                r = (1.0, 0.75, 0.9)[i % 3]
                dot = _outline.ellipse(x, at - mood.cheek * 0.8, r * turn**0.5, r * 0.92, samples=14)
                cel.glaze(dot, warm(look.skin, 0.17), 0.75, ground)
