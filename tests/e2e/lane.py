"""A series of three tiny episodes; ada is in the first two, bruno in the last two."""

from __future__ import annotations

from tests.conftest import Space

FILES = {
    "Studiofile": """\
studio: 1
title: Lane
fps: 12
size: 64x36
include: [cast.yaml]
episodes:
  ep01: episodes/01.yaml
  ep02: episodes/02.yaml
  ep03: episodes/03.yaml
each-episode:
  episode.mp4: {}
  thumb.png: {of: episode.mp4, at: 2f}
""",
    "cast.yaml": """\
shared: Who there is
characters: {ada: characters/ada.yaml, bruno: characters/bruno.yaml}
places:
  lane: {planes: [sky, cobbles], marks: {door: {x: -1, z: 7}}}
passes:
  wash: {rule: watercolor}
""",
    "characters/ada.yaml": "character: Ada\nheight: 1.5m\nheads: 3.3\nwears: [{coat: mantle, colour: teal}]\n",
    "characters/bruno.yaml": "character: Bruno\nheight: 1.7m\nheads: 4.4\nwears: [{coat: tails, colour: plum}]\n",
    "episodes/01.yaml": """\
episode: One
scenes:
  story:
    place: lane
    cast: [{who: ada, stand: door}]
    action: [{shot: full, on: ada}, {who: ada, do: nod, over: 4f}]
    length: 6f
""",
    "episodes/02.yaml": """\
episode: Two
scenes:
  story:
    place: lane
    cast: [{who: ada, stand: door}, {who: bruno, stand: right}]
    action: [{shot: full, on: ada}, {who: ada, do: nod, over: 4f}]
    length: 6f
""",
    "episodes/03.yaml": """\
episode: Three
scenes:
  story:
    place: {like: lane, time: night}
    cast: [{who: bruno, stand: door}]
    length: 4f
""",
}


def write_series(space: Space) -> Space:
    """Put the series into a project folder."""
    for name, text in FILES.items():
        space.write(name, text)
    return space
