"""Brows of a biped, which say half of what a face says."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from rules import _outline
from rules._biped_eyes import HEADS, Line, Sight
from rules._biped_look import PIECE, dark
from rules._biped_skulls import Skull

_BUSH = PIECE.but(turn=0.35, soft=0.2, cast=0, line=0.08)
_BREADTH = {"soft": 1.0, "thin": 0.62, "flat": 1.25}


def brows(sight: Sight, form: Skull, kind: str, lift: float) -> None:
    """Both brows; kind is soft, heavy, thin or flat, lift how far above the eye line they sit."""
    heads, mood = form.years.heads, sight.mood
    scale = float(np.interp(heads, HEADS, (1.05, 1.0, 0.92, 0.75)))
    inner = mood.inner + {"heavy": 1.0, "flat": 0.7}.get(kind, 1.4)
    arch = {"thin": 3.4, "flat": 0.6}.get(kind, 2.2)
    wry = 1.6 if sight.rest == "wry" and sight.mood.odd == 0 else 0.0
    for angle, out in ((26, 1), (-25, -1)):
        if form.across(angle)[1] < 0.05:
            continue
        nodes: Line = []
        for t in (-0.95, -0.45, 0.1, 0.6, 1.05):
            x = form.across(angle + out * t * 17 * scale, 1.01)[0]
            rise = inner * (1 - t) / 2 + mood.outer * (1 + t) / 2 + (arch + mood.arch) * (1 - (t + 0.05) ** 2)
            if out > 0:  # a far brow that went as high as the near one would be lost in the hair
                rise = min(rise, 0.75 * rise + 0.8) + mood.odd + 0.3 + wry * (1 - 0.4 * t)
            else:
                rise += 0.5 * t - 0.5 * wry
            nodes.append((x, form.years.eye_line - lift - rise * scale))
        if kind != "heavy":
            thick = [w * scale * _BREADTH[kind] for w in (1.0, 1.55, 1.5, 1.1, 0.2)]
            sight.cel.glaze(sight.cel.brush(nodes, thick), dark(sight.look.hair, 0.06, 300))
        else:
            _bush(sight, nodes, scale, out)


def _bush(sight: Sight, nodes: Line, scale: float, out: int) -> None:
    """A bushy brow: a thick blade with hairs that break its edge."""
    cel, hair = sight.cel, sight.look.hair
    cel.part(_outline.tube(nodes, [w * scale for w in (2.0, 3.3, 3.2, 2.4, 0.5)]), hair, _BUSH)
    for (x0, y0, *_), (x1, y1, *_) in pairwise(nodes):
        hairs: Line = [(x0, y0 + 1.4), ((x0 + x1) / 2 + out, (y0 + y1) / 2 - 0.4), (x1 + out, y1 - 2.2)]
        cel.glaze(cel.brush(hairs, 0.45), dark(hair, 0.13), 0.8)
    x, y = nodes[-1][:2]
    for dy in (-0.6, 1.2):
        tip: Line = [(x - out * 3, y + dy * 0.4), (x + out * 2.2, y + dy + 0.6)]
        cel.glaze(cel.brush(tip, [1.1 * scale, 0.15]), hair)
