"""What is said of hits: why each was found, where it stands, how the words were read, and what to try where nobody was found."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from builder.problems import gettext_noop
from runtime.search.grouping import HOUSEHOLD
from runtime.search.query import Query
from runtime.search.reasons import OF_KEYS, Reason, Span
from runtime.workspace import campaign_words
from runtime.workspace.find_filters import Standing

REASONS = {
    "exact": gettext_noop("the name as typed"),
    "begins": gettext_noop("%(word)s begins so"),
    "one_letter": gettext_noop("%(word)s: one letter off"),
    "two_letters": gettext_noop("%(word)s: two letters off"),
    "sounds": gettext_noop("%(word)s: sounds alike"),
    "near": gettext_noop("%(word)s: nearly so"),
    "together": gettext_noop("written together or apart"),
    "swapped": gettext_noop("surname first"),
    "birth_date": gettext_noop("born on that day"),
    "other_year": gettext_noop("born on that day of another year"),
    "phone": gettext_noop("that phone number"),
    "phone_end": gettext_noop("phone number ends so"),
    "national_number": gettext_noop("that national number"),
    "national_end": gettext_noop("national number ends so"),
    "reference": gettext_noop("a record has that reference"),
    "document": gettext_noop("a document has that number"),
}
SHOWN = 2  # work items that are named


def reasons(found: Iterable[Reason], *, bare: bool) -> list[str]:
    """The reasons in words; `bare`: only those that tell nothing beside the name."""
    return [
        _(REASONS[one.code]) % {"word": one.word}
        for one in found
        if not (bare and one.code in OF_KEYS)
    ]


def marked(text: str, spans: Sequence[Span]) -> SafeString:
    """A name with the words that were found marked."""
    parts: list[SafeString] = []
    at = 0
    for start, end in spans:
        parts.append(format_html("{}<mark>{}</mark>", text[at:start], text[start:end]))
        at = end
    parts.append(conditional_escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 -- each part is escaped


def name(given: SafeString, family: SafeString) -> SafeString:
    return format_html_join(" ", "{}", ((part,) for part in (given, family) if part))


def standing(found: Standing) -> list[str]:
    """What is to do about somebody, and the last record."""
    lines = []
    if found.items:
        count = len(found.items)
        named = ", ".join(
            f"{item.title} ({campaign_words.word(item.state, 'state')})"
            for item in found.items[:SHOWN]
        )
        lines.append(
            _("%(count)s to do: %(what)s")
            % {"count": count, "what": named + (" …" if count > SHOWN else "")}
        )
    if found.records:
        last = found.records[0]
        words = _("last record, open: %(app)s, %(day)s")
        if not last.open:
            words = _("last record: %(app)s, %(day)s")
        day = date_format(localtime(last.at), "j M Y")
        lines.append(words % {"app": last.title, "day": day})
    return lines


def group(why: str, count: int) -> str:
    """Over people who stand together."""
    if why == HOUSEHOLD:
        return _("One household? %(count)s people with the same phone and surname") % {
            "count": count
        }
    return _("%(count)s people with the same phone") % {"count": count}


def read_as(query: Query, *, cut: bool) -> str:
    """How a date of birth was read, where something was read as one; and that a long text was not read to its end."""
    told = [_("Only the beginning of this long text was read.")] if cut else []
    days = [date_format(date.fromisoformat(day), "j F Y") for day in query.birth_dates]
    if days:
        told.append(_("Read as a date of birth: %(days)s") % {"days": f" {_('or')} ".join(days)})
    return " ".join(told)


def found(count: int, shown: int, most: int) -> str:
    """How many there are, and how many of them are shown."""
    if count <= shown:
        return ngettext("%(count)s person found", "%(count)s people found", count) % {
            "count": count
        }
    if count >= most:
        return _("More than %(most)s people fit; the best %(shown)s are shown. Type more.") % {
            "most": most - 1,
            "shown": shown,
        }
    return _("%(count)s people fit; the best %(shown)s are shown. Type more.") % {
        "count": count,
        "shown": shown,
    }


def left_out(count: int) -> str:
    """What the filters hide."""
    if not count:
        return ""
    words = ngettext(
        "The filters leave out %(count)s person who fits the words.",
        "The filters leave out %(count)s people who fit the words.",
        count,
    )
    return words % {"count": count}
