"""Events as JSON, one object a line: what a program reads."""

from __future__ import annotations

import json
from typing import TextIO

from studio.progress import Event


class Lines:
    """Writes to a stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __call__(self, event: Event) -> None:
        print(json.dumps(event.plain()), file=self._stream, flush=True)
