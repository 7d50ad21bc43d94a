"""A telephone number, kept as `+32470123456`. It is read on the server, by a library without a browser's twin."""

from typing import Any

import phonenumbers

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import (
    Admitted,
    QuestionType,
    Setting,
    Settings,
    admit_text,
    unreadable,
)
from builder.values import Missing, Value, is_blank


class Phone(QuestionType):
    """A number one can call, in the way of its country or with a country code."""

    name = "phone"
    label = _("Telephone number")
    answer_type = "text"
    settings = (Setting("country", "country", "BE", _("Country")),)
    door = True
    icon = "mobile-alt"
    keyboard = "tel"
    reading_hint = _("as you hear it: the number is checked")

    def admit(self, value: object, settings: Settings) -> Admitted:
        return Admitted(Missing) if value is None else admit_text(value, 50)

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        if is_blank(text):
            return Missing
        try:
            number = phonenumbers.parse(text[:50], settings.country)
        except phonenumbers.NumberParseException:
            return unreadable(text, _("“%(text)s” is not a telephone number."))
        if len(text) > 50 or number.extension or not phonenumbers.is_valid_number(number):
            return unreadable(text, _("“%(text)s” is not a telephone number."))
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def show(self, value: Any, settings: Settings, language: str) -> str:
        """As it is dialled from anywhere: `+32 470 12 34 56`; what could not be read, as it was typed."""
        try:
            number = phonenumbers.parse(value, None)
        except phonenumbers.NumberParseException:
            return str(value)
        return str(
            phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        )


PHONE = Phone()
