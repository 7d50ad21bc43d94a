"""The agent's screen with a script of 200 questions: drawn on the server, painted and typed at in Chromium."""

from tests.bench import drawing, painting
from tests.bench.figure import Figure


def run() -> list[Figure]:
    """All figures of the screen."""
    return [*drawing.figures(), *painting.figures()]
