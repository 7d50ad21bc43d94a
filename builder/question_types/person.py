"""A person who is named in an answer."""

from collections.abc import Mapping
from typing import Any

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base.part import Part
from builder.question_types.base.parts import Composite
from builder.question_types.base.settings import Settings
from builder.values import Value
from builder.values.reading_phones import phone_of

PARTS = (
    Part("given_name", _("Given name")),
    Part("family_name", _("Family name")),
    Part("birth_date", _("Date of birth"), "date"),
    Part("phone", _("Telephone number"), "phone"),
    Part("email", _("E-mail address"), "email"),
)


class Person(Composite):
    """Names, birth date and how to reach them. A phone number that the library does not know is kept as it was typed."""

    name = "person"
    label = _("Person")
    icon = "user"
    groups = (("given_name", "family_name"), ("birth_date",), ("phone",), ("email",))

    def parts(self, settings: Settings) -> tuple[Part, ...]:
        return PARTS

    def at_the_door(
        self, value: Value, settings: Settings, language: str
    ) -> "Value | None | Problem":
        if not isinstance(value, Mapping) or "phone" not in value:
            return value
        phone: Any = value["phone"]
        return {**value, "phone": phone_of(phone, "BE") or phone}


PERSON = Person()
