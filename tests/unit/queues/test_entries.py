"""The persons in a repeat: who they are, and what was answered of them."""

from runtime.engine import Live, start
from runtime.queues.effects import entries_of
from tests.definitions import TODAY, definition, question, section

FORM = definition(
    section("one", question("asked", "yes_no")),
    section(
        "household",
        question("street"),
        relevance=["or_else", ["answer", "asked"], ["value", "bool", True]],
        repeat=True,
    ),
    section("member", question("who", fact="given_name"), within="household", repeat=True),
    section("health", question("ill", "yes_no"), within="member"),
    kind="form",
)


def view(**answers: object) -> dict[str, object]:
    live = Live(FORM, start(FORM, "en"), TODAY)
    for repeat, entry in (("household", "a"), ("household", "b"), ("household/b/member", "x")):
        live.advance({"command": "add_entry", "repeat": repeat, "entry": entry})
    for place, value in answers.items():
        live.advance({"command": "answer", "place": place.replace("__", "/"), "value": value})
    return live.view()


def test_who_lies_in_an_inner_repeat_is_known_by_all_the_entries_around():
    shown = view(household__b__member__x__who="Eve", household__b__member__x__ill=True)
    [entry] = entries_of(FORM, shown, "member")
    assert (entry.id, entry.facts, entry.answers) == ("b/x", {"given_name": "Eve"}, {"ill": True})


def test_an_outer_entry_has_its_own_answers_alone():
    shown = view(household__b__street="Rue 1", household__b__member__x__who="Eve")
    [entry] = entries_of(FORM, shown, "household")
    assert (entry.id, entry.answers) == ("b", {"street": "Rue 1"})


def test_nobody_is_taken_from_a_hidden_repeat():
    shown = view(household__b__member__x__who="Eve", asked=False)
    assert entries_of(FORM, shown, "member") == []
