"""The writer of files: keeps what is sent by who sits at the record, and lets an answer name it.

Sending asks for the same authority as saving: a run token whose session, fence and epoch hold. It opens the record's key, for
the file is sealed under it; that an answer names a file of this record is asked at the append, with the token's key alone.
What was sent and never named is forgotten after a time; what an event names stays, as all of the log does.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import IntegrityError, transaction

from builder.question_types import TYPES, Stored
from runtime.records.batch import Item, refusal
from runtime.records.declared import Declared, declared
from runtime.records.models import Record, StoredFile
from runtime.records.sessions import why_ended
from runtime.records.store.files import About, Reference, open_about, seal_about, seal_content
from runtime.records.store.tokens import RunToken, TokenUnknown, read
from runtime.records.uploads import Ready, Sent, made_ready
from runtime.records.uploads.refusals import sentence_of, status_of

UNNAMED_FOR = dt.timedelta(
    hours=62
)  # as long as an answer may still come: 12 hours and 48, and the way
MOST_FILES, MOST_UNNAMED = 300, 40  # of one record


@dataclass(frozen=True, repr=False)
class NotKept:
    """Why a file was not kept: a code, and the sentence and status that go with it."""

    code: str
    message: str
    status: int

    @classmethod
    def because(cls, code: str, **holes: Any) -> "NotKept":
        return cls(code, sentence_of(code, **holes), status_of(code))


def keep(token: str, sent: Sent, now: dt.datetime, *, record: uuid.UUID) -> Reference | NotKept:
    """Keeps a file for a question of the record: the answer that names it, or why it is not kept. Sent again, it is kept once."""
    run = _allowed(token, now, record)
    if isinstance(run, NotKept):
        return run
    told = declared(run.version, run.sha256)
    if sent.question not in told.stored:
        return NotKept.because("unknown")
    question, _repeats = told.questions[sent.question]
    if question.read_only is True:
        return NotKept.because("read_only")
    file = uuid.uuid5(run.record, str(sent.id))
    known = _known(run, file, sent)
    if known is not None:
        return known
    if _is_full(run.record):
        return NotKept.because("too_many")
    kind, settings = cast("Stored", TYPES[question.type]), question.settings
    ready = made_ready(kind, settings, sent)
    if isinstance(ready, str):
        most = settings.items().get("largest", "")
        return NotKept.because(ready, most=most, kinds=kind.media_types(settings))
    return _kept(run, file, sent, ready, now)


def not_allowed(token: str, now: dt.datetime, *, record: uuid.UUID) -> NotKept | None:
    """Why nothing may be sent under this token to this record; None where something may."""
    run = _allowed(token, now, record)
    return run if isinstance(run, NotKept) else None


def _allowed(token: str, now: dt.datetime, record: uuid.UUID) -> RunToken | NotKept:
    try:
        run = read(token)
    except TokenUnknown:
        return NotKept.because("token_unknown")
    if run.record != record:
        return NotKept.because("foreign")
    code = "token_expired" if now > run.expires else why_ended(run)
    return NotKept.because(code) if code else run


def _is_full(record: uuid.UUID) -> bool:
    files = StoredFile.objects.filter(record=record)
    return files.count() >= MOST_FILES or files.filter(named_at=None).count() >= MOST_UNNAMED


def _kept(
    run: RunToken, file: uuid.UUID, sent: Sent, ready: Ready, now: dt.datetime
) -> Reference | NotKept:
    told = declared(run.version, run.sha256)
    reference = _reference(told, sent.question, file, ready)
    if reference is None:
        return NotKept.because("too_large", most=_most(told, sent.question))
    about = About(sent.question, reference, _digest(sent.data))
    try:
        _store(run, file, about, ready, now)
    except IntegrityError:  # the same was sent twice at once, and the other was first
        return _known(run, file, sent) or NotKept.because("repeated")
    return reference


def _known(run: RunToken, file: uuid.UUID, sent: Sent) -> Reference | NotKept | None:
    """What was sent before under the same id."""
    row = StoredFile.objects.filter(record=run.record, pk=file).only("record_id", "about").first()
    if row is None:
        return None
    about = open_about(run.events_key, row)
    same = (about.question, about.sent) == (sent.question, _digest(sent.data))
    return about.reference if same else NotKept.because("repeated")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _reference(told: Declared, question: str, file: uuid.UUID, ready: Ready) -> Reference | None:
    """The answer that names the file, as the question's door admits it; a picture may have grown too large by being drawn anew."""
    value = {
        "id": file.hex,
        "name": ready.name,
        "media_type": ready.media_type,
        "size": str(len(ready.data)),
        "digest": _digest(ready.data),
    }
    admitted = told.admit(question, value)
    return None if admitted.code else admitted.value


def _most(told: Declared, question: str) -> Any:
    return told.questions[question][0].settings.items().get("largest", "")


def _store(run: RunToken, file: uuid.UUID, about: About, ready: Ready, now: dt.datetime) -> None:
    record = Record.objects.only("id", "subject", "wrapped_key").get(pk=run.record)
    content, small = seal_content(record, file, ready.data, ready.small)
    with transaction.atomic():
        StoredFile.objects.create(
            id=file,
            record=record,
            session_id=run.session,
            about=seal_about(run.events_key, record.id, file, about),
            content=content,
            small=small,
            created_at=now,
        )


def name_files(
    run: RunToken, items: Sequence[Item], now: dt.datetime
) -> tuple[list[Item], list[dict[str, Any]]]:
    """The items of a batch that may be appended, and the refusals of those that name a file which is not kept at this record for
    this question. What is named is marked first: should the append fail, a file stays that nobody misses."""
    stored = declared(run.version, run.sha256).stored
    if not stored:
        return list(items), []
    good, refused = [], []
    for item in items:
        if _names_nothing(item, stored) or _name(run, item, now):
            good.append(item)
        else:
            refused.append(refusal(str(item.client_id), "file"))
    return good, refused


def _names_nothing(item: Item, stored: frozenset[str]) -> bool:
    place = item.event.get("place", "").rpartition("/")[2]
    return place not in stored or "id" not in (item.event.get("value") or {})


def _name(run: RunToken, item: Item, now: dt.datetime) -> bool:
    value, question = item.event["value"], item.event["place"].rpartition("/")[2]
    rows = StoredFile.objects.filter(record=run.record, pk=uuid.UUID(hex=value["id"]))
    row = rows.only("record_id", "about", "named_at").first()
    if row is None:
        return False
    about = open_about(run.events_key, row)
    if (about.question, about.reference) != (question, value):
        return False
    return row.named_at is not None or bool(rows.update(named_at=now))


def forget_unnamed(now: dt.datetime) -> int:
    """Forgets the files that no answer named in time: how many there were."""
    old = StoredFile.objects.filter(named_at=None, created_at__lt=now - UNNAMED_FOR)
    return old.delete()[0]


def forget_files_of(party: Any) -> int:
    """After an erasure nothing opens them any more: they go. How many."""
    return StoredFile.objects.filter(record__party=party).delete()[0]
