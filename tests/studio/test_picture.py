"""Pictures of one's own: every kind of file is the right picture or a message that says why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio import picture
from studio.errors import ProjectError, StudioError
from studio.film import Scripts, film_of
from studio.project import open_project

RAMP = np.dstack([np.tile(np.linspace(0, 255, 24), (16, 1))] * 3).astype(np.uint8)


def saved(folder: Path, name: str, image: Image.Image, **how: Any) -> Path:
    image.save(folder / name, **how)
    return folder / name


def seen(path: Path) -> Any:
    found = picture.look(path.name, path, None)
    return picture.pixels(str(path), found.identity)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
def test_every_mode_shows_the_same_picture(tmp_path: Path, mode: str) -> None:
    image = Image.fromarray(RAMP)
    if mode == "I;16":
        path = saved(tmp_path, "a.png", Image.fromarray(RAMP[..., 0].astype(np.uint16) * 257))
    elif mode == "CMYK":
        path = saved(tmp_path, "a.jpg", image.convert("CMYK"), quality=98)
    else:
        path = saved(
            tmp_path, "a.png", image.convert("L").convert(mode) if mode in ("1", "LA") else image.convert(mode)
        )
    rgba = seen(path)
    assert rgba.shape == (16, 24, 4) and rgba.dtype == np.uint8 and (rgba[..., 3] == 255).all()
    columns = rgba[..., :3].astype(float).mean((0, 2))
    assert np.abs(columns - RAMP[0, :, 0]).max() < (140 if mode == "1" else 26), "dark on the left, light on the right"


def test_alpha_is_honoured_and_edges_are_known(tmp_path: Path) -> None:
    rgba = np.zeros((20, 20, 4), np.uint8)
    rgba[5:, 5:] = (200, 100, 50, 128)
    rgba[5:, 19] = (200, 100, 50, 255)
    path = saved(tmp_path, "a.png", Image.fromarray(rgba))
    assert seen(path)[10, 10].tolist() == [100, 50, 25, 128]
    assert picture.look("a.png", path, None).hard == (False, True, False)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.png", b"", "empty"),
        ("text.png", b"no picture at all", "holds no picture"),
        ("zero.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(4) + b"\0\0\0\n" + bytes(40), "0 pixels a side"),
        ("zero.bmp", b"BM" + bytes(12) + b"\x28\x00\x00\x00" + bytes(36), r"picture|pixels|damaged"),
    ],
)
def test_what_is_no_picture_says_so(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(StudioError, match=message):
        picture.look(name, tmp_path / name, None)


def test_a_picture_that_moves_is_too_large_or_is_cut_off_says_so(tmp_path: Path) -> None:
    image = Image.fromarray(RAMP)
    moving = saved(tmp_path, "a.gif", image, save_all=True, append_images=[image.rotate(180)])
    with pytest.raises(StudioError, match=r"moves \(2 frames"):
        picture.look("a.gif", moving, None)
    assert seen(saved(tmp_path, "still.gif", image)).shape == (16, 24, 4)
    with pytest.raises(StudioError, match="100000 x 1 pixels"):
        picture.look("b.png", saved(tmp_path, "b.png", Image.new("L", (100_000, 1))), None)
    data = saved(tmp_path, "c.png", Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 40, 3), np.uint8)))
    data.write_bytes(data.read_bytes()[:700])
    with pytest.raises(StudioError, match="damaged"):
        picture.look("c.png", data, None)


def test_a_file_that_was_changed_meanwhile_is_noticed(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.png", Image.fromarray(RAMP))
    identity = picture.look("a.png", path, None).identity
    saved(tmp_path, "a.png", Image.fromarray(255 - RAMP[:, :20]))
    with pytest.raises(StudioError, match="changed"):
        picture.pixels(str(path), identity)


def project(folder: Path, plane: str) -> Path:
    text = f"studio: 1\nsize: 320x180\nplaces:\n  home: {{planes: [{plane}]}}\n"
    text += "scenes:\n  a: {place: home, length: 2f}\n"
    (folder / "Studiofile").write_text(text)
    return folder / "Studiofile"


def planned(path: Path) -> Any:
    found = open_project(path)
    output = found.implicit("a.mp4")
    assert output is not None
    return [shot.rows for shot in film_of(Scripts(found), output).shots]


def test_a_camera_that_leaves_a_picture_is_told_by_how_much(tmp_path: Path) -> None:
    saved(tmp_path, "a.png", Image.fromarray(RAMP))
    with pytest.raises(ProjectError) as caught:
        planned(project(tmp_path, "{plate: a.png, z: 10, height: 4}"))
    # at z = 10 the picture shows 5 m by 8.89 m; 4 m by 6 m of it are there, and its top is at 4 of 3.95 m
    assert [p.what for p in caught.value.problems] == [
        "the camera sees 1.4 m past the left edge of a.png",
        "the camera sees 1.4 m past the right edge of a.png",
    ]
    assert all(p.place is not None and p.place.line == 4 for p in caught.value.problems)
    for more in ("z: 10, height: 4, edge: mirror", "z: 10, height: 8", "height: 40"):
        rows = planned(project(tmp_path, f"{{plate: a.png, {more}}}"))
        assert rows[0].recipes[0].rule == "plates/picture" and rows[0].recipes[0].asset.endswith("a.png")


def test_content_is_in_the_key_and_the_folder_is_not(tmp_path: Path) -> None:
    words = []
    for folder, rgb in (("x", RAMP), ("y", RAMP), ("z", 255 - RAMP)):
        (tmp_path / folder).mkdir()
        saved(tmp_path / folder, "a.png", Image.fromarray(rgb))
        words.append(planned(project(tmp_path / folder, "{plate: a.png, height: 40}"))[0].recipes[0].canonical)
    assert words[0] == words[1] != words[2]


def test_a_picture_that_cannot_be_used_is_a_problem_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"nothing")
    with pytest.raises(ProjectError) as caught:
        open_project(project(tmp_path, "a.png"))
    (problem,) = caught.value.problems
    assert problem.what == "a.png: the file holds no picture that can be read" and problem.place is not None
    with pytest.raises(ProjectError, match=r"no file b\.png"):
        open_project(project(tmp_path, "{plate: b.png}"))
