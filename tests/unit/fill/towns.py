"""A form whose entries each ask for one of very many towns."""

from typing import Any

from tests.definitions import data, outcome, question, section

SYLLABLES = ("ba", "der", "gem", "hout", "ker", "lo", "mol", "ne", "ri", "stad")


def towns(count: int) -> list[dict[str, Any]]:
    """So many towns with names in two languages."""
    return [_town(number) for number in range(count)]


def _town(number: int) -> dict[str, Any]:
    word = "".join(SYLLABLES[int(digit)] for digit in f"{number:04}").capitalize()
    label = {"en": f"{word} on the river {number}", "fr": f"{word} sur la rivière {number}"}
    return {"name": f"t{number}", "label": label, "attributes": {"province": f"p{number % 10}"}}


def travels(count: int) -> dict[str, Any]:
    """Where one lives, and a repeat of up to 20 visits."""
    listed = towns(count)
    visit = question(
        "town", "choose_from_list", choices=listed, label={"en": "Town", "fr": "Ville"}
    )
    return data(
        section("start", question("home", "choose_one", choices=listed), question("remark")),
        section("visits", visit, question("why"), repeat={"maximum": 20, "entry_label": "Visit"}),
        outcomes=[outcome("done", complete=False)],
        languages=("en", "fr"),
        title="Travels",
    )
