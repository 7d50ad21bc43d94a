"""Logs tell that something went wrong and where, never the data it happened to.

A database puts values into the text of its exceptions (`Key (name)=(...) already exists`), a parser quotes what it
could not read. So of an exception only its type and its place are written down.
"""

import logging
import traceback
from types import TracebackType
from typing import Any


class NoData(logging.Filter):
    """Keeps the kind and place of an exception, drops its text, wherever it stands in the log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        exception = _exception_of(record)
        if exception is not None:
            record.exc_text = told(exception)
        record.exc_info = None
        record.stack_info = None
        record.msg = _plain(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_plain(value) for value in record.args)
        elif record.args:
            record.args = {name: _plain(value) for name, value in record.args.items()}
        return True


def told(exception: BaseException) -> str:
    """Type and places of an exception and of what caused it; no text, no source lines, no locals."""
    lines = []
    seen: set[int] = set()
    current: BaseException | None = exception
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines += _places(current.__traceback__)
        lines.append(kind_of(current))
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def kind_of(exception: BaseException) -> str:
    return f"{type(exception).__module__}.{type(exception).__qualname__}"


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.walk_tb(trace)
    return [
        f"  {frame.f_code.co_filename}:{line} in {frame.f_code.co_name}" for frame, line in frames
    ]


def _exception_of(record: logging.LogRecord) -> BaseException | None:
    found: Any = record.exc_info[1] if isinstance(record.exc_info, tuple) else record.exc_info
    return found if isinstance(found, BaseException) else None


def _plain(value: Any) -> Any:
    return kind_of(value) if isinstance(value, BaseException) else value
