"""The script that every simulated agent works through: 40 answers in four sections, and somebody named whom the end makes a call for."""

from typing import Any

from tests.definitions import data, outcome, question, section

TOPICS = ("health", "home", "work", "journey")
KINDS = ("yes_no", "text", "integer", "choose_one", "date", "choose_several", "yes_no", "long_text", "decimal")  # fmt: skip
CHOICES = ("never", "sometimes", "often", "always")
LIKELY: dict[str, list[Any]] = {
    "yes_no": [True, False],
    "text": ["Rue de la Station", "Brugge", "Antoinette", "third floor, left"],
    "long_text": [
        "Says that it began after the weekend, and that the children had it first. " * 2
    ],
    "integer": ["0", "1", "2", "3", "14"],
    "decimal": ["36.6", "37.8", "39.1"],
    "choose_one": list(CHOICES),
    "choose_several": [["never"], ["sometimes", "often"]],
    "date": ["2026-03-02", "2026-03-11", "2026-03-15"],
    "phone": ["+32470123456"],
}
ENTRY = "c1"
CONTACT = ("contact_name", "contact_phone", "contact_met")
EFFECTS = (
    {"effect": "notify", "arguments": {"channel": "duty"}, "text": {"en": ["A call has ended."]}},
    {"effect": "spawn_items", "arguments": {"campaign": "contacts", "repeat": "contacts"}},
    {"effect": "set_fact", "arguments": {"fact": "language", "answer": "spoken"}},
)


def call() -> dict[str, Any]:
    """The script of the campaign, as data."""
    sections = [_topic(topic) for topic in TOPICS]
    sections[0]["items"].insert(0, question("spoken", required=True))
    met = section(
        "contacts",
        question("contact_name", fact="given_name"),
        question("contact_phone", "phone", fact="phone"),
        question("contact_met", "date"),
        repeat={"party": True},
    )
    end = {**outcome("done", complete=True, disposition="reached"), "effects": list(EFFECTS)}
    return data(*sections, met, outcomes=[end], title="Follow-up")


def contact() -> dict[str, Any]:
    """The script for whom a call named: nobody works through it here."""
    who = section("contact", question("first_name", fact="given_name"))
    return data(who, outcomes=[outcome("done")], title="Contact")


def answers() -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    """The sections in their order, of each the places and what may be said there: 40 places in all."""
    found = [
        (topic, [(f"{topic}_{number}", LIKELY[kind]) for number, kind in enumerate(KINDS)])
        for topic in TOPICS
    ]
    found[0][1].insert(0, ("spoken", ["nl", "fr", "de"]))
    return [*found, ("contacts", [(f"contacts/{ENTRY}/{name}", []) for name in CONTACT])]


def _topic(topic: str) -> dict[str, Any]:
    return section(topic, *(_question(topic, number, kind) for number, kind in enumerate(KINDS)))


def _question(topic: str, number: int, kind: str) -> dict[str, Any]:
    name, label = f"{topic}_{number}", f"What is known of their {topic} ({number})?"
    if kind.startswith("choose"):
        return question(name, kind, label=label, choices=list(CHOICES))
    return question(name, kind, label=label, required=number == 0)
