"""A series: episodes share names, and their outputs stand in folders of their own."""

from __future__ import annotations

import json

import pytest

from studio.workspace import Workspace
from tests.conftest import Space
from tests.e2e.lane import FILES, write_series

OVERRIDE = "characters:\n  ada: {like: ada, wears: [{coat: mantle, colour: wine}]}\n"


@pytest.fixture
def series(space: Space) -> Space:
    return write_series(space)


def states(space: Space, *names: str) -> dict[str, str]:
    return {o["name"]: o["state"] for o in space.foretell(*names)["outputs"]}


# -- names


def test_every_episode_has_its_outputs(series: Space) -> None:
    films = [f"ep0{n}/{name}" for n in (1, 2, 3) for name in ("episode.mp4", "thumb.png")]
    assert list(states(series)) == films
    report = series.build()
    assert {o["name"]: o["state"] for o in report["outputs"]} == dict.fromkeys(films, "built")
    assert all((series.folder / "out" / film).is_file() for film in films)
    assert set(states(series).values()) == {"fresh"}


def test_every_command_takes_the_names_of_episodes(series: Space) -> None:
    assert [o["name"] for o in series.build("ep02/episode.mp4")["outputs"]] == ["ep02/episode.mp4"]
    assert not (series.folder / "out/ep01").exists()
    series.ok("frame", "ep01/episode.mp4@2f", "-o", "frame.png")
    series.ok("sheet", "ep01/episode.mp4", "--frames", "2", "-o", "sheet.png")
    assert series.ok("why", "ep02/episode.mp4@1f", "--json").json["state"] == "fresh"
    series.edit("length: 6f", "length: 5f", "episodes/02.yaml")
    why = series.ok("why", "ep02/episode.mp4").out
    assert "ep02/episode.mp4 is stale" in why and "episodes/02.yaml:7:13: length: 6f -> 5f" in why
    assert list(states(series, "ep03")) == ["ep03/episode.mp4", "ep03/thumb.png"], "an episode is all that it makes"
    assert list(states(series, "ep01/story.mp4")) == ["ep01/story.mp4"]
    assert series.ok("why", "ep01/story.mp4").out.startswith("ep01/story.mp4 is missing")
    assert "ep01/episode@1f..3f.mp4" in states(series, "ep01/episode.mp4@1f..3f")
    unclear = series.run("sheet", "ep01", "-o", "sheet.png")
    assert unclear.code == 1 and "name one: ep01/episode.mp4, ep01/thumb.png" in unclear.err
    unknown = series.run("build", "ep04/episode.mp4")
    assert unknown.code == 1 and "ep03/episode.mp4" in unknown.err
    assert json.loads(series.ok("check", "--json").out)["problems"] == []
    assert "scene ep03/story" in series.ok("graph").out


def test_an_override_is_of_its_episode_alone(series: Space) -> None:
    series.build()
    before = series.read("out/ep01/episode.mp4"), series.read("out/ep02/episode.mp4")
    series.write("episodes/02.yaml", FILES["episodes/02.yaml"].replace("scenes:", OVERRIDE + "scenes:"))
    assert {name for name, state in states(series).items() if state != "fresh"} == {
        "ep02/episode.mp4",
        "ep02/thumb.png",
    }
    series.build()
    assert series.read("out/ep01/episode.mp4") == before[0]
    assert series.read("out/ep02/episode.mp4") != before[1]
    needs = json.loads(series.ok("graph", "--format", "json").out)["needs"]
    assert ["scene ep02/story", "character ep02/ada"] in needs and ["scene ep01/story", "character ada"] in needs
    assert ["scene ep02/story", "character ada"] not in needs


def test_an_include_reads_as_if_written_here(series: Space) -> None:
    series.build()
    written = FILES["Studiofile"].replace(
        "include: [cast.yaml]\n", FILES["cast.yaml"].removeprefix("shared: Who there is\n")
    )
    series.write("Studiofile", written)
    assert set(states(series).values()) == {"fresh"}
    series.write("more.yaml", "shared: More\ninclude: cast.yaml\n")
    series.write("Studiofile", FILES["Studiofile"].replace("[cast.yaml]", "more.yaml"))
    assert set(states(series).values()) == {"fresh"}


def test_an_episode_may_stand_in_the_studiofile_and_have_outputs_of_its_own(series: Space) -> None:
    inline = "  ep04:\n    scenes: {story: {place: lane, length: 3f}}\n    outputs:\n"
    inline += "      episode.mp4: {of: episode.mp4, size: 32x18}\n      frames/: {of: episode.mp4}\n"
    series.edit("each-episode:", inline + "each-episode:")
    report = series.build("ep04")
    assert {o["name"] for o in report["outputs"]} == {"ep04/episode.mp4", "ep04/thumb.png", "ep04/frames/"}
    assert (series.folder / "out/ep04/frames/000001.png").is_file()


MISTAKES = {
    "a name in two files": (
        {"Studiofile": ("each-episode:", "characters: {ada: {height: 2m}}\neach-episode:")},
        ["Studiofile:10:14", "two characters `ada`", "cast.yaml:2:14", "`like: ada`"],
    ),
    "an episode's name that shadows": (
        {"episodes/02.yaml": ("scenes:", OVERRIDE.replace("like: ada, ", "") + "scenes:")},
        ["episodes/02.yaml:3:3", "two characters `ada`", "characters/ada.yaml", "`like: ada`"],
    ),
    "an output that every episode has": (
        {"episodes/02.yaml": ("scenes:", "outputs: {episode.mp4: {quality: 30}}\nscenes:")},
        ["episodes/02.yaml:2:11", "two outputs `episode.mp4`", "`of: episode.mp4`"],
    ),
    "an include twice": (
        {"Studiofile": ("[cast.yaml]", "[cast.yaml, cast.yaml]")},
        ["Studiofile:5:22", "included twice", "Studiofile:5:11"],
    ),
    "an include that goes round": (
        {"cast.yaml": ("characters:", "include: [cast.yaml]\ncharacters:")},
        ["cast.yaml:2:11", "included twice"],
    ),
    "an include that is none": (
        {"Studiofile": ("[cast.yaml]", "[characters/ada.yaml]")},
        ["characters/ada.yaml:1:1", "opens with `shared:`"],
    ),
    "an include that is not there": ({"Studiofile": ("[cast.yaml]", "[cats.yaml]")}, ["did you mean `cast.yaml`?"]),
    "an include that is no name": ({"Studiofile": ("[cast.yaml]", "[5]")}, ["Studiofile:5:11", "names of files"]),
    "a key in two files": ({"cast.yaml": ("characters:", "fps: 25\ncharacters:")}, ["`fps` stands in two files"]),
    "a key of an included file": ({"cast.yaml": ("places:", "plases:")}, ["cast.yaml:3:1", "did you mean `places`?"]),
    "a key of an episode": (
        {"episodes/01.yaml": ("scenes:", "scnes:"), "episodes/03.yaml": ("episode: Three", "episode: Three\nfsp: 12")},
        ["episodes/01.yaml:2:1", "did you mean `scenes`?", "episodes/03.yaml:2:1", "unknown key `fsp`"],
    ),
    "a name that no episode sees": (
        {"episodes/01.yaml": ("who: ada, stand", "who: adda, stand"), "episodes/02.yaml": ("{who: bruno", "{who: bru")},
        ["episodes/01.yaml:5:18", "did you mean `ada`?", "episodes/02.yaml:5:43", "did you mean `bruno`?"],
    ),
    "a scene that an episode lacks": (
        {"Studiofile": ("{}", "{scene: story}"), "episodes/03.yaml": ("story:", "tale:")},
        ["Studiofile:11:24", "the episode `ep03` has no scene `story`"],
    ),
    "an episode without an order": (
        {"episodes/03.yaml": ("scenes:", "scenes:\n  end: {place: lane}")},
        ["episodes/03.yaml:1:1", "needs `cut:`"],
    ),
    "an output in the folder of an episode": (
        {"Studiofile": ("each-episode:", "outputs: {ep01/all.mp4: {}}\neach-episode:")},
        ["Studiofile:10:25", "folder of the episode `ep01`"],
    ),
    "a file that cannot be read beside one that is wrong": (
        {"episodes/01.yaml": ("scenes:", "scenes: ["), "episodes/02.yaml": ("episode: Two", "film: Two")},
        ["episodes/01.yaml", "this is no YAML", "episodes/02.yaml:1:1", "opens with `episode:`"],
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_told_with_their_places(series: Space, name: str) -> None:
    edits, said = MISTAKES[name]
    for file, (old, new) in edits.items():
        series.edit(old, new, file)
    result = series.run("check")
    assert result.code == 1 and "Traceback" not in result.err
    for text in said:
        assert text in result.err, result.err


# -- seeds


def test_a_character_is_the_same_drawing_in_every_episode(series: Space) -> None:
    """Also one whose episode has cards, other scenes and an order of its own."""
    series.edit("scenes:", "cut: [title, {card: Meanwhile}, story]\nscenes:", "episodes/01.yaml")
    series.edit("scenes:", "cut: [{card: Meanwhile}, story]\nscenes:", "episodes/02.yaml")
    series.edit("episode.mp4: {}", "episode.mp4: {passes: [wash]}")
    first = drawings(series, "ep01/episode.mp4")
    second = drawings(series, "ep02/episode.mp4")
    shared = {name for name in first & second if name.startswith("ada/")}
    assert len(shared) >= 3 and any(name.startswith("card Meanwhile") for name in first & second)
    series.build("ep01/episode.mp4")
    foretold = series.foretell("ep02/episode.mp4")["drawings"]
    assert foretold["stale"] == len(second - first), "what the first episode has minted is not minted again"
    assert series.build("ep02/episode.mp4")["drawings"]["minted"] == len(second - first)


def drawings(space: Space, name: str) -> set[str]:
    """What an output shows of which nothing is made, told by everything but seeds and keys."""
    workspace = Workspace(str(space.folder))
    plan = workspace.session([name]).plan()
    return {
        f"{n.recipe.target} {n.recipe.variant} {n.recipe.canvas} {n.maps} {n.style and n.style.rule}"
        for n in plan.mint_nodes()
    }


def test_a_copy_is_seeded_as_what_it_copies(series: Space) -> None:
    own = OVERRIDE.replace("\n  ada", "\n  twin: {like: ada}\n  other: {like: ada, seed: 7}\n  ada")
    series.write("episodes/02.yaml", FILES["episodes/02.yaml"].replace("scenes:", own + "scenes:"))
    scopes = Workspace(str(series.folder)).project.scopes
    seeds = {name: figure.seed for name, figure in scopes["ep02"].figures.items()}
    assert seeds["ada"] == seeds["twin"] == scopes[""].figures["ada"].seed == scopes["ep01"].figures["ada"].seed
    assert seeds["other"] == 7 and seeds["bruno"] != seeds["ada"]


def test_a_copied_place_is_the_same_place_at_another_hour(series: Space) -> None:
    """A place written in a scene as `like` another was seeded by the scene's name: other houses at night."""
    project = Workspace(str(series.folder)).project
    by_day, by_night = (project.scopes[name].scenes["story"].stage for name in ("ep01", "ep03"))
    assert by_day and by_night and by_night.time == "night"
    assert [p.seed for p in by_day.planes] == [p.seed for p in by_night.planes]
    series.edit("time: night}", "time: night, seed: 4}", "episodes/03.yaml")
    other = Workspace(str(series.folder)).project.scopes["ep03"].scenes["story"].stage
    assert other and {p.seed for p in other.planes}.isdisjoint(p.seed for p in by_day.planes)


# -- why


@pytest.mark.parametrize(
    ("file", "old", "new", "told", "owner"),
    [
        (
            "episodes/02.yaml",
            "over: 4f",
            "over: 5f",
            "episodes/02.yaml:6:63: action.1.over: 4f -> 5f",
            "scene ep02/story",
        ),
        ("characters/ada.yaml", "1.5m", "1.4m", "characters/ada.yaml:2:9: height: 1.5 -> 1.4", "character ada"),
        ("cast.yaml", "x: -1", "x: -2", "cast.yaml:4:52: marks.door.x: -1.0 -> -2.0", "place lane"),
        (
            "Studiofile",
            "episode.mp4: {}",
            "episode.mp4: {quality: 30}",
            "Studiofile:11:26: each-episode.episode.mp4.quality: 20 -> 30",
            "output ep02/episode.mp4",
        ),
    ],
)
def test_why_names_the_value_wherever_an_episode_has_it_from(
    series: Space, file: str, old: str, new: str, told: str, owner: str
) -> None:
    series.build("ep02/episode.mp4", "ep03/episode.mp4")
    series.edit(old, new, file)
    (change,) = series.ok("why", "ep02/episode.mp4", "--json").json["changes"]
    assert change["text"] == told
    assert change["chain"][0] == "output ep02/episode.mp4" and change["chain"][-1] == owner
    elsewhere = series.ok("why", "ep03/episode.mp4", "--json").json["changes"]
    assert [c["text"] for c in elsewhere] == ([told] if file in ("cast.yaml", "Studiofile") else [])


def test_why_tells_an_episodes_own_character_from_the_one_it_is_like(series: Space) -> None:
    series.write("episodes/02.yaml", FILES["episodes/02.yaml"].replace("scenes:", OVERRIDE + "scenes:"))
    series.build()
    series.edit("colour: wine", "colour: moss", "episodes/02.yaml")
    (change,) = series.ok("why", "ep02/episode.mp4", "--json").json["changes"]
    assert (change["target"], change["path"]) == ("character ep02/ada", "wears.0.colour")
    assert series.ok("why", "ep01/episode.mp4", "--json").json["changes"] == []
    series.edit("heads: 3.3", "heads: 3.4", "characters/ada.yaml")
    texts = [c["text"] for c in series.ok("why", "ep02/episode.mp4", "--json").json["changes"]]
    assert "characters/ada.yaml:3:8: heads: 3.3 -> 3.4" in texts and len(texts) == 2
    (change,) = series.ok("why", "ep01/episode.mp4", "--json").json["changes"]
    assert (change["target"], change["path"]) == ("character ada", "heads")
