"""How a draft looks to an agent. The screen is upstairs, so whoever builds it binds a renderer here (`config.binding`).

A renderer takes a definition, a language and what the workshop shows beside the screen, and gives a whole HTML page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from builder.definition import Definition


@dataclass(frozen=True)
class Beside:
    """What stands above a draft's screen: what is wrong (the id of a block and a line each), how to come to a block in the editor
    (an address with `__block__` for its id), and where a run is kept as a test (empty: nowhere yet)."""

    problems: tuple[tuple[str, str], ...] = ()
    block: str = ""
    keep: str = ""


Renderer = Callable[[Definition, str, Beside], str]
_bound: list[Renderer] = []


def bind(renderer: Renderer) -> None:
    """The last one bound is used."""
    _bound[:] = [renderer]


def renderer() -> Renderer | None:
    """None until one is bound: the caller then shows the definition as a plain list."""
    return _bound[0] if _bound else None
