"""Files that come with a section posted without JavaScript: each is kept, and the answer that names it put into the post."""

import datetime as dt
import hashlib
import json
import uuid
from html import escape

from django.conf import settings
from django.http import HttpRequest, QueryDict

from builder.definition import Definition, index
from builder.question_types import TYPES
from builder.question_types.base.stored import MEGABYTE
from runtime.records.files import NotKept, keep
from runtime.records.models import Record
from runtime.records.uploads import Sent

BOX = "f:"  # the name of a box for a file is this and its place


def take_files(
    request: HttpRequest,
    record: Record,
    definition: Definition,
    now: dt.datetime,
    token: str | None = None,
) -> tuple[QueryDict, str]:
    """The post (under its own run token, or this one) with the answers of its files, and a notice (escaped) of what was not kept."""
    post, told = request.POST.copy(), []
    questions = index(definition).questions
    if _is_too_large(request):
        most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
        told.append(NotKept.because("too_large", most=most).message)
    for box, file in request.FILES.items():
        place = box.removeprefix(BOX)
        question = questions.get(place.rpartition("/")[2])
        if place == box or question is None or not TYPES[question.type].stored or not file.name:
            continue
        data = file.read()
        sent = Sent(_id(post.get("nonce", ""), place, data), question.name, data, file.name)
        kept = keep(post.get("token", "") if token is None else token, sent, now, record=record.id)
        if isinstance(kept, NotKept):
            told.append(kept.message)
        else:
            post.setlist(f"a:{place}", [json.dumps(kept)])
    return post, "".join(f"<p>{escape(text)}</p>" for text in told)


def _is_too_large(request: HttpRequest) -> bool:
    """Files that do not fit into memory were let go while the post was read: they touch no disk."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def _id(nonce: str, place: str, data: bytes) -> uuid.UUID:
    """A post that is sent twice keeps a file once; another file in the same page is another."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{nonce} {place} {hashlib.sha256(data).hexdigest()}")
