"""What a rule is: one module, one frozen `Params`, and pure functions over arrays.

A rule knows nothing of files, processes, the store or the film; it gets plain values and read-only
arrays and returns new arrays. There is no base class and nothing registers itself: the tables of
`rules/` are written by hand, and a module that satisfies one of these protocols is a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from studio.params import Params

U8 = NDArray[np.uint8]
U16 = NDArray[np.uint16]
F32 = NDArray[np.float32]
Variant = Mapping[str, Any]  #: which drawing of a target: plain values only, so that it can be hashed


LINE_PX = 3  #: pixels by which lines may reach beyond a declared box: thin ones keep a least width on screen


class Box(NamedTuple):
    """A rectangle in a drawing's own units: metres from its origin, x right, y up."""

    left: float
    bottom: float
    right: float
    top: float


class Canvas(NamedTuple):
    """The pixels that are to be minted: a window of whole pixels on the drawing's plane.

    Pixel (column i, row j) covers x in [left + i, left + i + 1) / scale and, since rows run down,
    y in (-(top + j + 1), -(top + j)] / scale, both in metres from the origin. A larger window or
    another one over the same ground must show the same art: patterns hang on the origin, not on
    the window. maps: which of `MAPS` are wanted beside the colours; the colours never depend on it.
    """

    left: int  # px from the origin to the window's left edge; negative is left of the origin
    top: int  # px from the origin down to the window's top edge; negative is above the origin
    width: int
    height: int
    scale: float  # px a metre
    maps: tuple[str, ...] = ()


#: what can be minted beside the colours of a drawing, for passes: its dtype, and its channels where it has several
MAPS: dict[str, tuple[type[np.uint8] | type[np.uint16], int]] = {
    "parts": (np.uint8, 1),
    "distance": (np.uint16, 1),
    "normals": (np.uint8, 2),
    "shadow": (np.uint8, 1),
    "flat": (np.uint8, 4),
}
DISTANCE_GRID = 64  #: steps of a px in `distance`


@dataclass(frozen=True)
class Drawing:
    """An RGBA picture minted once, and what a rule knows beside its colours. Passes read that; frames never do.

    rgba: uint8 (height, width, 4), premultiplied.
    parts: uint8 (height, width); 0 outside, else the number of the part that is seen there, higher numbers lying
    on top (a plate's begin again at 1 after 255).
    distance: uint16 (height, width); how far inside the whole of its part a pixel is, in px / `DISTANCE_GRID`:
    to that part's own edge, though another one may hide it.
    normals: uint8 (height, width, 2); x right and y down of the form's unit normal, 128 + 127 n; 128 is flat.
    shadow: uint8 (height, width); 255 where neither the form nor what casts a shadow on it lets light through.
    flat: uint8 (height, width, 4), premultiplied: fills and strokes without light, line, contour and grain.
    light: direction towards the light that shapes the forms, x right, y down; (0, 0) if there is none.
    Whatever is None is worked out from colours and parts if a pass wants it (`rules._relief.completed`), but for
    `flat`, which is None where the rule knows its paint only under light.
    """

    rgba: U8
    parts: U8 | None = None
    distance: U16 | None = None
    normals: U8 | None = None
    shadow: U8 | None = None
    flat: U8 | None = None
    light: tuple[float, float] = (0.0, 0.0)


class Layer(NamedTuple):
    """One drawing of a prop, and how it is laid into the picture.

    blend: `over`, or `emit` for light that is added. level: `always`, or `lit` when its opacity
    follows the prop's light. ground: whether it lies on the floor (its units are then those of a
    ground plate) or stands at the prop's depth. nearer: metres by which it stands before the prop.
    """

    name: str
    blend: str = "over"
    level: str = "always"
    ground: bool = False
    nearer: float = 0.0


class DrawingRule(Protocol):
    """Mints drawings: plates, props, figures, cards."""

    @property
    def Params(self) -> type[Params]: ...

    def box(self, params: Any, variant: Variant) -> Box:
        """Where the drawing can have paint, known before it is minted."""

    def draw(self, params: Any, variant: Variant, canvas: Canvas, seed: int) -> Drawing:
        """The drawing, as large as the canvas."""


@dataclass(frozen=True)
class Maps:
    """What a pass may read of a drawing besides its colours.

    role: `figure`, `face`, `plate`, `prop`, `card` or `emit`.
    lines: height in lines of the picture that the drawing is minted for; pixel constants scale with it.
    left, top: px from the drawing's origin to the array's first pixel; noise hangs on the origin.
    scale: px a metre (a ground's unit is its own), 0 if nobody says; for what grows as its object comes nearer.
    parts, distance, normals, shadow, flat, light: as in `Drawing`; there if the pass says in `NEEDS` that it reads
    maps, and those that it names.
    """

    role: str
    lines: int
    left: int = 0
    top: int = 0
    parts: U8 | None = None
    distance: U16 | None = None
    normals: U8 | None = None
    shadow: U8 | None = None
    flat: U8 | None = None
    light: tuple[float, float] = (0.0, 0.0)
    scale: float = 0.0


class Ride(NamedTuple):
    """How the plane that fills most of a shot has moved in the picture since the shot began: what was seen of it at
    column x and row y is now at scale * x + right and scale * y + down."""

    scale: float = 1.0
    right: float = 0.0  # px
    down: float = 0.0


STILL = Ride()  #: of footage, and wherever the camera has not moved


@dataclass(frozen=True)
class Context:
    """What a frame hook may know besides the pixels.

    width, height: of the picture. seed: of the pass. tick: of the clock that the rule declares,
    counted from the scene's start; 0 without a clock. drawn: whether the drawing hook has already
    restyled what is seen (scenes), or the frame hook must do the whole style (footage). ride: where
    paper or a screen that goes with the camera lies, if the rule says `RIDES = True`.
    """

    width: int
    height: int
    seed: int
    tick: int
    drawn: bool
    ride: Ride = STILL


class StyleRule(Protocol):
    """A pass: restyles drawings once, works on each finished frame, or both."""

    CLOCK: ClassVar[str]  # "none", "boil" (12 a second) or "film" (the pass's own cadence)

    @property
    def Params(self) -> type[Params]: ...

    # `drawing(rgba, maps, params, seed) -> rgba` and `frame(rgb, params, context) -> rgb`;
    # a style has at least one of them, and `hook` finds what it has. `NEEDS`, if there, names the
    # maps that `drawing` reads: a tuple of names in `MAPS`; `RIDES = True` asks for `Context.ride`.


def hook(style: object, name: str) -> Any:
    """The hook `drawing` or `frame` of a style, or None."""
    return getattr(style, name, None)


def needs(style: object) -> tuple[str, ...]:
    """The maps that a style's drawing hook reads, in the order of `MAPS`."""
    named = getattr(style, "NEEDS", ())
    return tuple(name for name in MAPS if name in named)
