"""Props: things that stand on the stage."""

from __future__ import annotations

from types import ModuleType

from rules.props import boat, fence, moon, street_lamp, tree

PROPS: dict[str, ModuleType] = {
    "boat": boat,
    "fence": fence,
    "moon": moon,
    "street-lamp": street_lamp,
    "tree": tree,
}
