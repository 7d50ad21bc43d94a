"""Logs keep the kind and the place of what went wrong, never the data it happened to."""

import logging
import sys

import pytest

from config.logs import NoData

CANARY = "Peeters 0470 12 34 56"


def logged(record: logging.LogRecord) -> str:
    NoData().filter(record)
    return logging.Formatter("%(message)s").format(record)


def record_of(message: object, *arguments: object, exc_info: object = None) -> logging.LogRecord:
    return logging.LogRecord("test", logging.ERROR, __file__, 1, message, arguments, exc_info)  # type: ignore[arg-type]


def raised() -> tuple:
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as cause:
            raise ValueError(f"cannot read {CANARY}") from cause
    except ValueError:
        return sys.exc_info()


def test_the_text_of_an_exception_and_of_its_cause_is_dropped():
    written = logged(record_of("it failed", exc_info=raised()))
    assert CANARY not in written
    assert "builtins.ValueError" in written
    assert "builtins.KeyError" in written
    assert "in raised" in written


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("failed: %s", (ValueError(CANARY),)),
        ("failed: %(why)s", ({"why": ValueError(CANARY)},)),
        (ValueError(CANARY), ()),
    ],
)
def test_an_exception_given_as_text_is_dropped_too(message, arguments):
    written = logged(record_of(message, *arguments))
    assert CANARY not in written
    assert "ValueError" in written


def test_other_words_stay():
    assert logged(record_of("worker %s started", 3)) == "worker 3 started"


def test_an_exception_that_causes_itself_ends():
    loop = ValueError(CANARY)
    loop.__cause__ = loop
    assert logged(record_of("x", exc_info=(ValueError, loop, None))).count("ValueError") == 1
