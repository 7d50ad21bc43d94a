"""Saving what a section was posted with: the cookie says who sits there, so that each post has a fresh sitting and token.

What is typed is saved first, faulty or not; only then it is asked whether one may go on. Two posts of one page make the same events.
"""

import uuid
from dataclasses import dataclass
from html import escape
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from builder.definition import Definition
from builder.models import load
from runtime import engine
from runtime.records import actions as records
from runtime.records.append import append
from runtime.records.models import Record, Session
from runtime.records.settling import Settled
from runtime.workspace.screen_posts import Posted, Reader, batch_of, read_post
from runtime.workspace.screen_uploads import take_files
from runtime.workspace.wording import problem_sentence

PURPOSE = "self_service"
OURS = frozenset({"next", "later", "check"})  # deeds of the page, none of the record


@dataclass(frozen=True, repr=False)
class Sitting:
    """A record as it stands for who sits at it now."""

    record: Record
    session: Session
    token: str
    settled: Settled
    definition: Definition

    @property
    def today(self) -> str:
        return self.session.today.isoformat()


@dataclass(frozen=True, repr=False)
class Saved:
    """What became of a post: the sitting after it, texts that could not be read, what was not saved (escaped paragraphs)."""

    sitting: Sitting
    typed: dict[str, str]
    notice: str
    kept: bool  # whether all of it is in the record


def sit(record: Record) -> Sitting:
    """The sitting of today at a record. Once more where the record came to another version meanwhile."""
    session, token = _resumed(record)
    settled = records.settle(record.pk, by=None, purpose=PURPOSE)
    if settled.version != record.version_id:
        record.refresh_from_db(fields=["version"])
        session, token = _resumed(record)
    return Sitting(record, session, token, settled, load(record.version_id))


def _resumed(record: Record) -> tuple[Session, str]:
    return records.resume_session(record=record, by=None, kind="public", purpose=PURPOSE)


def save(request: HttpRequest, sitting: Sitting) -> Saved:
    """Saves what a section was posted with."""
    record, definition = sitting.record, sitting.definition
    post, not_kept = take_files(request, record, definition, timezone.now(), sitting.token)
    go = post.get("go", "")
    if go.partition(":")[0] in OURS:
        post["go"] = ""
    reader = Reader(definition, sitting.session.today, request.LANGUAGE_CODE)
    posted = read_post(reader, sitting.settled.state, post)
    told, kept = _appended(sitting, posted, post)
    told = not_kept + told
    settled = records.settle(record.pk, by=None, purpose=PURPOSE)
    if not kept:  # what was typed stands in its fields all the same
        settled = _as_posted(sitting, posted)
    after = Sitting(record, sitting.session, sitting.token, settled, definition)
    return Saved(after, posted.typed, told, kept)


def _appended(sitting: Sitting, posted: Posted, post: QueryDict) -> tuple[str, bool]:
    batch = batch_of(posted, post.get("nonce", ""), sitting.settled.number)
    saved = append(sitting.token, batch, timezone.now(), record=sitting.record.pk)
    words = [problem_sentence(row["code"], None, "public") for row in posted.refused]
    words += [row["message"] for row in saved.refused]
    words += [saved.message] if saved.message else []
    told = "".join(f"<p>{escape(each)}</p>" for each in dict.fromkeys(words))
    return told, not saved.message and not saved.refused


def _as_posted(sitting: Sitting, posted: Posted) -> Settled:
    view = engine.view(sitting.definition, posted.state, sitting.today)
    before = sitting.settled
    return Settled(posted.state, view, before.number, (), before.version)


def go_to(sitting: Sitting, section: str) -> bool:
    """On from this section; False where nothing follows."""
    state = engine.fold(
        sitting.definition,
        sitting.settled.state,
        {"event": "section_opened", "section": section},
    )
    _after, events = engine.advance(sitting.definition, state, {"command": "next"}, sitting.today)
    if any(event["event"] == "refused" for event in events):
        return False
    rows: list[Any] = [
        {"id": str(uuid.uuid4()), "seen": sitting.settled.number, "event": event}
        for event in events
    ]
    append(sitting.token, rows, timezone.now(), record=sitting.record.pk)
    return True
