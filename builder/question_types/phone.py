"""A telephone number, kept as `+32470123456`. It is read on the server, by a library without a browser's twin."""

from typing import Any

import phonenumbers

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import Setting, Settings, unreadable
from builder.question_types.base.free import ReadAtTheDoor
from builder.values import Missing, Value, is_blank
from builder.values.reading_phones import phone_of


class Phone(ReadAtTheDoor):
    """A number one can call, in the way of its country or with a country code."""

    name = "phone"
    label = _("Telephone number")
    settings = (Setting("country", "country", "BE", _("Country")),)
    searches = ("phone",)
    icon = "mobile-alt"
    keyboard = "tel"
    reading_hint = _("as you hear it: the number is checked")

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        if is_blank(text):
            return Missing
        return phone_of(text, settings.country) or unreadable(
            text, _("“%(text)s” is not a telephone number.")
        )

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
