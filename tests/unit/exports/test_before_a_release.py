"""Feeds and documents that read what a release touches are named on its report."""

import copy
from typing import Any

from django.utils import timezone

from builder.definition import load
from builder.models import definition_of
from builder.reports import Matter
from exports.views.releases import documents, feeds
from tests.unit.exports import making


def matter(version: Any, by: Any, gone: str) -> Matter:
    made = copy.deepcopy(making.call())
    for section in made["sections"]:
        section["items"] = [item for item in section["items"] if item.get("name") != gone]
    return Matter(version.app, definition_of(version), load(made), {}, by, timezone.now())


def test_a_feed_whose_column_reads_what_is_gone_is_named(
    version: Any, feed: Any, data_officer: Any, editor: Any
) -> None:
    source = next(each["source"] for each in feed.columns if not each["source"].startswith("_"))
    gone = source.partition(".")[0]
    told = feeds(matter(version, data_officer, gone))
    assert told is not None
    (line,) = told.lines
    assert (line.text, bool(line.link)) == (feed.title, True)
    assert "removed" in line.notes[0]
    told = feeds(matter(version, editor, gone))
    assert told is not None
    assert told.lines[0].link == ""
    assert feeds(matter(version, editor, "nothing")) is None


def test_a_document_whose_text_names_what_is_gone_is_named(
    version: Any, template: Any, editor: Any
) -> None:
    named = [
        name
        for name in definition_of(version).sections[0].items
        if (told := documents(matter(version, editor, getattr(name, "name", "")))) and told.lines
    ]
    assert named
    assert documents(matter(version, editor, "nothing")) is None
