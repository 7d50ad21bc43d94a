"""The number of a bank account (IBAN). It is read on the server, by a library without a twin."""

from typing import Any

from stdnum import iban
from stdnum.exceptions import ValidationError

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import Settings, unreadable
from builder.question_types.base.free import LONGEST_AT_THE_DOOR, ReadAtTheDoor
from builder.values import Missing, Value, is_blank


class Iban(ReadAtTheDoor):
    """An account anywhere, with its check digits and its country's length; kept without spaces."""

    name = "iban"
    label = _("Bank account (IBAN)")
    searches = ("number",)
    icon = "calendar-alt"
    reading_hint = _("with or without spaces: the check digits are verified")

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        if is_blank(text):
            return Missing
        try:
            # Without the countries' lists of banks, which age: a new bank's account is one too.
            known = len(text) <= LONGEST_AT_THE_DOOR and iban.validate(text, check_country=False)
            return str(known) if known else _wrong(text)
        except ValidationError:
            return _wrong(text)

    def show(self, value: Any, settings: Settings, language: str) -> str:
        """In groups of four, as on a bank's paper; what could not be read, as it was typed."""
        return str(iban.format(value)) if iban.is_valid(value, check_country=False) else str(value)


def _wrong(text: str) -> Problem:
    return unreadable(text, _("“%(text)s” is not an IBAN: a digit may be wrong."))


IBAN = Iban()
