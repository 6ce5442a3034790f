"""Locks and cuts: what a biped's hair is made of, and outlines that were authored from three sides."""

from __future__ import annotations

from dataclasses import dataclass

from rules import _outline
from rules._outline import Nodes

Views = dict[int, Nodes]
Line = list[tuple[float, ...]]


@dataclass(frozen=True)
class Lock:
    """A blade of hair. widths: half-widths along its spine; tone: how much darker than the hair it is."""

    spine: Views
    widths: tuple[float, ...]
    tone: float = 0.0
    gloss: float = 0.0  #: half-width of the light on it, 0 for none


@dataclass(frozen=True)
class Cut:
    """A way to wear the hair.

    back: the mass behind head and neck, darker by `shade`. crown: the cap on the skull; combed: its strands,
    as nodes of the crown to which they run from `whorl`, and how far each bends outwards. behind, locks: blades
    behind the skull and before it; over: which of these cover the face (-1 the last one alone). curly: outlines
    are scalloped by so many h. top: what stands up so high that no hat fits over it. ear: whether it shows.
    """

    back: Views | None = None
    shade: float = 0.075
    crown: Views | None = None
    whorl: Views | None = None
    combed: tuple[tuple[int, float], ...] = ()
    behind: tuple[Lock, ...] = ()
    locks: tuple[Lock, ...] = ()
    over: int | None = None
    curly: float = 0.0
    top: Views | None = None
    ear: bool = False


def view(views: Views, yaw: int) -> Line:
    """The nodes of an outline at a yaw between the authored ones."""
    yaw = yaw if yaw <= 90 else 180 - yaw  # an edge is the same from both sides
    if yaw <= 45:
        return _outline.between(views[0], views[45], yaw / 45)
    return _outline.between(views[45], views[90], (yaw - 45) / 45)


def toward(a: tuple[float, ...], b: tuple[float, ...], t: float) -> tuple[float, float]:
    """The place at t between two nodes."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
