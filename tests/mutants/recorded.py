"""What the browser's engine said to the sound core, kept: a fault is planted in Python alone, so its twin says the same again."""

import json
import resource
from typing import Any

from tests.node import Twin


class Recorded:
    """Stands in for the twin: answers from memory what was asked before, and asks a real one what was not."""

    def __init__(self, said: dict[str, str]) -> None:
        self.said = said
        self._twin: Twin | None = None

    def ask(self, verb: str, **question: Any) -> Any:
        """One question to the engine; an AssertionError if it raised."""
        key = json.dumps([verb, question], sort_keys=True)
        if key not in self.said:
            self._twin = self._twin or _started()
            self.said[key] = json.dumps(self._twin.ask(verb, **question))
        return json.loads(self.said[key])

    def close(self) -> None:
        """End the real one, if it was needed."""
        if self._twin is not None:
            self._twin.close()


def _started() -> Twin:
    """A twin that does not share this process's limit of memory: Node asks for much more than it uses."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        return Twin()
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
