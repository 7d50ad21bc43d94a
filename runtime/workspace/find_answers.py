"""Records that are found by an answer: which record, in which app, by which question; never the answer itself."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext

from runtime.people.roles import roles_of
from runtime.records.models import Record
from runtime.records.references import reference_of
from runtime.search.answers import RecordHit, find_records

# Up to which clearance a role may ask to see answers; what is above is not searched for it.
CLEARED = {
    "agent": frozenset({"open", "personal", "sensitive"}),
    "supervisor": frozenset({"open", "personal", "sensitive", "sealed"}),
}


def lines(request: HttpRequest, text: str, purpose: str) -> list[dict[str, Any]]:
    """The records to show for what was typed. The search is logged, with the purpose."""
    cleared: frozenset[str] = frozenset().union(
        *(CLEARED.get(role, ()) for role in roles_of(request.user))
    )
    hits = find_records(text, request.user, purpose, cleared, timezone.localdate().isoformat())
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
