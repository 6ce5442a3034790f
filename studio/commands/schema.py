"""studio schema: the language as JSON Schema."""

from __future__ import annotations

import json

from studio.schema import json_schema


def run() -> int:
    """Print it."""
    print(json.dumps(json_schema(), indent=2))
    return 0
