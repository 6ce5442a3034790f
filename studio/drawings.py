"""How a drawing of a line is made: minted by its rule, given maps, restyled by passes; and maps as bytes.

A line is a drawing and what is made of it, one after the other, each from the one before. Before a pass that
reads maps stands a node of its own that holds them: its bytes say of which colours they are, so that what
comes after depends on both, and a film whose passes read none has no maps.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from rules import _relief, caption, character, weather
from rules.kits import KITS
from rules.plates import PLATES
from rules.props import PROPS
from studio.hashing import WIDTH
from studio.keys import Node, style_seed
from studio.picture import pixels as pixels_of_picture
from studio.rule import MAPS, Drawing, Maps, hook
from studio.targets import CARDS

_ALONE: dict[str, Any] = {"caption": caption, "character": character, "weather": weather, **CARDS}
#: magic, digest of the colours, height, width, which maps (a bit each), direction of the light
_HEAD = struct.Struct(f"<4s{WIDTH}sIIIdd")
_MAGIC = b"MAP1"


def drawn_line(line: Sequence[Node]) -> Drawing:
    """A drawing made from nothing, through all its ancestors."""
    drawing = source = drawn(line[0], wanted(line))
    for node in line[1:]:
        drawing = grown(node, drawing, source)
    return drawing


def wanted(line: Sequence[Node]) -> tuple[str, ...]:
    """The maps that the nodes of a line hold."""
    named = {name for node in line for name in node.maps}
    return tuple(name for name in MAPS if name in named)


def drawn(node: Node, maps: tuple[str, ...] = ()) -> Drawing:
    """Mint a drawing by its rule, with maps."""
    recipe = node.recipe
    family, _, name = recipe.rule.partition("/")
    tables: dict[str, Any] = {"plates": PLATES, "props": PROPS, "kits": KITS}
    module: Any = tables[family][name] if name else _ALONE[family]
    variant = recipe.variant
    if recipe.asset:
        variant = {**variant, "pixels": pixels_of_picture(recipe.asset, variant["picture"])}
    drawing = module.draw(recipe.params, variant, recipe.canvas._replace(maps=maps), recipe.seed)
    return _relief.completed(drawing, maps, recipe.role)


def grown(node: Node, parent: Drawing, source: Drawing) -> Drawing:
    """The drawing of a node that has a parent. source: has the maps, of whatever colours."""
    if node.style is None:
        found = {name: getattr(source, name) for name in node.maps}
        return replace(Drawing(parent.rgba), light=source.light, **found)
    recipe, style = node.recipe, node.style
    assert node.parent is not None
    read = {name: getattr(parent, name) for name in node.parent.maps}
    canvas = recipe.canvas
    maps = Maps(recipe.role, node.lines, canvas.left, canvas.top, **read, light=parent.light, scale=canvas.scale)
    rgba = hook(style.module, "drawing")(parent.rgba, maps, style.params, style_seed(style, recipe))
    return Drawing(rgba)


# -- maps as bytes


def packed_maps(drawing: Drawing, maps: Sequence[str], colours: bytes) -> bytes:
    """Some maps of a drawing as the bytes that are stored and digested; colours: the digest of its colours."""
    found = {name: getattr(drawing, name) for name in MAPS if name in maps}
    bits = sum(1 << bit for bit, name in enumerate(MAPS) if found.get(name) is not None)
    planes = [np.asarray(plane, MAPS[name][0]).tobytes() for name, plane in found.items() if plane is not None]
    return b"".join([_HEAD.pack(_MAGIC, colours, *drawing.rgba.shape[:2], bits, *drawing.light), *planes])


def is_maps(data: bytes) -> bool:
    """Whether some bytes of the store are maps, and not colours."""
    return data[: len(_MAGIC)] == _MAGIC


def unpacked_maps(data: bytes) -> tuple[bytes, dict[str, Any]]:
    """(digest of the colours, maps and light by name)."""
    _, colours, height, width, bits, *light = _HEAD.unpack_from(data)
    found: dict[str, Any] = {"light": tuple(light)}
    at = _HEAD.size
    for bit, (name, (dtype, channels)) in enumerate(MAPS.items()):
        if bits >> bit & 1:
            plane = np.frombuffer(data, dtype, height * width * channels, at)
            found[name] = plane.reshape((height, width, channels) if channels > 1 else (height, width))
            at += plane.nbytes
    return colours, found
