"""The small script of the journey from a blank page, as an editor writes it in the workshop."""

from typing import Any

from tests.journeys.workshop import add, open_group, pick, pick_condition, write


def write_opening(page: Any) -> None:
    """Who is called: facts of the person, and the first line with their name in it."""
    add(page, "body")
    write(page, "body-0-value-title", "Opening")
    items = "body-0-value-items"
    for number, (kind, label, fact) in enumerate(
        (
            ("Text", "Given name", "given name"),
            ("Text", "Family name", "family name"),
            ("Telephone number", "Phone number", "phone number"),
        )
    ):
        add(page, items, kind)
        write(page, f"{items}-{number}-value-label", label)
        open_group(page, f"{items}-{number}-value-fact")
        page.select_option(f"[name={items}-{number}-value-fact]", label=fact)
    add(page, items, "Line: said aloud")
    page.fill(
        f"[name={items}-3-value-text]", "Good day, am I speaking with {given_name} {family_name}?"
    )
    add(page, items, "Yes or no")
    write(page, f"{items}-4-value-label", "Is this the right person?")
    page.check(f"[name={items}-4-value-required]")


def write_health(page: Any) -> None:
    """A question that is asked on a condition, and a date that is computed of its answer."""
    add(page, "body")
    write(page, "body-1-value-title", "Health")
    items = "body-1-value-items"
    add(page, items, "Yes or no")
    write(page, f"{items}-0-value-label", "Do you feel ill?")
    page.check(f"[name={items}-0-value-required]")
    add(page, items, "Date")
    write(page, f"{items}-1-value-label", "Since when?")
    page.check(f"[name={items}-1-value-required]")
    pick_condition(page, f"{items}-1-value-relevance", "Do you feel ill?", "yes")
    add(page, items, "Calculation")
    write(page, f"{items}-2-value-label", "At home until")
    pick(page, f"{items}-2-value-question", "Since when?")
    page.fill(f"[name={items}-2-value-number]", "7")
    add(page, items, "Text")
    write(page, f"{items}-3-value-label", "Anything else, {given_name}?")


def write_outcomes(page: Any) -> None:
    """One outcome that issues the certificate, one that does not."""
    add(page, "outcomes")
    write(page, "outcomes-0-value-label", "Stays at home")
    pick_condition(page, "outcomes-0-value-relevance", "Do you feel ill?", "yes")
    page.check("[name=outcomes-0-value-complete]")
    add(page, "outcomes-0-value-effects", "Issue a document")
    effect = "outcomes-0-value-effects-0-value"
    pick(page, f"{effect}-document", "Certificate of staying at home")
    pick(page, f"{effect}-valid_until", "At home until")
    add(page, "outcomes")
    write(page, "outcomes-1-value-label", "Feels well")
    pick_condition(page, "outcomes-1-value-relevance", "Do you feel ill?", "no")
