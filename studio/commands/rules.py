"""studio rules: what can be named in a Studiofile, and its parameters."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from rules import alphabet, caption, character, title, weather
from rules.kits import KITS
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio.errors import StudioError, UsageError, did_you_mean
from studio.own import OwnRules, Trust
from studio.params import knobs_of
from studio.studiofile import presets_of
from studio.workspace import studiofile_in


def run(name: str | None, folder: str, as_json: bool, trust: Trust) -> int:
    """List all rules, or print the parameters of one; those of the project in a folder too, if they may run."""
    own = _own(folder, trust)
    every = all_rules()
    for stem in own.names() if name is None else [name] if name not in every else []:
        if trust == "allowed" and (found := own.find(stem)) is not None and own.trouble(stem) is None:
            every[stem] = ("own pass", found.module)
        elif (trouble := own.trouble(stem)) is not None:
            if name is not None:
                raise StudioError(*trouble)
            print(f"{trouble[0]}; {trouble[1]}", file=sys.stderr)
    if name is not None and name not in every:
        raise UsageError(f"there is no rule `{name}`", did_you_mean(name, every))
    if as_json:
        chosen = {name: every[name]} if name else every
        print(json.dumps({n: described(kind, rule, own) for n, (kind, rule) in chosen.items()}, indent=2))
    elif name is None:
        for n, (kind, rule) in every.items():
            print(f"{n:<14} {kind:<10} {_sentence(rule)}")
    else:
        kind, rule = every[name]
        print(f"{name} ({kind}): {_sentence(rule)}")
        for knob, default, span, unit, meaning in knobs_of(params_of(rule)):
            print(f"  {knob:<12} {default:<12} {span:<12} {unit:<4} {meaning}")
        for preset, values in described(kind, rule, own)["presets"].items():
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


def _own(folder: str, trust: Trust) -> OwnRules:
    """The rules of the project in a folder; none where there is no Studiofile, whatever else is there."""
    try:
        return OwnRules(studiofile_in(Path(folder)).resolve().parent, trust)
    except StudioError:
        return OwnRules(Path(os.devnull), trust)


def described(kind: str, rule: Any, own: OwnRules | None = None) -> dict[str, Any]:
    """A rule as plain values. own: where it is the project's."""
    names = ("name", "default", "range", "unit", "meaning")
    return {
        "kind": kind,
        "does": _sentence(rule),
        "knobs": [dict(zip(names, k, strict=True)) for k in knobs_of(params_of(rule))],
        "presets": _presets(kind, rule.__name__.rpartition(".")[2], own),
    }


def _presets(kind: str, name: str, own: OwnRules | None) -> dict[str, dict[str, Any]]:
    if kind == "pass":
        return presets_of(name)
    return presets_of(name, own) if kind == "own pass" else {}


def _sentence(rule: Any) -> str:
    return (rule.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")
