"""The effects `link_exhausted` and `send_link`: who was never reached gets a link to a form, to answer by themselves. Bound in
`config.binding`.

The link is not written into the outbox, where it would lie in clear: the invitation's id is, and `send_link` asks `link_of` for the
text, which is the same each time. It goes as a text message where there is a gateway and a number that may be a mobile one, else by
mail; before the transaction that marks it sent, so at least once, with one reference.
"""

from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from builder.models import App
from runtime.effects import sending
from runtime.effects.actions import channels
from runtime.effects.models import Channel
from runtime.effects.sealed import open_address
from runtime.outbox.actions import enqueue
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.parties.facts import Facts, may_be_mobile
from runtime.parties.models import ContactPoint, Party
from runtime.parties.store import open_contact_points, open_party
from runtime.queues.models import WorkItem
from runtime.records.actions import AppClosed
from runtime.selfservice.actions import NothingToProve, invite, link_of, still_open
from runtime.selfservice.models import Invitation
from runtime.vault.errors import SubjectDestroyed

SEND = "send_link"
PURPOSE = "effect:send_link"


def invite_exhausted(arguments: dict[str, Any], _effect: Effect) -> None:
    """An invitation to the form `form` for the person of the item that was given up, and the order to send it."""
    item = (
        WorkItem.objects.select_related("party", "campaign")
        .filter(pk=UUID(arguments["item"]))
        .first()
    )
    app = App.objects.filter(code=arguments["form"]).first()
    if item is None or item.party is None:
        raise Refused("nobody", final=True)
    if item.party.do_not_contact:
        raise Refused("do_not_contact", final=True)
    if app is None:
        raise Refused("no_form")
    own = item if item.campaign is not None and item.campaign.app_id == app.pk else None
    try:
        invitation, _text = invite(app=app, party=item.party, by=None, item=own)
    except (NothingToProve, SubjectDestroyed):
        raise Refused("nothing_to_prove", final=True) from None
    except AppClosed:
        raise Refused("form_closed") from None
    enqueue(
        effect=SEND,
        key=f"{SEND}:{invitation.pk}",
        arguments={"invitation": str(invitation.pk)},
    )


def send_link(arguments: dict[str, Any], effect: Effect) -> Channel | None:
    """Tells the person their link; which gateway took it, None for the house's own mail."""
    if channels.was_sent(effect.pk):
        return None
    row = still_open(UUID(arguments["invitation"]))
    if row is None:
        raise Refused("link_over", final=True)
    if row.party.do_not_contact:
        raise Refused("do_not_contact", final=True)
    try:
        known = open_party(row.party, by=None, purpose=PURPOSE)
        reached = _reached(row.party)
    except SubjectDestroyed:
        raise Refused("nobody", final=True) from None
    gateway = channels.gateway() if reached.number else None
    address = open_address(gateway.pk, bytes(gateway.sealed)) if gateway else ""
    with translation.override(_language(row, known)):
        sending.send_to(reached, _message(row, sending.reference(effect.key)), address)
    return gateway


def link_sent(_arguments: dict[str, Any], effect: Effect) -> None:
    """That it was sent."""
    reference = sending.reference(effect.key)
    channels.note_sent(effect=effect, channel=effect.prepared, reference=reference)


def _reached(party: Party) -> sending.Reached:
    """The mail address and the mobile number to write to: confirmed ones first, then the newest; none that is wrong or not to be used."""
    points = open_contact_points(party, by=None, purpose=PURPOSE)
    usable = [(point, value) for point, value in points if _may_be_used(point)]
    usable.sort(key=lambda each: (each[0].status == "verified", each[0].pk), reverse=True)
    mails = (value for point, value in usable if point.kind == "email")
    mobiles = (value for point, value in usable if point.kind == "phone" and may_be_mobile(value))
    return sending.Reached(next(mails, ""), next(mobiles, ""))


def _may_be_used(point: ContactPoint) -> bool:
    return point.status != "wrong" and not point.do_not_contact


def _language(row: Invitation, known: Facts) -> str:
    """That of the person, else the one their item is to be spoken in, else the house's."""
    spoken = dict(settings.LANGUAGES)
    wanted = (known.language or "", row.item.language if row.item else "")
    return next((each for each in wanted if each in spoken), settings.LANGUAGE_CODE)


def _message(row: Invitation, reference: str) -> sending.Message:
    path = reverse("public-link", args=[row.app.code, link_of(row)])
    text = _(
        "We tried to reach you by telephone. You can answer by yourself until %(until)s:\n%(link)s\n\nWe ask for something only you know before anything is shown."
    ) % {
        "until": formats.date_format(localtime(row.until), "DATETIME_FORMAT"),
        "link": urljoin(settings.WAGTAILADMIN_BASE_URL, path),
    }
    return sending.Message(settings.ORGANISATION, text, reference)
