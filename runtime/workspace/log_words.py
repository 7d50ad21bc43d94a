"""The access log in words. What is kept is codes; each is said in the reader's language, and as it is if unknown.

The purposes of what leaves are bound from above (`config.binding`): their deeds are only theirs.

    bind("export", EXPORT)
"""

import re
from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from builder.definition import EFFECT_WORDS
from runtime.audit.models import AccessLog
from runtime.queues.lists.columns import LABELS as FACTS
from runtime.workspace.line_words import FACTS as PROVED
from runtime.workspace.purposes import LABELS

DEEDS = {
    "open": _("opening"),
    "search": _("search"),
    "export": _("export"),
    "document": _("document"),
    "settle": _("settling"),
    "replay": _("replay"),
    "verify": _("verification"),
    "print": _("print"),
    "deliver": _("delivery"),
    "erase": _("erasure"),
    "audit": _("look into this log"),
    "break_glass": _("broken glass"),
    "judge": _("judgement of a broken glass"),
}
PURPOSES = {
    "call": _("A call"),
    "call back": _("The person calls back"),
    "incoming_call": _("A call comes in"),
    "amendment": _("Correction of a closed record"),
    "undo": _("Taking back the last answers"),
    "finish": _("The end of a call"),
    "merge late": _("Answers that came late"),
    "learning": _("A lesson"),
    "self_service": _("A public form, filled by the person"),
    "settle": _("Saving the answers"),
    "sweep": _("Tidying of what was left open"),
    "index": _("Making the search anew"),
    "carry over": _("Bringing a record to another version"),
    "issue_document": _("Issuing a document"),
    "retention": _("The time to keep it is over"),
    "their_wish": _("The person asked for it"),
    "by_mistake": _("It was kept by mistake"),
    "unlawful": _("It may not be kept any longer"),
    "public_verification": _("Check of a document by anybody"),
    "audit": _("Supervision of access"),
    "break_glass": _("Emergency: broken glass"),
    "figures": _("Figures of a campaign"),
    "billing": _("Evidence for the bill"),
    "review": _("Review of a broken glass"),
    "try_effects": _("Trying the effects of a draft on past records"),
    "accounts": _("Accounts from a list"),
    "do_not_contact": _("Do-not-contact list"),
    "doubles": _("Probable doubles"),
}
# What stands before a colon, with what stands behind it.
BEFORE = {
    "import": _("Loading a list for %(code)s"),
    "effect": _("Effect of an outcome: %(code)s"),
    "call_order": _("A call for %(code)s"),
    "api": _("Another program, by its token: %(code)s"),
}
DETAILS = (
    (re.compile(r"exact (?P<n>\d+)"), _("by what identifies a person (keys: %(n)s)")),
    (re.compile(r"session \w+"), _("to write in it")),
    (re.compile(r"update"), _("facts brought up to date")),
    (re.compile(r"email"), _("by an e-mail address")),
    (re.compile(r"phone"), _("by a phone number")),
    (re.compile(r"reference"), _("by a reference")),
    (re.compile(r"people (?P<n>\d+)"), _("%(n)s people compared with all others")),
    (re.compile(r"inbox (?P<n>\d+)"), _("a file of %(n)s bytes from a folder")),
    (re.compile(r"left_out"), _("lines of a list that were left out")),
    (re.compile(r"contact_points"), _("all phone numbers")),
    (re.compile(r"contact_point (?P<n>\d+)"), _("phone number no. %(n)s")),
    (re.compile(r"file (?P<file>.+)"), _("file %(file)s")),
    (re.compile(r"picture (?P<file>.+)"), _("small picture of file %(file)s")),
    (re.compile(r"unveil"), _("veiled answers shown")),
    (re.compile(r"unveil (?P<facts>.+)"), _("shown: %(facts)s")),
    (re.compile(r"preview (?P<code>.+)"), _("preview of %(code)s")),
    (re.compile(r"again (?P<file>.+)"), _("written again: %(file)s")),
    (re.compile(r"minutes=(?P<n>\d+)"), _("for %(n)s minutes")),
    (re.compile(r"ended"), _("ended before its time")),
    (re.compile(r"reason"), _("the reason")),
    (re.compile(r"justified"), _("justified")),
    (re.compile(r"not_justified"), _("not justified")),
    (re.compile(r"ask"), _("asked who is on the line")),
    (re.compile(r"answered_by"), _("who answered for the person")),
    (re.compile(r"verified (?P<facts>.+)"), _("proved who it is by: %(facts)s")),
    (re.compile(r"wrong (?P<facts>.+)"), _("not as it is known: %(facts)s")),
    (re.compile(r"guardian"), _("a guardian speaks")),
    (re.compile(r"given_up"), _("could not be verified")),
    (re.compile(r"refused"), _("refused: too many wrong tries")),
    (re.compile(r"rule=(?P<code>\S+) days=(?P<days>\d+)"), _("rule of %(code)s: %(days)s days")),
    (
        re.compile(
            r"erased keys=(?P<keys>\d+) rows=(?P<rows>\d+) files=(?P<files>\d+) "
            r"rule=(?P<code>\S+) days=(?P<days>\d+)"
        ),
        _(
            "certificate of erasure: keys %(keys)s, rows %(rows)s, files %(files)s; rule of %(code)s: %(days)s days"
        ),
    ),
    (
        re.compile(r"erased keys=(?P<keys>\d+) rows=(?P<rows>\d+) files=(?P<files>\d+)"),
        _("certificate of erasure: keys %(keys)s, rows %(rows)s, files %(files)s"),
    ),
    (re.compile(r"revoke (?P<number>.+)"), _("revoked: %(number)s")),
    (re.compile(r"user (?P<user>\d+)"), _("what %(user)s saw")),
    (
        re.compile(r"user (?P<user>\d+) since (?P<since>\S+) until (?P<until>\S+)"),
        _("what %(user)s saw, %(since)s to %(until)s"),
    ),
    (
        re.compile(r"since (?P<since>\S+) until (?P<until>\S+)"),
        _("%(since)s to %(until)s"),
    ),
)
DEED_CHOICES: tuple[tuple[str, str | Promise], ...] = tuple(
    (deed, gettext_lazy(words)) for deed, words in DEEDS.items()
)
_bound: dict[str, dict[str, str | Promise]] = {}


def bind(deed: str, purposes: Iterable[tuple[str, str | Promise]]) -> None:
    """The purposes that may be chosen for a deed; binding it again replaces them."""
    _bound[deed] = dict(purposes)


def deed_word(deed: str) -> str:
    return gettext(DEEDS[deed]) if deed in DEEDS else deed


def purpose_words(row: AccessLog) -> str:
    """A set purpose in words; one somebody wrote stands as it was written."""
    known = next((words[row.purpose] for words in _tables(row.deed) if row.purpose in words), "")
    if known:
        return str(known)
    if row.purpose in PURPOSES:
        return gettext(PURPOSES[row.purpose])
    kind, colon, code = row.purpose.partition(":")
    if colon and kind in BEFORE:
        return gettext(BEFORE[kind]) % {
            "code": gettext(EFFECT_WORDS[code]) if code in EFFECT_WORDS else code
        }
    return gettext(row.purpose)


def purposes_like(text: str) -> list[str]:
    """The codes of purposes whose words, in the reader's language, hold this text."""
    wanted = text.casefold()
    known: dict[str, str | Promise] = {}
    for table in (*_bound.values(), LABELS, PURPOSES):
        known |= table
    return [
        code
        for code, words in known.items()
        if wanted in (gettext(words) if isinstance(words, str) else str(words)).casefold()
    ]


def _tables(deed: str) -> tuple[dict[str, str | Promise], ...]:
    """Where a purpose is looked up: what an export opens goes under the export's purpose."""
    return (_bound.get(deed, {}), LABELS, *_bound.values())


def detail_words(row: AccessLog) -> str:
    for form, words in DETAILS:
        found = form.fullmatch(row.detail)
        if found:
            return gettext(words) % {
                key: _part(key, kept) for key, kept in found.groupdict().items()
            }
    return row.detail


def _part(key: str, kept: str) -> str:
    if key == "user":
        return _user_name(int(kept))
    if key != "facts":
        return kept
    words = {**PROVED, **FACTS}
    return ", ".join(gettext(words[one]) if one in words else one for one in kept.split(","))


def _user_name(number: int) -> str:
    user = get_user_model().objects.filter(pk=number).first()
    return user.get_username() if user else str(number)
