"""Shared lists are authored upstairs: here is who is asked for them. Bound once, in `config.binding`.

`bind(function)`: `function(code, number)` gives the SharedList of a code, as it is published now (number None) or as its
numbered edition was.
"""

from collections.abc import Callable, Iterable

from builder.compile import SharedList, code_and_number

Resolver = Callable[[str, int | None], SharedList]
_resolvers: list[Resolver] = []


def bind(function: Resolver) -> None:
    """The one that is asked from now on."""
    _resolvers[:] = [function]


def lists_of(references: Iterable[str]) -> dict[str, SharedList]:
    """The shared lists that these references mean, each asked for once; a reference that is none is a missing list."""
    return {
        reference: resolver(*code_and_number(reference))
        for resolver in _resolvers
        for reference in dict.fromkeys(references)
    }
