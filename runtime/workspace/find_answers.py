"""Records that are found by an answer: which record, in which app, by which question; never the answer itself."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext

from runtime.queues import scope
from runtime.records.models import Record
from runtime.records.references import reference_of
from runtime.search.answers import RecordHit, find_records
from runtime.workspace.purposes import sight_of


def lines(request: HttpRequest, text: str, purpose: str, now: datetime) -> list[dict[str, Any]]:
    """The records to show for what was typed, by answers that this person may ask to see. The search is logged, with the purpose."""
    sight = sight_of(request, purpose, now)
    cleared = sight.shown | sight.asked
    if not cleared:
        return []
    today, among = timezone.localdate(now).isoformat(), scope.within(request.user)
    hits = find_records(text, request.user, purpose, cleared, today, within=among)
    rows = Record.objects.in_bulk([hit.record_id for hit in hits])
    return [_line(hit, rows[hit.record_id]) for hit in hits if hit.record_id in rows]


def _line(hit: RecordHit, record: Record) -> dict[str, Any]:
    label = hit.by.label.plain(get_language() or hit.by.source, hit.by.source)
    matched = gettext("matched: %(label)s in %(app)s") % {"label": label, "app": hit.by.title}
    return {
        "record": record.pk,
        "reference": reference_of(record.pk),
        "begun": record.created_at,
        "matched": matched,
    }
