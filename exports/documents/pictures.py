"""The pictures a document shows: small ones of photos, and drawn signatures. Opened when it is issued and sealed with its facts,
so that it never changes when the record does; its text says nothing in their place.
"""

import base64
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from builder.definition import Definition, Question, index
from builder.question_types import TYPES
from builder.question_types.base.stored import MEDIA_TYPES
from exports.readings import answers
from runtime.records import store
from runtime.records.models import Record

Facts = Mapping[str, Any]


@dataclass(frozen=True, repr=False)
class Picture:
    """A picture on paper: the name it is loaded by, what it shows in the words of its question."""

    name: str
    said: str
    data: bytes


@dataclass(frozen=True, repr=False)
class Shown:
    """The picture of an answer, as it was opened."""

    question: Question
    media_type: str
    data: bytes


def pictures_of(names: Iterable[str], record: Record, opened: Any, by: Any) -> dict[str, Shown]:
    """The pictures of those answers that have one; each opening is logged first."""
    values, questions = answers(opened), index(opened.definition).questions
    found = {}
    for name in names:
        question, value = questions.get(name), values.get(name)
        if question is None or not TYPES[question.type].stored or not value or "id" not in value:
            continue
        file = uuid.UUID(hex=value["id"])
        picture = store.open_file(record, file, by=by, purpose="issue_document", small=True)
        if picture is not None:
            found[name] = Shown(question, value["media_type"], picture.data)
    return found


def as_facts(
    pictures: Mapping[str, Shown], definition: Definition, languages: list[str]
) -> dict[str, Facts]:
    """The pictures as they are sealed with the facts of a document."""
    return {
        name: {
            "said": shown.question.label.plain(languages[0], definition.source),
            "ending": MEDIA_TYPES[shown.media_type],
            "data": base64.b64encode(shown.data).decode(),
        }
        for name, shown in pictures.items()
    }


def on_paper(names: Iterable[str], facts: Facts) -> tuple[Picture, ...]:
    """The pictures that the texts of a section name, in their order, each once."""
    sealed = facts.get("pictures", {})
    order = {name: f"picture-{number}" for number, name in enumerate(sealed, start=1)}
    return tuple(
        Picture(
            order[name] + sealed[name]["ending"],
            sealed[name]["said"],
            base64.b64decode(sealed[name]["data"]),
        )
        for name in dict.fromkeys(names)
        if name in sealed
    )
