"""How telephone systems write numbers, read to the one way contact points have them."""

import re

import phonenumbers

from runtime.parties.facts import COUNTRY


def normal(told: str) -> str:
    """`+32470123456` of what was told, with or without its plus or country; nothing where it is no number of a person (an
    extension, a name, an address without digits)."""
    text = re.sub(r"^(sips?|tel):", "", told.strip(), flags=re.IGNORECASE).partition("@")[0]
    text = text.partition(";")[0]
    for form, country in ((text, COUNTRY), (f"+{text.lstrip('+')}", None)):
        try:
            number = phonenumbers.parse(form, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return ""
