"""`studio changed` names the outputs that an edit since a git commit can touch, and the workflow builds just those."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from studio.fingerprint import Fingerprints
from studio.studiofile import _parsed
from studio.tree import Folded
from tests.conftest import ROOT, Space
from tests.e2e.lane import write_series

BOTH = ("episode.mp4", "thumb.png")


def git(folder: Path, *arguments: str) -> str:
    """Ask git, with an author of its own and nobody's settings."""
    who = {f"GIT_{role}_{what}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {arguments}: {done.stderr}"
    return done.stdout.strip()


def commit(folder: Path) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "a commit")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store for all tests here, which knows the code, so that it is read once."""
    folder = tmp_path_factory.mktemp("store")
    code = Fingerprints()
    code.of_engine()
    code.of("rules.character", "rules.plates", "rules.props", "rules.scene", "rules.styles", "rules.title")
    (folder / "state").mkdir()
    (folder / "state" / "fingerprints.json").write_text(json.dumps(code.kept))
    return folder


@pytest.fixture
def repo(space: Space, store: Path, monkeypatch: pytest.MonkeyPatch) -> Space:
    """The series in a git repository, committed once; the last episode has a clip."""
    monkeypatch.setenv("STUDIO_CACHE", str(store))
    write_series(space)
    space.write(".gitignore", ".cache/\nout/\n")
    space.write("clip.png", b"not looked at")
    clip = "episode: Four\nscenes: {clip: {footage: clip.png, length: 2f}}\n"
    space.write("episodes/04.yaml", clip + "outputs: {both.mp4: {passes: [wash, silent_film]}}\n")
    space.edit("each-episode:", "  ep04: episodes/04.yaml\neach-episode:")
    space.edit(
        "episode: One", "episode: One\ncut: [{card: Soon, passes: [wash, silent_film]}, story]", "episodes/01.yaml"
    )
    git(space.folder, "init", "-q")
    commit(space.folder)
    return space


def changed(space: Space, since: str = "HEAD") -> set[str]:
    return set(space.ok("changed", "--since", since).out.split())


def outputs(*episodes: int) -> set[str]:
    """All outputs of some episodes; the fourth has one more."""
    return {f"ep0{n}/{name}" for n in episodes for name in (*BOTH, *(["both.mp4"] if n == 4 else []))}


EDITS: dict[str, tuple[str, str, str, set[str]]] = {
    "a comment": ("cast.yaml", "characters:", "# who is who\ncharacters:", set()),
    "the order of keys": ("characters/ada.yaml", "height: 1.5m\nheads: 3.3", "heads: 3.3\nheight:   1.50m", set()),
    "a title that nothing shows": ("episodes/02.yaml", "episode: Two", "episode: The Second", set()),
    "who there is": ("characters/ada.yaml", "teal", "wine", outputs(1, 2)),
    "who else there is": ("characters/bruno.yaml", "4.4", "4.5", outputs(2, 3)),
    "an episode": ("episodes/02.yaml", "length: 6f", "length: 5f", outputs(2)),
    "a place": ("cast.yaml", "[sky, cobbles]", "[sky, railing]", outputs(1, 2, 3)),
    "an hour": ("episodes/03.yaml", "night", "dawn", outputs(3)),
    "a clip": ("clip.png", "not", "never", outputs(4)),
    "a pass": ("cast.yaml", "rule: watercolor", "rule: watercolor, edge: 0.5", {*outputs(1), "ep04/both.mp4"}),
    "the order of passes": ("episodes/04.yaml", "[wash, silent_film]", "[silent_film, wash]", {"ep04/both.mp4"}),
    "the order of a card's passes": ("episodes/01.yaml", "[wash, silent_film]", "[silent_film, wash]", outputs(1)),
    "a card": ("episodes/01.yaml", "Soon", "Later", outputs(1)),
    "a moment": ("Studiofile", "at: 2f", "at: 1f", {f"ep0{n}/thumb.png" for n in (1, 2, 3, 4)}),
    "the rate": ("Studiofile", "fps: 12", "fps: 10", outputs(1, 2, 3, 4)),
    "one output more": ("Studiofile", "  thumb", "  a.png: {}\n  thumb", {f"ep0{n}/a.png" for n in (1, 2, 3, 4)}),
    "one episode more": ("Studiofile", "each-", "  ep05: {scenes: {a: {place: lane}}}\neach-", outputs(5)),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_what_rests_on_it(repo: Space, name: str) -> None:
    file, old, new, expected = EDITS[name]
    repo.edit(old, new, file)
    told = repo.ok("changed", "--since", "HEAD", "--json").json
    assert set(told["outputs"]) == expected and told["schema"] == 1 and told["since"] == "HEAD"
    assert told["episodes"] == sorted({output.split("/")[0] for output in expected})
    commit(repo.folder)
    assert changed(repo, "HEAD~1") == expected


def test_what_would_be_made_is_among_what_changed(repo: Space) -> None:
    """Also where only a name changed, which is all that a seed comes from."""
    repo.edit("  ep04: episodes/04.yaml\n", "")
    commit(repo.folder)
    repo.build()
    edits = [("characters/ada.yaml", "heads: 3.3", "heads: 3.4"), ("cast.yaml", "x: -1", "x: -0.9")]
    edits += [("episodes/03.yaml", "who: bruno", "who: ada"), ("Studiofile", "64x36", "64x48")]
    for file, old, new in edits:
        repo.edit(old, new, file)
        stale = {o["name"] for o in repo.foretell()["outputs"] if o["state"] != "fresh"}
        assert stale and stale <= changed(repo), (file, old)
        git(repo.folder, "checkout", "-q", ".")
    for file in ("cast.yaml", "episodes/01.yaml", "episodes/02.yaml", "episodes/03.yaml"):
        repo.write(file, re.sub(r"\blane\b", "alley", repo.read(file).decode()))
    stale = {o["name"] for o in repo.foretell()["outputs"] if o["state"] != "fresh"}
    assert outputs(2, 3) <= stale <= changed(repo) == outputs(1, 2, 3)


def test_nothing_is_made_and_nothing_heavy_is_imported(repo: Space) -> None:
    repo.edit("length: 6f", "length: 5f", "episodes/02.yaml")
    code = (
        "import sys; from studio.cli import run; assert run(['changed', '--since', 'HEAD', '--json'], None) == 0;"
        "print([m for m in ('cv2', 'av', 'rich', 'PIL.Image') if m in sys.modules])"
    )
    before = sorted(repo.folder.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=repo.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines()[-1] == "[]"
    assert sorted(repo.folder.rglob("*")) == before


def test_a_project_deep_in_a_checkout(repo: Space, tmp_path_factory: pytest.TempPathFactory) -> None:
    top = tmp_path_factory.mktemp("top")
    shutil.copytree(repo.folder, top / "films" / "lane", ignore=shutil.ignore_patterns(".git"))
    (top / "shared").mkdir()
    (top / "films/lane/cast.yaml").rename(top / "shared/cast.yaml")
    (top / "films/lane/mine.yaml").symlink_to("../../shared/cast.yaml")
    inside = Space(top / "films" / "lane")
    inside.edit("[cast.yaml]", "[mine.yaml]")
    git(top, "init", "-q")
    commit(top)
    assert changed(inside) == set()
    Space(top).edit("[sky, cobbles]", "[sky]", "shared/cast.yaml")
    assert changed(inside) == outputs(1, 2, 3)
    commit(top)
    inside.edit("[mine.yaml]", "[../../shared/cast.yaml]")
    assert changed(inside) == set()


def test_a_shallow_clone_needs_no_more_than_the_commit(repo: Space, tmp_path_factory: pytest.TempPathFactory) -> None:
    first = git(repo.folder, "rev-parse", "HEAD")
    repo.edit("length: 6f", "length: 5f", "episodes/02.yaml")
    commit(repo.folder)
    clone = Space(tmp_path_factory.mktemp("clones") / "clone")
    git(repo.folder, "clone", "-q", "--depth=1", f"file://{repo.folder}", str(clone.folder))
    assert changed(clone) == set()
    for since, advice in ((first, f"git fetch --depth=1 origin {first}"), ("HEAD~1", "git fetch --deepen=1")):
        missing = clone.run("changed", "--since", since)
        assert missing.code == 1 and advice in missing.err and missing.out == ""
    git(clone.folder, *f"fetch --depth=1 origin {first}".split())
    assert changed(clone, first) == outputs(2)
    assert changed(clone, git(repo.folder, "hash-object", "-t", "tree", os.devnull)) == outputs(1, 2, 3, 4)


def test_what_cannot_be_compared(repo: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = repo.run("changed", "--since", "nowhere")
    assert (
        unknown.code == 1
        and "no commit `nowhere`" in unknown.err
        and "git fetch --depth=1 origin nowhere" in unknown.err
    )
    assert repo.run("changed", "--since", "--all").code == 1
    assert repo.run("changed").code == 2
    repo.edit("studio: 1", "studio: 1\nplases: {}")
    assert "did you mean `places`?" in repo.run("changed", "--since", "HEAD").err, "today's mistakes are told"
    commit(repo.folder)
    repo.edit("plases: {}", "places: {}")
    after = repo.ok("changed", "--since", "HEAD")
    assert set(after.out.split()) == outputs(1, 2, 3, 4) and "cannot be read, so everything counts" in after.err
    git(repo.folder, "mv", "Studiofile", "Studiofile.yaml")
    assert changed(repo) == outputs(1, 2, 3, 4)
    monkeypatch.setenv("PATH", "")
    without = repo.run("changed", "--since", "HEAD")
    assert without.code == 1 and "install git" in without.err
    monkeypatch.undo()
    shutil.rmtree(repo.folder / ".git")
    outside = repo.run("changed", "--since", "HEAD")
    assert outside.code == 1 and "no git checkout" in outside.err and "Traceback" not in outside.err


def test_rules_of_a_checkout_are_read_and_not_run(repo: Space, tmp_path_factory: pytest.TempPathFactory) -> None:
    top = tmp_path_factory.mktemp("top")
    for package in ("studio", "rules"):
        shutil.copytree(ROOT / package, top / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(repo.folder, top / "lane", ignore=shutil.ignore_patterns(".git"))
    git(top, "init", "-q")
    commit(top)
    tree, inside = Space(top), Space(top / "lane")

    def edited(name: str, first: str) -> set[str]:
        tree.write(name, first.encode() + tree.read(name))
        found = changed(inside)
        commit(top)
        git(top, "revert", "--no-edit", "HEAD")
        assert changed(inside, "HEAD~1") == found, "an older tree's code counts as a newer one's does"
        return found

    assert edited("rules/styles/watercolor.py", "# paint\n\n") == set()
    assert edited("rules/styles/watercolor.py", "raise SystemExit('this ran')\n") == {*outputs(1), "ep04/both.mp4"}
    assert edited("rules/_railing.py", "raise SystemExit('this ran')\n") == set(), "no place has a railing"
    assert edited("studio/acting.py", "raise SystemExit('this ran')\n") == outputs(1, 2, 3, 4)
    assert edited("studio/listeners/live.py", "raise SystemExit('this ran')\n") == set()
    tree.write("rules/title.py", "this is no Python\n")
    assert inside.run("changed", "--since", "HEAD").code == 1
    commit(top)
    git(top, "revert", "--no-edit", "HEAD")
    assert changed(inside, "HEAD~1") == outputs(1, 2, 3, 4)


# -- the workflow

WORKFLOW = ROOT / "projects" / "series" / "ci" / "episodes.yml"


class Runner:
    """Runs the workflow's shell steps as GitHub would, in shallow clones; what others bring is done here."""

    def __init__(self, repo: Path, folder: Path) -> None:
        self._repo, self._folder, self._count = repo, folder, 0
        packed = _parsed(WORKFLOW.read_text(encoding="utf-8"), WORKFLOW.name, [])
        assert packed is not None
        self._jobs: Any = Folded(packed, WORKFLOW.name).plain()["jobs"]
        self._stores: dict[str, Path] = {}
        self._bin = folder / "bin"
        self._bin.mkdir()
        for name, line in (("studio", f'exec "{sys.executable}" -m studio "$@"'), ("pip", "exit 0")):
            (self._bin / name).write_text(f"#!/bin/sh\n{line}\n")
            (self._bin / name).chmod(0o755)

    def planned(self, since: str) -> list[str]:
        """The episodes that a push would build."""
        return list(json.loads(self._run("plan", since, {})[0]["changed"])["episodes"])

    def push(self, since: str) -> dict[str, Path]:
        """The artifacts of a push: for each episode that was built the folder that is uploaded."""
        (upload,) = [s for s in self._jobs["build"]["steps"] if "upload-artifact" in s.get("uses", "")]
        found = {}
        for episode in self.planned(since):
            values = {"matrix.episode": episode, "env.PROJECT": "."}
            found[episode] = self._run("build", since, values)[1] / _filled(upload["with"]["path"], values)
        return found

    def _run(self, job: str, since: str, values: dict[str, str]) -> tuple[dict[str, str], Path]:
        self._count += 1
        clone = self._folder / f"clone{self._count}"
        said = self._folder / f"said{self._count}"
        said.touch()
        environment = {k: v for k, v in os.environ.items() if k != "STUDIO_CACHE"}
        environment |= {"PROJECT": ".", "SINCE": since, "GITHUB_OUTPUT": str(said), "PYTHONPATH": str(ROOT)}
        environment |= {"PATH": f"{self._bin}{os.pathsep}{os.environ['PATH']}", "STUDIO_PARALLEL": "0"}
        environment |= {k: _filled(v, values) for k, v in self._jobs[job].get("env", {}).items()}
        for step in self._jobs[job]["steps"]:
            uses = step.get("uses", "")
            if uses.startswith("actions/checkout"):
                git(self._folder, "clone", "-q", "--depth=1", f"file://{self._repo}", str(clone))
            elif uses.startswith("actions/cache"):
                key = _filled(step["with"]["key"], {**values, "github.sha": str(self._count)})
                self._restore(clone / step["with"]["path"], _filled(step["with"]["restore-keys"], values).split())
                self._stores[key] = clone / step["with"]["path"]
            elif not uses:
                command = ["bash", "-eo", "pipefail", "-c", step["run"]]
                done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True)
                assert done.returncode == 0, f"{step['name']}: {done.stderr}"
        return dict(line.split("=", 1) for line in said.read_text().splitlines()), clone

    def _restore(self, store: Path, prefixes: list[str]) -> None:
        for prefix in prefixes:
            for key, kept in reversed(self._stores.items()):
                if key.startswith(prefix):
                    shutil.copytree(kept, store)
                    return


def _filled(text: str, values: dict[str, Any]) -> str:
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: str(values[found[1]]), text)


def test_the_workflow_builds_just_the_episodes_that_changed(
    repo: Space, tmp_path_factory: pytest.TempPathFactory
) -> None:
    repo.edit("  ep04: episodes/04.yaml\n", "")
    repo.edit("cut: [{card: Soon, passes: [wash, silent_film]}, story]\n", "", "episodes/01.yaml")
    before = commit(repo.folder)
    runner = Runner(repo.folder, tmp_path_factory.mktemp("runner"))
    assert runner.planned("0" * 40) == ["ep01", "ep02", "ep03"], "a new branch"
    for edit, expected in (
        (("characters:", "# who there is\ncharacters:", "cast.yaml"), []),
        (("length: 4f", "length: 3f", "episodes/03.yaml"), ["ep03"]),
        (("teal", "wine", "characters/ada.yaml"), ["ep01", "ep02"]),
    ):
        repo.edit(*edit)
        after = commit(repo.folder)
        built = runner.push(before)
        assert list(built) == expected
        repo.build()
        for episode, folder in built.items():
            assert [(folder / name).read_bytes() for name in BOTH] == [
                repo.read(f"out/{episode}/{name}") for name in BOTH
            ]
        before = after
