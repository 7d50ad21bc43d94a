"""A form with one question of nearly every kind, for screens with and without JavaScript."""

from typing import Any

from tests.definitions import data, outcome, question, section

COLOURS = [
    ("red", {"en": "Red", "fr": "Rouge"}),
    ("green", {"en": "Green", "fr": "Vert"}),
    ("blue", {"en": "Blue", "fr": "Bleu"}),
]
TOWNS = [(f"t{number}", f"Town {number} upon River") for number in range(90)]


def every_kind() -> dict[str, Any]:
    """Asked on one section; the second shows what was answered."""
    return data(
        section(
            "one",
            question("at", "time"),
            question("since", "date_time"),
            question("began", "partial_date"),
            question("mail", "email"),
            question("site", "url"),
            question(
                "pain",
                "scale",
                minimum="0",
                maximum="5",
                settings={"minimum_label": {"en": "none"}, "maximum_label": {"en": "unbearable"}},
            ),
            question("order", "rank", choices=COLOURS),
            question("town", "choose_from_list", choices=TOWNS),
            question("agreed", "consent"),
            question("weight", "quantity", units=["kg", "g"]),
            question("who", "person"),
            question("home", "postal_address"),
            question(
                "signs",
                "matrix",
                rows=[("cough", "Cough"), ("fever", "Fever")],
                choices=["yes", "no"],
            ),
            question("secret", "hidden"),
        ),
        section("two", question("more", "long_text")),
        outcomes=[outcome("done", complete=False)],
        languages=("en", "fr"),
    )
