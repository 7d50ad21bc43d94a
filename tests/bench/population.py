"""A population to search in: Belgian-like names, drawn by a seed, and the ways people mistype them.

Nobody here exists. Frequent surnames follow a Zipf-like curve; the long tail is put together from
syllables of both languages. A village has few names (the tests), a country as many as Belgium's frequent ones (the figures).
"""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from string import ascii_lowercase
from typing import NamedTuple

GIVEN = """
Marie Jean Anne Luc Emma Louis Nathalie Marc Julie Patrick Isabelle Michel Sarah Thomas Laura Nicolas
Sophie David Camille Philippe Charlotte Pierre Sofie Kevin Elise Jan Lotte Peter Hanne Bart Eva Koen
Ines Wim Yasmine Mohamed Fatima Youssef Amina Karim Nadia Hassan Samira Mehmet Ayse Emre Elif Omer
Stijn Tom Jeroen Pieter Dirk Geert Filip Johan Erik Gert Kristof Sven Joris Maarten Ruben Robbe Wout
Seppe Daan Finn Lars Noor Fien Lore Marthe Jade Nora Olivia Mila Lina Alice Zoe Lea Chloe Manon Clara
Ines Margaux Eline Femke Griet Leen Hilde Martine Christine Monique Rita Godelieve Simonne Yvonne
Georges Andre Roger Willy Albert Maurice Raymond Fernand Gaston Emile Jules Victor Arthur Hugo Adam
Noah Liam Gabriel Lucas Mathis Nathan Theo Sacha Ethan Aaron Samuel Elias Victoria Ben Al Adele
Genevieve Dominique Veronique Beatrice Severine Aurelie Celine Helene Melanie Florence Francoise
Joao Ana Miguel Carmen Jose Pilar Giulia Marco Paolo Francesca Agnieszka Piotr Katarzyna Lukasz
Ioana Andrei Elena Dimitri Olga Svetlana Nguyen Linh Wei Mei Kofi Ama Fatou Mamadou Aissatou Ousmane
""".split()  # noqa: SIM905
SURNAMES = (
    """
Peeters|Janssens|Maes|Jacobs|Mertens|Willems|Claes|Goossens|Wouters|De Smet|Dubois|Lambert|Hermans
Pauwels|Dupont|Vermeulen|Aerts|Michiels|Leclercq|Martens|Desmet|Van Damme|Simon|Janssen|Cools|Smets
Hendrickx|Segers|Stevens|De Backer|De Clercq|Dumont|Laurent|Verhoeven|De Vos|Verstraete|Declercq
Lenaerts|Bogaert|Van den Broeck|Van de Velde|Martin|Denis|Leroy|Lemmens|Coppens|Timmermans|Bosmans
De Cock|Van Dyck|Vandenberghe|Renard|Carlier|Thys|Wauters|Mathieu|Gerard|Verbeke|Baert|De Wilde
Lauwers|Verhaegen|Van der Linden|Michel|Bauwens|Thomas|Cornelis|De Meyer|Vandamme|Van Acker|Evrard
Lejeune|Adam|Noel|Charlier|Nijs|Nys|Beckers|Moens|Wuyts|Geerts|Christiaens|Yilmaz|El Amrani|Benali
Bouchard|Petit|Francois|Moreau|Robert|Lefebvre|Deckers|Dekkers|Van Hecke|Vanhecke|De Ridder|Diallo
Bah|Nguyen|Kaya|Demir|Ozturk|Da Silva|Dos Santos|Ferreira|Kowalski|Nowak|Popescu|Ionescu|Haddad|Ben Said
Saint Germain|Le Roy|Du Bois|De la Croix|Van den Berghe|Van der Elst|Ten Brinke|Op de Beeck|Delvaux
Collignon|Lacroix|Fontaine|Marchal|Gilson|Piette|Detry|Wathelet|Legrand|Lallemand|Hubert|Gaspard
Quintens|Schepers|Schoonjans|Vercauteren|Verschueren|Vandeputte|Van Looy|Vandewalle|Heylen|Hoste
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
HEADS = "Ver Van De Der Bo Ha Hae Cou Lau Gil Mou Roe Schoe Win Kin Ster Blan Fon Mar Per Del Ra Col Le Wil".split()  # noqa: SIM905
MIDDLES = "ck st mm nd ll rt n r v ss g rd nt lv ch ts mp ns ff rk bb cqu gn rn".split()  # noqa: SIM905
TAILS = "ens aert mans eau oy ier inck aerts elaere huys dael beke ert et on iaux eghem hoven sen oux ette".split()  # noqa: SIM905
PARTICLES = ("Van ", "De ", "Van den ", "Van de ", "Le ", "Van der ")
FIRST_BIRTHDAY = date(1935, 1, 1)


@dataclass(frozen=True, slots=True)
class Citizen:
    """The facts of a fictional person, as `runtime.search` takes them."""

    given_name: str
    family_name: str
    birth_date: str
    phone: str
    national_number: str
    email: str = ""
    language: str = "nl"
    address: str = ""


LINKS = ("e", "a", "o", "i")
GIVEN_HEADS = "A Ma Jo Li Ka Ni Sa Ro El Fa Ju Ti Ha Be Da Lo Mi Ra Ya Ze Ca An Em Is No Vi Lu Pa Ge Mar".split()  # noqa: SIM905
GIVEN_MIDDLES = "r l n m ri li ni mi d t s b ss ll nn v k th".split()  # noqa: SIM905
GIVEN_TAILS = "a e ie ine ette o an el us ien is elle as ia".split()  # noqa: SIM905


class Names(NamedTuple):
    """Given names and surnames, the frequent ones first."""

    given: list[str]
    family: list[str]


@lru_cache(maxsize=1)
def village() -> Names:
    """170 given names, 6,100 surnames."""
    return Names(GIVEN, _surnames([""], 6_000))


@lru_cache(maxsize=1)
def country() -> Names:
    """2,740 given names, 62,451 surnames."""
    made = [
        head + middle + tail
        for head in GIVEN_HEADS
        for middle in GIVEN_MIDDLES
        for tail in GIVEN_TAILS
    ]
    random.Random("given names").shuffle(made)
    given = list(dict.fromkeys([*GIVEN, *made]))
    links = ["", *(link + letter for link in LINKS for letter in "lnrst")]
    return Names(given[:2_740], _surnames(links, 62_451)[:62_451])


def _surnames(links: list[str], count: int) -> list[str]:
    made = (
        head + middle + link + tail
        for link in links
        for head in HEADS
        for middle in MIDDLES
        for tail in TAILS
    )
    plain = list(dict.fromkeys(made))
    chance = random.Random("surnames")
    chance.shuffle(plain)
    for at in range(0, len(plain), 9):
        plain[at] = PARTICLES[at % len(PARTICLES)] + plain[at]
    return list(dict.fromkeys(SURNAMES)) + plain[:count]


@lru_cache(maxsize=4)
def _weights(count: int, exponent: float, offset: int) -> list[float]:
    return list(accumulate(1 / (rank + offset) ** exponent for rank in range(count)))


def _draw(chance: random.Random, names: list[str], *, exponent: float, offset: int) -> str:
    return chance.choices(names, cum_weights=_weights(len(names), exponent, offset))[0]


def _national_number(born: date, serial: int) -> str:
    head = f"{born:%y%m%d}{serial:03}"
    base = int(("2" if born.year >= 2000 else "") + head)
    return f"{head}{97 - base % 97:02}"


def citizen(chance: random.Random, names: Names) -> Citizen:
    given = _draw(chance, names.given, exponent=0.9, offset=20)
    if chance.random() < 0.1:
        given += chance.choice("- ") + _draw(chance, names.given, exponent=0.9, offset=20)
    family = _draw(chance, names.family, exponent=0.95, offset=30)
    if chance.random() < 0.03:
        family += "-" + _draw(chance, names.family, exponent=0.95, offset=30)
    born = FIRST_BIRTHDAY + timedelta(days=chance.randrange(31_000))
    mobile = chance.random() < 0.8
    phone = f"+324{chance.randrange(10**8):08}" if mobile else f"+322{chance.randrange(10**7):07}"
    return Citizen(
        given, family, born.isoformat(), phone, _national_number(born, chance.randrange(1, 998))
    )


def population(size: int, seed: str = "population", names: Names | None = None) -> list[Citizen]:
    """`size` people, the same for the same seed, no two with one national number."""
    chance, names = random.Random(seed), names or village()
    found: dict[str, Citizen] = {}
    while len(found) < size:
        one = citizen(chance, names)
        found[one.national_number] = one
    return list(found.values())


def edit(word: str, chance: random.Random) -> str:
    """The word with one letter left out, put in, replaced or swapped with its neighbour."""
    while True:
        at = chance.randrange(len(word))
        letter = chance.choice(ascii_lowercase)
        made = chance.choice(
            [
                word[:at] + word[at + 1 :] if len(word) > 3 else word,
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
            ]
        )
        if made.lower() != word.lower():
            return made


def mistyped(text: str, chance: random.Random) -> str:
    """The text with one edit in one of its words of four letters or more."""
    words = text.replace("-", " ").split()
    long = [at for at, word in enumerate(words) if len(word) >= 4]
    if not long:
        return text
    at = chance.choice(long)
    words[at] = edit(words[at], chance)
    return " ".join(words)


def run_together(family: str, chance: random.Random) -> str:
    """A surname with particles, written wholly or partly as one word."""
    words = family.split()
    if len(words) < 2:
        return family
    way = chance.random()
    if way < 0.6:
        return "".join(words)
    return (
        "".join(words[:-1]) + " " + words[-1] if way < 0.8 else words[0] + " " + "".join(words[1:])
    )


def renamed(one: Citizen, **facts: str) -> Citizen:
    return replace(one, **facts)
