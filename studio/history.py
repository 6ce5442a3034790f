"""A git commit as a folder: the text that the language and its rules are written in, and what stands for the rest.

Asks git and runs nothing of the commit's own: blobs are read as they are stored, without filters or hooks.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from studio.errors import Problem, ProjectError, StudioError

#: what is written out as it is; of all else only the place is kept, and what git says of the content
_TEXT = re.compile(r"(?:^|/)Studiofile$|\.ya?ml$|^(?:studio|rules)/.*\.py$|(?:^|/)rules/[^/]+\.py$")
#: no file of the language is larger
_MOST_BYTES = 4_000_000


@dataclass(frozen=True)
class Checkout:
    """A commit laid out in a folder. blobs: git's name for the content of every file, by its path."""

    folder: Path
    blobs: dict[str, bytes]


def top_of(folder: Path) -> Path:
    """The root of the git checkout that a folder stands in."""
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found.returncode:
        said = found.stderr.decode(errors="replace").strip().splitlines() or ["git failed"]
        raise StudioError(f"{folder} is in no git checkout: {said[0].removeprefix('fatal: ')}")
    return Path(os.fsdecode(found.stdout.rstrip(b"\n"))).resolve()


def checkout(top: Path, ref: str, folder: Path, studiofile: str) -> Checkout:
    """Lay out a commit of a repository in an empty folder. studiofile: its path, however it is called."""
    commit = _commit(top, ref)
    listed = _git(top, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
    if listed.returncode:
        raise _absent(top, ref)
    blobs: dict[str, bytes] = {}
    texts: list[tuple[str, str]] = []
    links: list[tuple[str, str]] = []
    for entry in filter(None, listed.stdout.split(b"\0")):
        about, _, name = entry.partition(b"\t")
        mode, kind, blob, size = about.decode().split()
        path = os.fsdecode(name)
        if kind != "blob" or ".." in path.split("/"):  # a tree made by hand may say anything
            continue
        blobs[path] = bytes.fromhex(blob)
        if mode == "120000":
            links.append((path, blob))
        elif (path == studiofile or _TEXT.search(path)) and size.isdigit() and int(size) <= _MOST_BYTES:
            texts.append((path, blob))
    contents = _contents(top, ref, [blob for _, blob in (*texts, *links)])
    for path in blobs.keys() - {path for path, _ in links}:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()
    for (path, _), content in zip(texts, contents, strict=False):
        (folder / path).write_bytes(content)
    for (path, _), target in zip(links, contents[len(texts) :], strict=True):
        with contextlib.suppress(OSError):  # where links are not allowed, what they name is not found
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).symlink_to(os.fsdecode(target))
    return Checkout(folder, blobs)


def blob_of(path: Path) -> bytes:
    """What git would call the content of a file that it may or may not know."""
    found = _git(path.parent, "hash-object", "--", path.name)
    if found.returncode:
        raise StudioError(f"{path} cannot be read: {found.stderr.decode(errors='replace').strip()}")
    return bytes.fromhex(found.stdout.decode().strip())


def _commit(top: Path, ref: str) -> str:
    # a tree will do as well as a commit; an option never will
    found = _git(top, "rev-parse", "--verify", "--quiet", f"{ref}^{{tree}}")
    if found.returncode or ref.startswith("-"):
        raise _absent(top, ref)
    return found.stdout.decode().strip()


def _contents(top: Path, ref: str, blobs: list[str]) -> list[bytes]:
    """The bytes of some blobs, in order."""
    found = _git(top, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    rest, contents = memoryview(found.stdout), list[bytes]()
    for _ in blobs:
        head = bytes(rest[:200]).partition(b"\n")[0]
        words = head.split()
        if found.returncode or len(words) != 3:  # `<name> missing`: a clone without that commit's content
            raise _absent(top, ref)
        start = len(head) + 1
        contents.append(bytes(rest[start : start + int(words[2])]))
        rest = rest[start + int(words[2]) + 1 :]
    return contents


def _absent(top: Path, ref: str) -> ProjectError:
    is_shallow = _git(top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    is_counted = re.search(r"[~^@]", ref) is not None
    fetch = "git fetch --deepen=1" if is_counted else f"git fetch --depth=1 origin {ref}"
    if is_shallow:
        return ProjectError([Problem(f"this shallow clone lacks `{ref}`", None, f"get it first: {fetch}")])
    hint = "name a commit, a branch or a tag; `git log --oneline` lists commits"
    if not is_counted:
        hint += f"; one that only the server has: {fetch}"
    return ProjectError([Problem(f"git knows no commit `{ref}` here", None, hint)])


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=folder, input=given, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise StudioError("`studio changed` asks git, which is not installed", "install git") from error
