"""The effect `link_exhausted`: who was never reached gets a link to a form, to answer by themselves. Bound in `config.binding`.

The link is not written into the outbox, where it would lie in clear: the invitation's id is, and whoever sends it (the effect
`send_link`) asks `link_of` for the text, which is the same each time.
"""

from typing import Any
from uuid import UUID

from builder.models import App
from runtime.outbox.actions import enqueue
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.queues.models import WorkItem
from runtime.records.actions import AppClosed
from runtime.selfservice.actions import NothingToProve, invite
from runtime.vault.errors import SubjectDestroyed


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
        effect="send_link",
        key=f"send_link:{invitation.pk}",
        arguments={"invitation": str(invitation.pk)},
    )
