"""The command line: what can be said, and the one place that catches errors and prints them.

The only module that knows click. Each command imports what it needs when it is called.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from studio import __version__
from studio.errors import Bug, StudioError, UsageError

_Command = Callable[..., Any]


def run(arguments: Sequence[str], state: tuple[str, str] | None) -> int:
    """Run a command; -> exit code: 0 done, 1 an error of the project or the build, 2 wrong usage, 3 a bug of
    ours, 4 something is stale (--check), 130 interrupted."""
    try:
        code = group.main(list(arguments), prog_name="studio", standalone_mode=False, obj=state)
        sys.stdout.flush()
        return int(code or 0)
    except (click.exceptions.Abort, KeyboardInterrupt):
        print("interrupted; what was finished is kept", file=sys.stderr)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except BrokenPipeError:  # studio rules | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except StudioError as error:
        return _shown(error)
    except MemoryError:
        return _shown(StudioError("out of memory", "try -j 1, or a smaller size"))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        if error.errno == errno.ENOSPC:
            return _shown(StudioError(f"{where}the disk is full", "make room; what was finished is kept"))
        return _shown(StudioError(f"{where}{error.strerror}" if where else str(error)))
    except Exception as error:
        bug = Bug(f"{type(error).__name__}: {error}")
        bug.__cause__ = error
        return _shown(bug)


def _shown(error: StudioError) -> int:
    lines = str(error).splitlines()
    if sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        lines = [line if line.startswith(" ") else f"\033[31m{line}\033[0m" for line in lines]
    print("\n".join(lines), file=sys.stderr)
    if isinstance(error, Bug):  # a report needs the way to it; nobody else gets to see a traceback
        if error.__cause__ is not None:
            traceback.print_exception(error.__cause__, file=sys.stderr)
        print(f"this is a bug of studio {__version__}; please report it with the lines above", file=sys.stderr)
    return error.exit_code


# -- options that several commands have

_folder = click.option("-C", "folder", metavar="DIR", default=".", help="The project's folder, or a Studiofile.")
_cache = click.option("--cache", metavar="DIR", help="Another store than .cache/.")
_jobs = click.option("-j", "--jobs", type=click.IntRange(1, 1024), metavar="N", help="Workers; else all cores but one.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _where(options: Mapping[str, Any]) -> tuple[str, str | None, int | None, Any]:
    """What a workspace is opened with."""
    return options["folder"], options["cache"], options.get("jobs"), options["trust"]


def _rules(otherwise: str = "refused") -> Callable[[_Command], _Command]:
    return click.option(
        "--allow-rules", "trust", flag_value="allowed", default=otherwise, help="Run the project's own rules (rules/)."
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="studio")
def group() -> None:
    """Make for procedural video: a YAML Studiofile names characters, scenes, passes and outputs;
    `studio build` makes just what is missing."""


@group.command()
@click.argument("outputs", nargs=-1)
@_folder
@_jobs
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be made, and why.")
@click.option("--check", is_flag=True, help="Make nothing; exit with 4 if something is stale.")
@click.option("-k", "--keep-going", is_flag=True, help="Go on after a job that failed.")
@_json
@click.option("--trace", metavar="FILE", help="Write a Chrome/Perfetto trace of every job.")
@_cache
@click.option("--draft", is_flag=True, help="Half the size, no passes.")
@_rules()
@click.pass_obj
def build(state: tuple[str, str] | None, /, **options: Any) -> int:
    """Make the outputs (all if none is named). X@4s..6s builds a part."""
    from studio.commands import build as command

    return command.run(command.Options(**options, state=state))


@group.command()
@click.argument("what", metavar="OUTPUT[@TIME]")
@_folder
@_cache
@_json
@_rules()
def why(what: str, folder: str, cache: str | None, as_json: bool, trust: Any) -> int:
    """Say why an output, or a frame of it, is stale or fresh."""
    from studio.commands import why as command

    return command.run(what, (folder, cache, None, trust), as_json)


@group.command()
@click.argument("what", metavar="OUTPUT@TIME")
@click.option("-o", "target", metavar="FILE", required=True, help="Where to write the picture (.png).")
@click.option("--motion", metavar="FILE", help="Write each pixel's motion since the frame before, too (.npy).")
@click.option(
    "--map", "shown", metavar="NAME", help="Show parts, distance, normals, shadow or flat instead of colours."
)
@_folder
@_cache
@_rules()
def frame(target: str, motion: str | None, shown: str | None, what: str, **where: Any) -> int:
    """Write one frame as a picture. TIME is 4s, 96f, 1:30 or a cue (meet.hello)."""
    from studio.commands import frame as command

    return command.run(what, Path(target), (Path(motion) if motion else None, shown), _where(where))


@group.command()
@click.argument("output")
@click.option("-o", "target", metavar="FILE", required=True, help="Where to write the sheet (.png).")
@click.option(
    "--frames", "count", type=click.IntRange(1, 200), default=20, show_default=True, help="How many frames to show."
)
@_folder
@_cache
@_jobs
@_rules()
def sheet(output: str, target: str, count: int, **where: Any) -> int:
    """Write a contact sheet with time codes."""
    from studio.commands import sheet as command

    return command.run(output, Path(target), count, _where(where))


@group.command()
@click.argument("target")
@click.option("-o", "picture", metavar="FILE", help="Where to write the picture (.png); else the output folder.")
@_folder
@_cache
@_jobs
@_rules()
def mint(target: str, picture: str | None, **where: Any) -> int:
    """Write a character's model sheet, an alphabet's specimen, or a place, as a picture."""
    from studio.commands import mint as command

    return command.run(target, Path(picture) if picture else None, _where(where))


@group.command("pass")
@click.argument("style")
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option("--set", "knobs", multiple=True, metavar="KEY=VALUE", help="A parameter of the pass.")
@click.option("-C", "folder", metavar="DIR", default=".", help="The project whose own rules can be named.")
@_cache
@_jobs
@_rules()
def pass_(style: str, source: str, target: str, knobs: tuple[str, ...], **where: Any) -> int:
    """Put a style over any video or picture.

    IN is mp4, mov, mkv, webm, m4v, avi, gif, png, jpg, webp or bmp; OUT is mp4, mov, mkv, webm, gif, png or jpg.
    Sound, times and transparency are kept where OUT can hold them; what cannot be kept is told.
    """
    from studio.commands import style as command

    return command.run(style, Path(source), Path(target), knobs, _where(where))


@group.command()
@click.argument("name", required=False)
@_folder
@_json
@_rules()
def rules(name: str | None, folder: str, as_json: bool, trust: Any) -> int:
    """List the rules, or the parameters of one."""
    from studio.commands import rules as command

    return command.run(name, folder, as_json, trust)


@group.command()
@_folder
@_json
@click.option("--art", is_flag=True, help="Print the art checks of every shot, too; one frame of each is made.")
@_rules()
def check(folder: str, as_json: bool, art: bool, trust: Any) -> int:
    """Validate the project and make nothing."""
    if art:
        from studio.commands import art as looking

        return looking.run(folder, as_json, trust)
    from studio.commands import check as command

    return command.run(folder, as_json, trust)


@group.command()
@click.option("--format", "form", type=click.Choice(["mermaid", "dot", "json"]), default="mermaid", show_default=True)
@_folder
@_rules("unread")
def graph(form: str, folder: str, trust: Any) -> int:
    """Print targets and what they need."""
    from studio.commands import graph as command

    return command.run(form, folder, trust)


@group.command()
@click.option("--since", metavar="REF", required=True, help="A commit, branch or tag of git.")
@_folder
@_json
def changed(since: str, folder: str, as_json: bool) -> int:
    """List the outputs whose sources differ from those of a git commit; make nothing."""
    from studio.commands import changed as command

    return command.run(since, folder, as_json)


@group.group()
def cache() -> None:
    """Look after the store."""


@cache.command()
@_folder
@_cache
@_json
def stats(folder: str, cache: str | None, as_json: bool) -> int:
    """Say how much is kept."""
    from studio.commands import cache as command

    return command.stats(folder, cache, as_json)


@cache.command()
@_folder
@_cache
@click.option("--max", "most", metavar="SIZE", help="Keep at most that much (500MB, 20GB); else the project's quota.")
def gc(folder: str, cache: str | None, most: str | None) -> int:
    """Delete what is needed least."""
    from studio.commands import cache as command

    return command.gc(folder, cache, most)


@cache.command()
@_folder
@_cache
def verify(folder: str, cache: str | None) -> int:
    """Read every byte, and forget what is damaged; exit with 1 if something was."""
    from studio.commands import cache as command

    return command.verify(folder, cache)


@group.command()
@click.argument("template", required=False)
@click.option("--rule", metavar="NAME", help="Write a pass of the project's own, rules/NAME.py, and its test instead.")
@click.option("-C", "folder", metavar="DIR", default=".", help="Where to put it.")
def init(template: str | None, rule: str | None, folder: str) -> int:
    """Write a project to start from."""
    from studio.commands import init as command

    if rule is None:
        return command.run(template or "film", Path(folder))
    if template is not None:
        raise UsageError("a template and --rule are two things", "call studio init once for each")
    return command.rule(rule, Path(folder))


@group.command()
def schema() -> int:
    """Print the JSON Schema of the Studiofile and the files it names."""
    from studio.commands import schema as command

    return command.run()
