"""A national number of a person, with its check digits. It is read on the server, by a library without a twin."""

from typing import Any, Final

from stdnum.be import nn as be
from stdnum.ch import ssn as ch
from stdnum.de import idnr as de
from stdnum.es import nie as es_nie
from stdnum.es import nif as es
from stdnum.exceptions import ValidationError
from stdnum.fr import nir as fr
from stdnum.it import codicefiscale as it
from stdnum.lt import asmens as lt
from stdnum.nl import bsn as nl
from stdnum.pl import pesel as pl
from stdnum.se import personnummer as se

from builder.problems import Problem
from builder.problems import gettext_noop as _
from builder.question_types.base import Setting, Settings, unreadable
from builder.question_types.base.free import LONGEST_AT_THE_DOOR, ReadAtTheDoor
from builder.values import Missing, Value, is_blank

# One row a country: the modules that know its numbers, tried in order.
COUNTRIES: Final[dict[str, tuple[Any, ...]]] = {
    "BE": (be,),
    "CH": (ch,),
    "DE": (de,),
    "ES": (es, es_nie),
    "FR": (fr,),
    "IT": (it,),
    "LT": (lt,),
    "NL": (nl,),
    "PL": (pl,),
    "SE": (se,),
}


class NationalNumber(ReadAtTheDoor):
    """The number a country gives a person, kept without spaces and dots."""

    name = "national_number"
    label = _("National number")
    settings = (Setting("country", "country", "BE", _("Country")),)
    searches = ("number",)
    icon = "user"
    keyboard = "numeric"
    reading_hint = _("with or without dots: the check digits are verified")

    def read(
        self, text: str, settings: Settings, today: str, language: str
    ) -> "Value | None | Problem":
        if is_blank(text):
            return Missing
        for module in COUNTRIES.get(settings.country, ()):
            try:
                return (
                    str(module.validate(text[:LONGEST_AT_THE_DOOR]))
                    if len(text) <= LONGEST_AT_THE_DOOR
                    else unreadable(text, _UNREADABLE)
                )
            except ValidationError:
                continue
        return unreadable(text, _UNREADABLE)

    def show(self, value: Any, settings: Settings, language: str) -> str:
        modules = COUNTRIES.get(settings.country, ())
        writer = getattr(modules[0], "format", None) if modules else None
        return str(writer(value)) if writer and modules[0].is_valid(value) else str(value)


_UNREADABLE: Final = _("“%(text)s” is not a national number: a digit may be wrong.")

NATIONAL_NUMBER = NationalNumber()
