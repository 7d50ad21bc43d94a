"""Invitations: a signed link for one person, and the proof that it is them who came.

A link may be read by others: who opens it sees nothing of the person before they told a fact that the house knows (their day of
birth, else their national number). Wrong answers are counted for good; after some the link opens nothing any more.
"""

import datetime as dt
import hmac
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from builder import public_forms
from builder.models import App, load
from runtime.parties.facts import Facts, number
from runtime.parties.models import Party
from runtime.parties.store import open_party
from runtime.queues import actions as queues
from runtime.queues import prefill
from runtime.queues.actions.beginning import Erased, NoVersion
from runtime.queues.models import WorkItem
from runtime.queues.questions import newest_version
from runtime.records import actions as records
from runtime.records.models import Record
from runtime.selfservice import signing
from runtime.selfservice.actions.fillings import filling_of
from runtime.selfservice.models import Filling, Invitation
from runtime.selfservice.sealed import invitation_key
from runtime.vault.errors import SubjectDestroyed

FACTS = ("birth_date", "national_number")  # the first one that is known is asked
WRONG_AT_MOST = 5
LONGEST = dt.timedelta(days=60)
PURPOSE = "self_service"


class NothingToProve(Exception):
    """Nothing is known of the person that they could prove themselves with."""


class LinkRefused(Exception):
    """Why a link opens nothing: forged, expired, used, locked, withdrawn."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def invite(
    *,
    app: App,
    party: Party,
    by: Any,
    item: WorkItem | None = None,
    lasts: dt.timedelta = dt.timedelta(days=7),
    once: bool = True,
) -> tuple[Invitation, str]:
    """A link for this person to the public form of an app, for a work item of theirs or for nothing else yet: the invitation, and the
    text that stands in the link. Raises `NothingToProve`, and `AppClosed` where the app is no public form."""
    if public_forms.open_form(app.code) is None:
        raise records.AppClosed(app.code)
    known = open_party(party, by=by, purpose=PURPOSE).known()
    fact = next((name for name in FACTS if name in known), None)
    if fact is None:
        raise NothingToProve
    now = timezone.now()
    until = (now + min(lasts, LONGEST)).replace(microsecond=0)
    row = Invitation.objects.create(
        app=app, party=party, item=item, fact=fact, once=once, until=until, made_at=now, made_by=by
    )
    return row, link_of(row)


def link_of(invitation: Invitation) -> str:
    """The text that stands in the link of an invitation: the same each time, kept nowhere."""
    link = signing.Link(invitation.pk, int(invitation.until.timestamp()))
    return signing.write(invitation_key(), invitation.app.code, link)


def invitation_of(*, code: str, text: str, now: dt.datetime) -> Invitation:
    """The invitation of a link to the form of this code. Raises `LinkRefused`."""
    link = signing.read(invitation_key(), code, text)
    row = None
    if link is not None:
        rows = Invitation.objects.select_related("app", "party", "item")
        row = rows.filter(pk=link.invitation, app__code=code).first()
    if row is None:
        raise LinkRefused("forged")
    if row.until <= now:
        raise LinkRefused("expired")
    if row.tries >= WRONG_AT_MOST:
        raise LinkRefused("locked")
    if row.once and row.used_at is not None:
        raise LinkRefused("used")
    return row


def still_open(number: UUID) -> Invitation | None:
    """The invitation of this id, while its link opens something."""
    rows = Invitation.objects.select_related("app", "party", "item")
    row = rows.filter(pk=number, until__gt=timezone.now(), tries__lt=WRONG_AT_MOST).first()
    return None if row is None or (row.once and row.used_at) else row


def prove(*, invitation: Invitation, told: str, now: dt.datetime) -> Filling | None:
    """What the person told of themselves: their filling where it is right; None where it is wrong, which is counted. Raises
    `LinkRefused` where the form is not wanted any more, or another was first to use the link."""
    if not _counted(invitation):
        raise LinkRefused("locked")
    try:
        facts = open_party(invitation.party, by=None, purpose=PURPOSE)
    except SubjectDestroyed:
        raise LinkRefused("withdrawn") from None
    if not _same(invitation.fact, facts, told):
        return None
    with transaction.atomic():
        rows = Invitation.objects.filter(pk=invitation.pk)
        if invitation.once:
            rows = rows.filter(used_at=None)
        if not rows.update(used_at=now, tries=F("tries") - 1):
            raise LinkRefused("used")
        record = _record_of(invitation, facts)
        return filling_of(record, invitation)


def _counted(invitation: Invitation) -> bool:
    """Each try counts before it is looked at: many at once are no more than some, one after the other."""
    rows = Invitation.objects.filter(pk=invitation.pk, tries__lt=WRONG_AT_MOST)
    return bool(rows.update(tries=F("tries") + 1))


def _same(fact: str, facts: Facts, told: str) -> bool:
    known = getattr(facts, fact) or ""
    if fact == "national_number":
        known, told = number(known), number(told)
    return bool(known) and hmac.compare_digest(known.encode(), told.encode())


def _record_of(invitation: Invitation, facts: Facts) -> Record:
    """The record of the item; without one, the record begun under this invitation, or a new one."""
    try:
        if invitation.item is not None:
            record = queues.record_to_fill(item=invitation.item)
        else:
            record = _begun(invitation) or _start(invitation, facts)
    except (NoVersion, Erased, records.AppClosed):
        record = None
    if record is None:
        raise LinkRefused("withdrawn")
    return record


def _begun(invitation: Invitation) -> Record | None:
    row = Filling.objects.select_related("record").filter(invitation=invitation).first()
    return row.record if row else None


def _start(invitation: Invitation, facts: Facts) -> Record:
    version = newest_version(invitation.app_id)
    if version is None:
        raise NoVersion
    definition = load(version.pk)
    return records.start(
        version=version,
        party=invitation.party,
        by=None,
        kind="public",
        prefill=prefill.from_facts(definition, facts),
        language=facts.language if facts.language in definition.languages else None,
    )
