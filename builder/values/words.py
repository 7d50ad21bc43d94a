"""The few words that values themselves need, by language: yes and no, who writes a decimal comma. Those of dates: `date_words`.

Spelled out here (and in the browser's twin) because both engines must print the same bytes.
"""

from typing import Final

YES_NO: Final = {
    "en": ("Yes", "No"),
    "fr": ("Oui", "Non"),
    "nl": ("Ja", "Nee"),
    "de": ("Ja", "Nein"),
}
# Languages that write 1.234,5 where English writes 1,234.5.
DECIMAL_COMMA: Final = frozenset({"fr", "nl", "de"})


def base(language: str) -> str:
    """The language without its country, or English where we have no words for it."""
    short = language.split("-")[0].lower()
    return short if short in YES_NO else "en"
