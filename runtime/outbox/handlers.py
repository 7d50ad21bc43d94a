"""What carries an effect out, bound by name in `config.binding`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from runtime.outbox.models import Effect

Function = Callable[[dict[str, Any], Effect], Any]


class Refused(Exception):
    """A handler's way of saying why it cannot: `code` is stored (never data); `final` ends the tries."""

    def __init__(self, code: str, *, final: bool = False) -> None:
        super().__init__(code)
        self.code, self.final = code, final


@dataclass(frozen=True)
class Handler:
    function: Function
    prepare: Function | None = None


_handlers: dict[str, Handler] = {}


def bind(name: str, function: Function, prepare: Function | None = None) -> None:
    """Binds the handler of an effect: `function(arguments, effect)`, called in the transaction that marks it done. It must
    write only to the database. What takes long (a PDF), or opens what is sealed (the access log stays when the effect fails),
    is done by `prepare(arguments, effect)`, before that transaction and perhaps more than once; its result is then
    `effect.prepared`."""
    _handlers[name] = Handler(function, prepare)


def handler_of(name: str) -> Handler:
    try:
        return _handlers[name]
    except KeyError:
        raise Refused("no_handler") from None
