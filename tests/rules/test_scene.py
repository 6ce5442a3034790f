"""Composing: what is skipped because it is hidden or empty changes no pixel, nor does what is remembered."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import _cuts, _grade, _ground_focus, _laying, _tiles, scene
from rules.scene import Placed, Sheet, Table, sheet_of

WIDTH, HEIGHT = 640, 448
rng = np.random.default_rng(0)


def drawing(kind: str) -> np.ndarray:
    """Premultiplied RGBA: an opaque plate, one with a hole, a small figure, a light."""
    if kind == "figure":
        rgba = np.zeros((90, 60, 4), np.uint8)
        rgba[10:80, 10:50] = (120, 60, 30, 255)
        rgba[8:10, 10:50] = (60, 30, 15, 128)
        return rgba
    rgba = rng.integers(0, 256, (700, 900, 4), dtype=np.uint8)
    rgba[..., 3] = 255
    if kind == "arch":
        rgba[100:500, 200:700] = 0
        rgba[98:100, 200:700] //= 2
    if kind == "light":
        rgba[..., :3] //= 8
        rgba[..., 3] = 0
        rgba[:, 500:] = 0
    return rgba


SHEETS = {k.encode(): sheet_of(drawing(k)) for k in ("plate", "arch", "figure", "light")}


def get(name: bytes, halvings: int, sigma: int) -> Sheet:
    sheet = SHEETS[name]
    for _ in range(halvings):
        sheet = scene.halved(sheet)
    return scene.blurred(sheet, sigma)


def placed(name: str, x: float, y: float, size: float = 1.0, opacity: int = 255, lean: float = 0.0) -> Placed:
    fields = (0, int(size * 2**20), 0, int(x * 256), 0, int(size * 2**20), int(y * 256), int(lean * 2**30), opacity)
    return Placed(name.encode(), (*fields, int(name == "light"), 0, 0))


def plainly(row: list[Placed]) -> np.ndarray:
    """Everything warped over the whole picture, nothing skipped."""
    canvas = np.full((HEIGHT, WIDTH, 4), (0, 0, 0, 255), np.uint8)
    table = Table(WIDTH, HEIGHT, get)
    for entry in row:
        layer = table._ready(entry)
        if layer is not None:
            _laying.lay(canvas, layer.source(), layer.touched(WIDTH), is_full=False)
    return canvas[..., :3]


rows = st.lists(
    st.builds(
        placed,
        st.sampled_from(["plate", "arch", "figure", "light"]),
        st.floats(-500, 600),
        st.floats(-400, 400),
        st.floats(0.4, 1.9),
        st.sampled_from([255, 255, 255, 128, 1]),
        st.sampled_from([0.0, 0.0, 2e-4]),
    ),
    max_size=7,
)


@given(rows)
@settings(max_examples=80, deadline=None)
def test_skipping_changes_no_pixel(row: list[Placed]) -> None:
    # a tile warped alone may round its coordinates to another 1/32 px, which in noise is up to 8 levels
    # a layer; a tile left out would differ by some 250
    assert worst(row) <= 8 * max(1, len(row))


def worst(row: list[Placed]) -> int:
    """The largest difference; the pictures go when it returns: a failing case must not hold them all."""
    whole, skipped = plainly(row).astype(int), Table(WIDTH, HEIGHT, get).compose(row).astype(int)
    return int(np.abs(whole - skipped).max())


@given(st.lists(rows, min_size=1, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_what_is_remembered_changes_nothing(frames: list[list[Placed]], chance: object) -> None:
    """Rows that share their lower drawings, in any order: each the same as from a new table."""
    base = frames[0]
    sequence = [base, *(base[: len(base) // 2] + f for f in frames), base, base]
    table = Table(WIDTH, HEIGHT, get)
    for row in sequence:
        assert np.array_equal(table.compose(row), Table(WIDTH, HEIGHT, get).compose(row))


def test_nothing_is_left_of_the_frame_before() -> None:
    """Rows of tiles that opaque paint fills are not cleared: what is remembered of them must not show elsewhere."""
    table = Table(WIDTH, HEIGHT, get)
    figure, plate, gone = placed("figure", 20, 20), placed("plate", -100, -100), placed("plate", -760, -100)
    for row in ([plate, plate], [figure, plate], [figure, plate, figure], [figure, plate, figure], [figure, gone]):
        assert np.array_equal(table.compose(row), Table(WIDTH, HEIGHT, get).compose(row))
    assert not table.compose([figure, gone])[300:, 300:].any()


def soft(is_light: bool, size: tuple[int, int] = (301, 403)) -> np.ndarray:
    """A round shadow or light without an edge, of odd sizes."""
    y, x = np.mgrid[0 : size[0], 0 : size[1]]
    alpha = 200 * np.exp(-((x / size[1] - 0.5) ** 2 + (y / size[0] - 0.5) ** 2) * 24)
    rgba = np.rint(alpha[..., None] * [0.9, 0.5, 0.2, 0 if is_light else 1]).astype(np.uint8)
    return np.ascontiguousarray(rgba)


@pytest.mark.parametrize("is_light", [False, True])
@pytest.mark.parametrize(("size", "sigma"), [(1.0, 0), (0.93, 0), (0.41, 0), (1.3, 3), (0.2, 1)])
def test_soft_drawings_are_kept_small_and_show_the_same(is_light: bool, size: float, sigma: int) -> None:
    """Halved and blurred ones too."""
    sheets = [scene.sheet_of(soft(is_light)), scene.soft_sheet_of(soft(is_light))]
    assert sheets[1].factor >= 4 and sheets[1].nbytes * 12 < sheets[0].nbytes
    ground = placed("plate", -100, -100)
    kind = "light" if is_light else "arch"
    row = [ground, Placed(b"soft", (*placed(kind, 60.3, 41.7, size).fields[:10], round(sigma * size), 0))]
    shown = []
    for sheet in sheets:

        def find(name: bytes, halvings: int, sigma: int, sheet: Sheet = sheet) -> Sheet:
            return get(name, halvings, sigma) if name != b"soft" else scene.blurred(_halved(sheet, halvings), sigma)

        shown.append(Table(WIDTH, HEIGHT, find).compose(row).astype(int))
    assert np.abs(shown[0] - Table(WIDTH, HEIGHT, get).compose([ground]).astype(int)).max() >= 1
    assert np.abs(shown[0] - shown[1]).max() <= 8


@pytest.mark.parametrize("halvings", [0, 1])
def test_a_soft_ground_is_blurred_where_a_whole_one_is(halvings: int) -> None:
    """A blur by rows used to count the rows of a sheet that was kept small, and to show it small."""
    (code,) = _ground_focus.codes(np.array([0.05]), np.array([150.0])).tolist()
    code = _ground_focus.halved(code, halvings)
    rgba = soft(False)
    whole = scene.blurred(_halved(scene.sheet_of(rgba), halvings), code)
    small = scene.blurred(_halved(scene.soft_sheet_of(rgba), halvings), code)
    pixels = [scene._whole(sheet)[: 301 >> halvings, : 403 >> halvings].astype(int) for sheet in (whole, small)]
    assert np.abs(pixels[0] - pixels[1]).max() <= 8


def test_what_has_detail_is_not_kept_small() -> None:
    assert all(scene.soft_sheet_of(drawing(kind)).factor == 1 for kind in ("plate", "arch", "figure"))


@given(st.integers(0, 2**32 - 1), st.floats(0.5, 1.9), st.floats(-50, 300), st.floats(-50, 300))
@settings(max_examples=40, deadline=None)
def test_bands_hold_all_of_a_drawing(seed: int, size: float, x: float, y: float) -> None:
    """A small drawing is laid down in a few rectangles: as much shows as if it were warped whole."""
    spots = np.random.default_rng(seed).integers(0, 150, (6, 2))
    rgba = np.zeros((160, 160, 4), np.uint8)
    for row, column in spots.tolist():
        rgba[row : row + 10, column : column + 10] = 255
    sheet = sheet_of(rgba)
    entry = placed("figure", x, y, size)
    table = Table(WIDTH, HEIGHT, lambda name, halvings, sigma: sheet)
    layer, canvas = table._ready(entry), np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    if layer is not None:
        _laying.lay(canvas, layer.source(), layer.touched(WIDTH), is_full=False)
    assert np.abs(canvas[..., :3].astype(int) - table.compose([entry]).astype(int)).max() <= 8


def test_something_is_skipped() -> None:
    """What an opaque plate hides is not warped at all, nor where a drawing is empty."""
    table = Table(WIDTH, HEIGHT, get)
    layers = [table._ready(p) for p in (placed("arch", 0, 0), placed("plate", -50, -50), placed("arch", -20, -20))]
    (below, plate, arch), _ = table._visible([layer for layer in layers if layer is not None])
    area = [sum((x1 - x0) * (y1 - y0) for (x0, y0, x1, y1), _ in rects) for rects in (below, plate, arch)]
    assert area[0] == 0 and 0 < area[1] < WIDTH * HEIGHT and 0 < area[2] < WIDTH * HEIGHT


@pytest.mark.parametrize("mask", ["none", "all", "random"])
def test_rectangles_cover_the_mask_once(mask: str) -> None:
    """What is full is in full ones or in mixed ones; gaps may be in mixed ones too, but nothing is in two."""
    some = {"none": np.zeros((14, 20), bool), "all": np.ones((14, 20), bool), "random": rng.random((14, 20)) < 0.4}[
        mask
    ]
    full = some & (rng.random((14, 20)) < 0.7)
    full[2:5] = some[2:5] = True
    counted = np.zeros((2, HEIGHT, WIDTH), int)
    for kind, tiles in enumerate(_tiles.rectangles(some, full)):
        for x0, y0, x1, y1 in _tiles.pixels(tiles, WIDTH, HEIGHT):
            counted[kind, y0:y1, x0:x1] += 1
    large = np.kron(some, np.ones((32, 32), int)) == 1
    assert counted.sum(0).max() <= 1 and (counted.sum(0)[large] == 1).all()
    assert not counted[0][~(np.kron(full, np.ones((32, 32), int)) == 1)].any()
    assert counted[0, 64:160].all()


def test_shrinking_goes_by_halves_without_a_shift() -> None:
    """A drawing minted three times too large lands where one of the right size does."""
    large, small = np.zeros((300, 300, 4), np.uint8), np.zeros((100, 100, 4), np.uint8)
    large[90:180, 120:210], small[30:60, 40:70] = 255, 255
    out = []
    for rgba, size, half in ((large, 1 / 3, 1 / 3), (small, 1.0, 0.0)):
        table = Table(WIDTH, HEIGHT, lambda n, h, s, rgba=rgba: _halved(sheet_of(rgba), h))
        shift = 50 + (0.5 * size - 0.5 if half else 0.0)
        out.append(table.compose([placed("figure", shift, shift, size)]).astype(float))
    moments = [
        [
            (o[..., 0] * np.arange(n).reshape(s)).sum() / o[..., 0].sum()
            for n, s in ((WIDTH, (1, -1)), (HEIGHT, (-1, 1)))
        ]
        for o in out
    ]
    assert np.allclose(moments[0], moments[1], atol=0.03)


def _halved(sheet: Sheet, times: int) -> Sheet:
    for _ in range(times):
        sheet = scene.halved(sheet)
    return sheet


def test_fades_mixes_and_irises() -> None:
    rgb = rng.integers(0, 256, (40, 60, 3), dtype=np.uint8)
    assert np.array_equal(_cuts.faded(rgb, 255), rgb) and not _cuts.faded(rgb, 0).any()
    assert np.array_equal(_cuts.mixed(rgb, 255 - rgb, 0.0), rgb) and np.array_equal(
        _cuts.mixed(rgb, 255 - rgb, 1.0), 255 - rgb
    )
    closed = _cuts.irised(rgb, (30, 20), 6)
    assert not closed[0].any() and np.array_equal(closed[20, 30], rgb[20, 30])
    graded = _grade.graded(rgb, (8, 8))
    assert graded.shape == rgb.shape and graded[0, 0].sum() <= rgb[0, 0].sum() + 30
