"""What is known of a party, and how two writings of it are seen to be the same."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import phonenumbers
from anyascii import anyascii

COUNTRY = "BE"  # how a number without a country code is read
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, repr=False)
class Facts:
    """Typed facts, None where nothing is known. Has no repr: facts never reach a log or a traceback."""

    given_name: str | None = None
    family_name: str | None = None
    birth_date: str | None = None
    phone: str | None = None
    national_number: str | None = None
    email: str | None = None
    language: str | None = None
    address: str | None = None

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> "Facts":
        """Facts from a mapping. An unknown fact is a mistake of the program; a blank one is not known."""
        unknown = set(facts) - FACTS
        if unknown:
            raise ValueError(f"unknown facts: {', '.join(sorted(unknown))}")
        clean = {name: _clean(value) for name, value in facts.items()}
        if clean.get("phone"):
            clean["phone"] = phone(str(clean["phone"]))
        return cls(**clean)

    def known(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value is not None}

    def with_newer(self, newer: "Facts") -> "Facts":
        """These facts, replaced where the newer ones know better."""
        return Facts(**{**self.known(), **newer.known()})

    def differing(self, told: "Facts") -> frozenset[str]:
        """What the two say otherwise of who it is. Ways to reach somebody may be many, and a language may be learnt."""
        both = self.known().keys() & told.known().keys() & WHO.keys()
        return frozenset(
            name
            for name in both
            if WHO[name](getattr(self, name)) != WHO[name](getattr(told, name))
        )


FACTS = frozenset(field.name for field in fields(Facts))


def phone(text: str) -> str:
    """The number as +32470123456 where it can be read, else what was written without its decoration."""
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        return re.sub(r"[^+0-9a-zA-Z]", "", text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def may_be_mobile(text: str) -> bool:
    """Whether a text message may arrive at this number."""
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(text, COUNTRY))
    except phonenumbers.NumberParseException:
        return False
    mobile = phonenumbers.PhoneNumberType
    return kind in {mobile.MOBILE, mobile.FIXED_LINE_OR_MOBILE}


def word(text: str | None) -> str:
    """A name without case, accents and marks: what two writings of it share."""
    return _NOT_WORD.sub("", anyascii(text or "").lower())


def number(text: str) -> str:
    """A national number without its dots and dashes."""
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


# The facts that say who somebody is, with what two writings of each share.
WHO: Mapping[str, Callable[[str], str]] = {
    "given_name": word,
    "family_name": word,
    "birth_date": str,
    "national_number": number,
}


def keys_of(facts: Facts) -> dict[str, str]:
    """The exact keys that find a party again, by field, normalised; each only when it is complete."""
    keys = {}
    if facts.national_number:
        keys["national_number"] = number(facts.national_number)
    if facts.phone and facts.family_name and facts.given_name:
        keys["phone_name"] = f"{facts.phone}|{word(facts.family_name)}|{word(facts.given_name)}"
    return keys


def contact_points_of(facts: Facts) -> dict[str, str]:
    return {
        kind: value for kind in ("phone", "email", "address") if (value := getattr(facts, kind))
    }


def _clean(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError("a fact is a text")
    return value.strip() or None
