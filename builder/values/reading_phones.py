"""Reading telephone numbers, by a library without a browser's twin."""

import phonenumbers


def phone_of(text: str, country: str) -> str:
    """The number as `+32470123456`; an empty text for none."""
    try:
        number = phonenumbers.parse(text[:50], country)
    except phonenumbers.NumberParseException:
        return ""
    if len(text) > 50 or number.extension or not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
