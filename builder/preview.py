"""How a draft looks to an agent. The screen is upstairs, so whoever builds it binds a renderer here (`config.binding`).

A renderer takes a checked definition and a language and gives a whole HTML page.
"""

from collections.abc import Callable

from builder.definition import Definition

Renderer = Callable[[Definition, str], str]
_bound: list[Renderer] = []


def bind(renderer: Renderer) -> None:
    """The last one bound is used."""
    _bound[:] = [renderer]


def renderer() -> Renderer | None:
    """None until one is bound: the caller then shows the definition as a plain list."""
    return _bound[0] if _bound else None
