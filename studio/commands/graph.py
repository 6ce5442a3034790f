"""studio graph: targets and needs, for people and programs."""

from __future__ import annotations

import json

from studio.fingerprint import Fingerprints
from studio.graph import Graph
from studio.own import Trust
from studio.workspace import Workspace


def run(form: str, folder: str, trust: Trust) -> int:
    """Print the graph as mermaid, dot or JSON."""
    project = Workspace(folder, trust=trust).project
    found = Graph(project, Fingerprints(own=project.own.bytes())).plain()
    if form == "json":
        print(json.dumps(found, indent=2))
        return 0
    numbers = {t["name"]: f"t{n}" for n, t in enumerate(found["targets"])}
    nodes = [(numbers[t["name"]], t["name"].replace('"', "'")) for t in found["targets"]]
    edges = [(numbers[a], numbers[b]) for a, b in found["needs"]]
    if form == "dot":
        lines = [f'  {n} [label="{label}"];' for n, label in nodes] + [f"  {a} -> {b};" for a, b in edges]
        print("\n".join(["digraph studio {", "  rankdir=LR; node [shape=box];", *lines, "}"]))
    else:
        lines = [f'  {n}["{label}"]' for n, label in nodes] + [f"  {a} --> {b}" for a, b in edges]
        print("\n".join(["graph LR", *lines]))
    return 0
