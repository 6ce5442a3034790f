"""Kinds of value in the files: sizes, aspects, names, spots on the floor, and unions that say which member is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union

from pydantic import AfterValidator, BeforeValidator, Discriminator, Tag
from pydantic_core import PydanticCustomError

from studio.errors import UsageError
from studio.params import Params, knob

CLIPS = (".mp4", ".mov", ".mkv", ".webm", ".m4v", ".avi", ".gif")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
#: what can be written: films, and single pictures
FILMS = (".mp4", ".mov", ".mkv", ".webm", ".gif")
STILLS = (".png", ".jpg", ".jpeg")

_SIZE = re.compile(r"(\d{1,9})x(\d{1,9})\Z")
_ASPECT = re.compile(r"(\d{1,2}):(\d{1,2})\Z")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(kB|MB|GB|TB)\Z", re.IGNORECASE)
_UNITS = {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12}
_NAME = re.compile(r"[\w][\w-]*\Z")
_OUTPUT = re.compile(r"(?:[\w-][\w .-]*/)*[\w-][\w .-]*(?:\.(?:mp4|mov|mkv|webm|gif|png|jpe?g)|/)\Z")


def checked(pattern: re.Pattern[str], kind: str, example: str) -> AfterValidator:
    """Text that a pattern must match; the message shows how it is written."""

    def check(value: str) -> str:
        if not pattern.match(value):
            raise PydanticCustomError(
                kind, "`{value}` is no {kind}: write {example}", {"value": value, "kind": kind, "example": example}
            )
        return value

    return AfterValidator(check)


def _even(value: str) -> str:
    width, height = (int(side) for side in value.split("x"))
    if width % 2 or height % 2 or not (16 <= width <= 8192 and 16 <= height <= 8192):
        raise PydanticCustomError("size", "`{value}`: both sides must be even, from 16 to 8192", {"value": value})
    return value


def _wide(value: str) -> str:
    across, down = (int(side) for side in value.split(":"))
    if not (across and down) or not 0.2 <= across / down <= 5:
        raise PydanticCustomError("aspect", "`{value}` is too narrow or too wide: 1:5 to 5:1", {"value": value})
    return value


def _clip(value: str) -> str:
    if not value.lower().endswith((*CLIPS, *PICTURES)):
        known = ", ".join((*CLIPS, *PICTURES))
        raise PydanticCustomError(
            "clip", "`{value}` is no video and no picture: {known}", {"value": value, "known": known}
        )
    return value


def _whole_output(value: str) -> str:
    if not _OUTPUT.match(value) or ".." in value.split("/"):
        raise PydanticCustomError(
            "output",
            "`{value}` cannot be an output: a name that ends in {known} or / (a folder of frames)",
            {"value": value, "known": ", ".join((*FILMS, *STILLS))},
        )
    return value


Size = Annotated[str, checked(_SIZE, "size", "1280x720"), AfterValidator(_even)]
Aspect = Annotated[str, checked(_ASPECT, "aspect", "16:9, 9:16 or 1:1"), AfterValidator(_wide)]
Clip = Annotated[str, AfterValidator(_clip)]
Name = Annotated[str, checked(_NAME, "name", "letters, digits, - and _")]
OutputName = Annotated[str, AfterValidator(_whole_output)]


def one_of(tags: Mapping[str, Any], tag_of: Callable[[Any], str | None], what: str, unnamed: str = "") -> Any:
    """A union in which the value itself says which member is meant. unnamed: a tag that is no name."""
    members = tuple(Annotated[member, Tag(tag)] for tag, member in tags.items())

    def choose(value: Any) -> str | None:
        tag = tag_of(value)
        return tag if isinstance(tag, str) and tag in tags else None  # a mapping may stand where a name should

    return Annotated[
        Union[members],  # noqa: UP007 - the members are known only here
        # the tags ride in the message: a context would be a dict, which no annotation may hold
        Discriminator(
            choose,
            custom_error_type="unknown",
            custom_error_message=f"{what}|{','.join(tag for tag in tags if tag != unnamed)}",
        ),
    ]


def text_or(tag: str) -> Callable[[Any], str]:
    """The tag of a union of text and something else."""
    return lambda value: "text" if isinstance(value, str) else tag


class Spot(Params):
    """A place on the floor."""

    x: float = knob(0.0, "metres to the right", low=-1000, high=1000, unit="m")
    z: float = knob(7.0, "metres away from the camera's home", low=0.5, high=1000, unit="m")
    y: float = knob(0.0, "metres above the floor, for who can fly there", low=0.0, high=200, unit="m")


if TYPE_CHECKING:
    Stand: TypeAlias = str | Spot
else:
    #: where somebody stands or walks to: a mark's name, left, right, centre, or {x, z}
    Stand = one_of(
        {"text": str, "spot": Spot}, text_or("spot"), "a place is a mark, left, right, centre, or {x: ..., z: ...}"
    )


def or_file(member: type[Params]) -> Any:
    """A target's content; in a file it may also be the name of a file, which is brought before validation."""
    return Annotated[member, BeforeValidator(lambda value: value, json_schema_input_type=str | member)]


def listed(value: Any) -> Any:
    """A bare name is a list of one."""
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[Name, ...], BeforeValidator(listed, json_schema_input_type=str | tuple[str, ...])]


def bytes_of(size: str) -> int:
    """`20GB` -> 20000000000."""
    match = _AMOUNT.match(size.strip())
    if not match:
        raise UsageError(f"`{size}` is no amount", "write 500MB or 20GB")
    return int(float(match[1]) * _UNITS[match[2].lower()])
