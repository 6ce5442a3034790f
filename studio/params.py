"""Kinds of value that rules and files declare: colours, times, lengths, and knobs with a range and a unit.

A parameter is declared once; validation, `studio rules`, the JSON Schema, the docs and the key all
derive from that declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

#: Colours that a film-maker can name without a code. Chosen to stand beside one another.
COLOURS = {
    "amber": "#eaa23e", "ash": "#8f8a92", "brick": "#8a4a3c", "chestnut": "#6b3327",
    "coal": "#2a2630", "copper": "#b5652f", "cream": "#efe4d0", "forest": "#2f5443",
    "honey": "#f0bf6b", "ink": "#2a1a2a", "ivory": "#f6efe0", "lilac": "#9b86b8",
    "moss": "#6b7a4a", "mustard": "#c8963c", "navy": "#2c3a63", "ochre": "#b98a4e",
    "olive": "#7a7440", "peach": "#f6cba4", "plum": "#6a3c58", "rose": "#c9707c",
    "rust": "#a1512f", "sand": "#f2c79f", "sky": "#7fb0cf", "slate": "#4a5268",
    "stone": "#8d8478", "straw": "#d9b25e", "teal": "#2f6068", "umber": "#4b3027",
    "wheat": "#dcb583", "wine": "#7d2f3a",
}  # fmt: skip

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_TIME = re.compile(r"(?:(?P<n>\d+(?:\.\d+)?)(?P<unit>s|f|ms)|(?P<min>\d+):(?P<sec>\d{2}(?:\.\d+)?))\Z")
_LENGTH = re.compile(r"(?P<n>-?\d+(?:\.\d+)?)\s*(?P<unit>m|cm|mm)\Z")


class Params(BaseModel):
    """Base of every set of parameters: frozen, closed, finite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


def knob(
    default: Any,
    meaning: str,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    animatable: bool = False,
) -> Any:
    """A parameter of a rule: its default, what it does, its range, its unit."""
    extra: dict[str, Any] = {"unit": unit} if unit else {}
    if animatable:
        extra["animatable"] = True
    return Field(default, description=meaning, ge=low, le=high, json_schema_extra=extra or None)


def turning_of(params: type[BaseModel]) -> dict[str, tuple[float, float]]:
    """(least, most) of each knob that may change within a scene."""
    return {
        name: range_of(field)
        for name, field in params.model_fields.items()
        if isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("animatable")
    }


def range_of(field: FieldInfo) -> tuple[float, float]:
    low = next((m.ge for m in field.metadata if hasattr(m, "ge")), -inf)
    high = next((m.le for m in field.metadata if hasattr(m, "le")), inf)
    return low, high


def parse_colour(value: object) -> str:
    """`teal` or `#2f6068` -> `#2f6068`."""
    if value is None:
        raise PydanticCustomError("colour", 'a colour is missing: quote the colour if it starts with #, `"#2b2d5b"`')
    text = str(value).strip()
    if text.lower() in COLOURS:
        return COLOURS[text.lower()]
    if not _HEX.match(text):
        raise PydanticCustomError(
            "colour", "`{value}` is no colour", {"value": text, "known": ",".join(sorted(COLOURS))}
        )
    digits = text[1:].lower()
    return "#" + ("".join(2 * d for d in digits) if len(digits) == 3 else digits)


def parse_time(value: object) -> str:
    """Check a duration such as `2s`, `12f`, `1:30`; the text is kept, since frames need the film's rate."""
    text = str(value)
    if isinstance(value, bool) or not isinstance(value, str) or not _TIME.match(text.strip()):
        bare = isinstance(value, (int, float)) and not isinstance(value, bool)
        what = "a time needs a unit" if bare else "`{value}` is no time"
        raise PydanticCustomError("time", what + ": write 2s, 12f (frames) or 1:30", {"value": text})
    return text.strip()


def parse_length(value: object) -> float:
    """`1.5m`, `150cm` -> metres."""
    text = str(value).strip()
    found = _LENGTH.match(text)
    if not found or isinstance(value, (int, float)):
        bare = isinstance(value, (int, float)) and not isinstance(value, bool)
        what = "a length needs a unit" if bare else "`{value}` is no length"
        raise PydanticCustomError("length", what + ": write 1.5m or 150cm", {"value": text})
    return round(float(found["n"]) * {"m": 1.0, "cm": 0.01, "mm": 0.001}[found["unit"]], 6)


def frames_of(time: str, fps: float) -> int:
    """How many film frames a checked time lasts, rounded to the nearest."""
    found = _TIME.match(time)
    assert found is not None, time
    if found["unit"] == "f":
        return round(float(found["n"]))
    if found["unit"]:
        return round(float(found["n"]) * (0.001 if found["unit"] == "ms" else 1.0) * fps)
    return round((int(found["min"]) * 60 + float(found["sec"])) * fps)


def is_time(text: str) -> bool:
    """Whether a text reads as a time (and not as the name of a cue)."""
    return bool(_TIME.match(text))


Colour = Annotated[
    str,
    BeforeValidator(parse_colour),
    WithJsonSchema({"type": "string", "description": "a colour's name or a quoted #rrggbb"}),
]
Time = Annotated[
    str,
    BeforeValidator(parse_time),
    WithJsonSchema({"type": "string", "pattern": r"^(\d+(\.\d+)?(s|f|ms)|\d+:\d{2}(\.\d+)?)$"}),
]
Metres = Annotated[
    float,
    BeforeValidator(parse_length),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d+)?\s*(m|cm|mm)$"}),
]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]


def _range(low: float, high: float) -> AfterValidator:
    def check(value: float) -> float:
        if not low <= value <= high:
            raise PydanticCustomError(
                "range", "{value} is out of range: {low} to {high}", {"value": value, "low": low, "high": high}
            )
        return value

    return AfterValidator(check)


def metres_between(low: float, high: float) -> Any:
    """A length with a unit, within a range of metres."""
    return Annotated[Metres, _range(low, high)]


def knobs_of(params: type[BaseModel]) -> Iterator[tuple[str, str, str, str, str]]:
    """(name, default, range, unit, meaning) of every parameter, for `studio rules` and the docs."""
    for name, field in params.model_fields.items():
        low, high = range_of(field)
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        span = f"{low:g} to {high:g}" if low > -inf and high < inf else ""
        default = "required" if field.is_required() else str(field.get_default(call_default_factory=True))
        yield name, default, span, str(extra.get("unit", "")), field.description or ""
