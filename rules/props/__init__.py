"""Props: things that stand on the stage."""

from __future__ import annotations

from types import ModuleType

from rules.props import barrel, bench, boat, crate, door, fence, lantern, moon, street_lamp, table, tree

PROPS: dict[str, ModuleType] = {
    "barrel": barrel,
    "bench": bench,
    "boat": boat,
    "crate": crate,
    "door": door,
    "fence": fence,
    "lantern": lantern,
    "moon": moon,
    "street-lamp": street_lamp,
    "table": table,
    "tree": tree,
}
