"""Write the documents that follow from the code: the editor's schema and the list of rules."""

from __future__ import annotations

import json
from pathlib import Path

from studio.commands.rules import all_rules, described
from studio.schema import json_schema

HERE = Path(__file__).parent


def documents() -> dict[str, str]:
    """Content by file name."""
    return {"studio.schema.json": json.dumps(json_schema(), indent=1) + "\n", "rules.md": _rules()}


def _rules() -> str:
    lines = ["# Rules", "", "What can be named in a Studiofile, and its parameters. Written by `make docs`.", ""]
    for name, (kind, rule) in all_rules().items():
        about = described(kind, rule)
        lines += [f"## {name} ({kind})", "", about["does"], "", "| parameter | default | range | unit | |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        for knob in about["knobs"]:
            cells = (f"`{knob['name']}`", knob["default"], knob["range"], knob["unit"], knob["meaning"])
            lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
        if about["presets"]:
            said = {n: ", ".join(f"{k} {v}" for k, v in values.items()) for n, values in about["presets"].items()}
            lines += ["Presets: " + "; ".join(f"`{n}` ({values})" for n, values in said.items()) + ".", ""]
    return "\n".join(lines)


def main() -> None:
    """Write them beside this file."""
    for name, content in documents().items():
        (HERE / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
