"""Props: things that stand on the stage."""

from __future__ import annotations

from types import ModuleType

from rules.props import street_lamp

PROPS: dict[str, ModuleType] = {"street-lamp": street_lamp}
