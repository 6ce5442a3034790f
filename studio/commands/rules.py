"""studio rules: what can be named in a Studiofile, and its parameters."""

from __future__ import annotations

import json
from typing import Any

from rules import alphabet, caption, character, title, weather
from rules.kits import KITS
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio.errors import UsageError, did_you_mean
from studio.params import knobs_of
from studio.studiofile import presets_of


def run(name: str | None, as_json: bool) -> int:
    """List all rules, or print the parameters of one."""
    every = all_rules()
    if name is not None and name not in every:
        raise UsageError(f"there is no rule `{name}`", did_you_mean(name, every))
    if as_json:
        chosen = {name: every[name]} if name else every
        print(json.dumps({n: described(kind, rule) for n, (kind, rule) in chosen.items()}, indent=2))
    elif name is None:
        for n, (kind, rule) in every.items():
            print(f"{n:<14} {kind:<10} {_sentence(rule)}")
    else:
        kind, rule = every[name]
        print(f"{name} ({kind}): {_sentence(rule)}")
        for knob, default, span, unit, meaning in knobs_of(params_of(rule)):
            print(f"  {knob:<12} {default:<12} {span:<12} {unit:<4} {meaning}")
        for preset, values in described(kind, rule)["presets"].items():
            print(f"  preset {preset}: {', '.join(f'{knob} {value}' for knob, value in values.items())}")
    return 0


def all_rules() -> dict[str, tuple[str, Any]]:
    """Every rule by the name that a Studiofile gives it, with its kind."""
    tables = (("kit", KITS), ("plate", PLATES), ("prop", PROPS), ("pass", STYLES))
    found: dict[str, tuple[str, Any]] = {
        "character": ("character", character),
        "alphabet": ("alphabet", alphabet),
        "title": ("card", title),
        "caption": ("card", caption),
        "weather": ("weather", weather),
    }
    return found | {name: (kind, rule) for kind, table in tables for name, rule in table.items()}


def params_of(rule: Any) -> Any:
    return rule.CharacterParams if rule is character else rule.Params


def described(kind: str, rule: Any) -> dict[str, Any]:
    """A rule as plain values."""
    names = ("name", "default", "range", "unit", "meaning")
    return {
        "kind": kind,
        "does": _sentence(rule),
        "knobs": [dict(zip(names, k, strict=True)) for k in knobs_of(params_of(rule))],
        "presets": presets_of(rule.__name__.rpartition(".")[2]) if kind == "pass" else {},
    }


def _sentence(rule: Any) -> str:
    return (rule.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")
