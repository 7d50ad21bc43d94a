"""From the bytes of a file to a reading: the door of the FHIR reader."""

import json
from collections.abc import Mapping
from typing import Any

from builder.interchange.base import LONGEST_TITLE, Body, Outcome, Reading
from builder.interchange.fhir.choices import Choices
from builder.interchange.fhir.conditions import Conditions
from builder.interchange.fhir.items import Item, ItemReader, objects, text_of
from builder.interchange.fhir.sections import Layout
from builder.interchange.names import block_id
from builder.interchange.notes import Notes

MOST_BYTES = 12 * 1024 * 1024
MEGABYTE = 1024 * 1024
NOT_ASKED = ("group", "display")


class FhirQuestionnaire:
    """FHIR Questionnaire as JSON: R4, and leniently what R5 and STU3 spell otherwise."""

    name = "fhir"
    label = "FHIR Questionnaire (JSON)"

    def read(self, data: bytes) -> Reading:
        """The form in a file; problems instead of exceptions, whatever the bytes are."""
        notes = Notes()
        questionnaire = _questionnaire(data, notes)
        body = _body(questionnaire, notes) if questionnaire is not None else None
        return Reading(body, tuple(notes.problems), tuple(notes.losses))


def _questionnaire(data: bytes, notes: Notes) -> Mapping[str, Any] | None:
    if len(data) > MOST_BYTES:
        notes.problem("too_large", megabytes=MOST_BYTES // MEGABYTE)
        return None
    try:
        resource = json.loads(_text(data))
    except (ValueError, RecursionError):
        notes.problem("not_json")
        return None
    found = _inside(resource)
    if found is None:
        notes.problem("not_questionnaire")
    elif found is not resource:
        notes.problem("bundle")
    return found


def _text(data: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return data.decode("utf-16" if wide else "utf-8-sig")


def _inside(resource: Any) -> Mapping[str, Any] | None:
    if not isinstance(resource, dict):
        return None
    if resource.get("resourceType") == "Questionnaire":
        return resource
    entries = (entry.get("resource") for entry in objects(resource.get("entry")))
    return next(
        (
            one
            for one in entries
            if isinstance(one, dict) and one.get("resourceType") == "Questionnaire"
        ),
        None,
    )


def _body(questionnaire: Mapping[str, Any], notes: Notes) -> Body | None:
    items = ItemReader(notes).read(questionnaire.get("item"))
    title = _title(questionnaire)
    form = text_of(questionnaire.get("url")) or title
    conditions = Conditions(notes, _questions(items))
    layout = Layout(form, notes, Choices(questionnaire, notes), conditions)
    layout.lay_out(items, title)
    if not any(section.items for section in layout.sections):
        notes.problem("nothing_to_ask")
        return None
    outcome = Outcome(block_id(form, "outcome"), layout.names.take("completed"), "Completed")
    return Body(title, _language(questionnaire), tuple(layout.sections), (outcome,))


def _questions(items: tuple[Item, ...]) -> frozenset[str]:
    return frozenset(
        one.link_id for item in items for one in item.walk() if one.kind not in NOT_ASKED
    )


def _title(questionnaire: Mapping[str, Any]) -> str:
    for key in ("title", "name", "id", "url"):
        text = text_of(questionnaire.get(key))
        text = " ".join((text.replace("_", " ") if key == "name" else text).split())
        if text:
            return text[:LONGEST_TITLE]
    return "Questionnaire"


def _language(questionnaire: Mapping[str, Any]) -> str:
    return text_of(questionnaire.get("language")).split("-")[0].lower()[:8]
