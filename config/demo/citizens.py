"""Fictional citizens, the same 500 on every machine: no name, number or address is taken from a real person."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

GIVEN = [
    "Amélie",
    "Nora",
    "Ilias",
    "Sofie",
    "Jan",
    "Marie",
    "Youssef",
    "Lotte",
    "Pieter",
    "Camille",
    "Thomas",
    "Fatima",
    "Wout",
    "Julie",
    "Karel",
    "Inès",
    "Bram",
    "Élodie",
    "Mehmet",
    "Anke",
    "Lucas",
    "Chloé",
    "Stijn",
    "Hanne",
    "Simon",
    "Leïla",
    "Maxime",
    "Griet",
    "Arthur",
    "Noémie",
    "Koen",
    "Sarah",
    "Victor",
    "Eline",
    "Hugo",
    "Margaux",
    "Dries",
    "Louise",
    "Ruben",
    "Zoë",
]
FAMILY = [
    "Peeters",
    "Janssens",
    "Maes",
    "Jacobs",
    "Mertens",
    "Willems",
    "Claes",
    "Goossens",
    "Wouters",
    "De Smet",
    "Van den Berghe",
    "Dubois",
    "Lambert",
    "Dupont",
    "Martin",
    "Simon",
    "Laurent",
    "Leroy",
    "Van Damme",
    "De Clercq",
    "Bakkali",
    "El Amrani",
    "Yilmaz",
    "Renard",
    "Vermeulen",
    "Hermans",
    "Lemaire",
    "Van Acker",
    "Desmedt",
    "Bogaert",
    "Moreau",
    "Fontaine",
    "Verhoeven",
    "De Backer",
    "Noël",
    "Charlier",
    "Aerts",
    "Segers",
    "Lefèvre",
    "Pauwels",
]
HEADER = (
    "given_name",
    "family_name",
    "birth_date",
    "national_number",
    "phone",
    "language",
    "sample_date",
)


def national_number(born: date, serial: int) -> str:
    """A Belgian national number with right check digits (97 minus the remainder, 2 before it from 2000 on)."""
    head = f"{born:%y%m%d}{serial:03d}"
    body = int(("2" if born.year >= 2000 else "") + head)
    return f"{head}{97 - body % 97:02d}"


def citizens(count: int, today: date, seed: int = 20) -> Iterator[tuple[str, ...]]:
    """Rows under HEADER."""
    dice = random.Random(seed)  # noqa: S311 the same list everywhere is the point
    for serial in range(count):
        born = date(1935, 1, 1) + timedelta(days=dice.randrange(26_000))
        yield (
            dice.choice(GIVEN),
            dice.choice(FAMILY),
            born.isoformat(),
            national_number(born, 1 + serial % 997),
            f"04{dice.choice('79')}{dice.randrange(10)} {dice.randrange(100):02d} {dice.randrange(100):02d} {dice.randrange(100):02d}",
            dice.choice(("fr", "nl", "fr", "nl", "en")),
            (today - timedelta(days=dice.randrange(1, 4))).isoformat(),
        )
