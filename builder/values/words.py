"""The few words that values themselves need, by language: months, weekdays, yes and no, days near today.

Spelled out here (and in the browser's twin) because both engines must print the same bytes, which no library's
calendar promises. All are lower-case and without accents for reading, as written for showing.
"""

from typing import Final

MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
WEEKDAYS: Final = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
}
YES_NO: Final = {
    "en": ("Yes", "No"),
    "fr": ("Oui", "Non"),
    "nl": ("Ja", "Nee"),
    "de": ("Ja", "Nein"),
}
NEAR: Final = {
    "en": {"today": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2},
    "fr": {"aujourd'hui": 0, "aujourdhui": 0, "hier": -1, "demain": 1, "avant-hier": -2},
    "nl": {"vandaag": 0, "gisteren": -1, "morgen": 1, "eergisteren": -2, "overmorgen": 2},
    "de": {"heute": 0, "gestern": -1, "morgen": 1, "vorgestern": -2, "ubermorgen": 2},
}
# Hours that have a name, in all our languages.
HOURS: Final = {
    **dict.fromkeys(("noon", "midday", "midi", "middag", "mittag"), "12:00"),
    **dict.fromkeys(("midnight", "minuit", "middernacht", "mitternacht"), "00:00"),
}
# What may stand around a day and a month without meaning anything.
FILLERS: Final = frozenset(["the", "of", "le", "du", "de", "den", "der", "op", "am", "on"])
# Languages that write 1.234,5 where English writes 1,234.5.
DECIMAL_COMMA: Final = frozenset({"fr", "nl", "de"})


def base(language: str) -> str:
    """The language without its country, or English where we have no words for it."""
    short = language.split("-")[0].lower()
    return short if short in MONTHS else "en"
