"""What a worker keeps of drawings while it renders."""

from __future__ import annotations

import numpy as np
import pytest

from studio import easel


def test_drawings_that_are_kept_stay_within_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(easel, "BUDGET", 400_000)
    drawings = {bytes([n]) * 16: _speckled(n) for n in range(12)}
    loads: list[bytes] = []

    def load(token: bytes) -> easel.U8:
        loads.append(token)
        return drawings[token].copy()

    sheets = easel.Sheets(load)
    for _ in range(2):
        for token in drawings:
            for halvings, sigma in ((0, 0), (1, 0), (0, 2)):
                sheets.get(token, halvings, sigma)
                held = sum(sheet.nbytes for sheet in sheets._kept.values())
                assert held == sheets._bytes <= 400_000
    assert len(loads) > len(drawings), "what left was loaded again"
    np.testing.assert_array_equal(sheets.get(next(iter(drawings)), 0, 0).rgba, next(iter(drawings.values())))


def test_one_drawing_larger_than_the_budget_is_kept_while_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(easel, "BUDGET", 1000)
    sheets = easel.Sheets(lambda token: _speckled(token[0]))
    first = sheets.get(b"a" * 16, 0, 0)
    assert sheets.get(b"a" * 16, 0, 0) is first
    sheets.get(b"b" * 16, 0, 0)
    assert sheets.get(b"a" * 16, 0, 0) is not first


def _speckled(seed: int) -> easel.U8:
    """An opaque drawing of 100x200 with detail in every pixel, so that nothing of it can be kept smaller."""
    rgba = np.random.default_rng(seed).integers(0, 256, (100, 200, 4)).astype(np.uint8)
    rgba[..., 3] = 255
    return rgba
