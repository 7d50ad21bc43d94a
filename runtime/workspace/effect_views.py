"""Effects that could not be carried out: what failed, why, and the two ways on: try again, or give up.

An effect's own words are codes; here they become sentences. Nothing of a record is opened.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_GET, require_POST

from builder.definition import EFFECT_WORDS
from runtime.outbox import actions
from runtime.outbox.models import Effect

ON_A_PAGE = 50
EFFECTS = {
    **EFFECT_WORDS,
    "load_list": gettext_noop("Load a list of people"),
    "simulate": gettext_noop("Play a course of a forecast"),
    "withdraw_spawned": gettext_noop("Withdraw what an amended end had made"),
    "recompute": gettext_noop("Let a changed policy hold for what waits"),
    "follow_exhausted": gettext_noop("Go on with whom no call reached"),
    "link_exhausted": gettext_noop("Make a link for whom no call reached"),
    "send_link": gettext_noop("Send a link"),
    "glass_broken": gettext_noop("Tell those who keep watch of a broken glass"),
}
PROBLEMS = {
    "no_handler": gettext_noop("This installation does not know how to do this."),
    "worker_died": gettext_noop("The worker was ended each time it tried."),
    "no_campaign": gettext_noop("There is no such campaign."),
    "policy": gettext_noop("The policy's rules cannot be read: look at its page."),
    "campaign_closed": gettext_noop("The campaign is closed. Open it, then try again."),
    "no_skill": gettext_noop("There is no such skill."),
    "nobody": gettext_noop("The person it is for is not here any more."),
    "no_form": gettext_noop("There is no such form."),
    "form_closed": gettext_noop("The form is not open to the public. Open it, then try again."),
    "nothing_to_prove": gettext_noop(
        "Nothing is known that the person could prove themselves with."
    ),
    "days": gettext_noop("The number of days is not one that can be granted."),
    "no_record": gettext_noop("The record is not here any more."),
    "document no_record": gettext_noop("The record is not here any more."),
    "document no_template": gettext_noop(
        "The document's template is not published. Publish it, then try again."
    ),
    "document ends_before_it_begins": gettext_noop(
        "The document would end before it begins: look at the dates in the record."
    ),
    "document unknown_placeholder": gettext_noop(
        "The document's template speaks of something the record does not hold."
    ),
    "spawning": gettext_noop("It waits for another effect of the same record."),
    "KeyMissing": gettext_noop("A key file is missing or foreign. Put it back, then try again."),
    "SubjectDestroyed": gettext_noop("The person was erased; there is nothing left to do."),
    "Tampered": gettext_noop("What is stored is not what was sealed."),
    "OperationalError": gettext_noop("The database was away."),
}
OTHER = gettext_noop("It failed with the code “%(code)s”.")


@dataclass(frozen=True)
class Failure:
    """One line of the page."""

    id: UUID
    what: str
    arguments: str
    why: str
    since: datetime
    last: datetime
    tries: int
    record: UUID | None


def failure_of(effect: Effect) -> Failure:
    return Failure(
        id=effect.pk,
        what=gettext(EFFECTS[effect.effect]) if effect.effect in EFFECTS else effect.effect,
        arguments=", ".join(f"{name}: {value}" for name, value in effect.arguments.items()),
        why=why(effect.last_problem),
        since=effect.created_at,
        last=effect.failed_at or effect.created_at,
        tries=effect.tries,
        record=effect.record,
    )


def why(code: str) -> str:
    """A code of the outbox as a sentence."""
    return gettext(PROBLEMS[code]) if code in PROBLEMS else gettext(OTHER) % {"code": code}


def told_at_home() -> str:
    """One sentence for the first page of those who may help; blank when nothing failed."""
    count = actions.failed().count()
    if not count:
        return ""
    words = ngettext("%(n)s effect has failed.", "%(n)s effects have failed.", count)
    return words % {"n": count}


@require_GET
def effects(request: HttpRequest) -> HttpResponse:
    """What failed, newest first."""
    shown = Paginator(actions.failed(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "failures": [failure_of(effect) for effect in shown],
        "waiting": actions.waiting(),
    }
    return render(request, "workspace/effects.html", context)


@require_POST
def effect_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Once more, by somebody who mended the cause."""
    effect = get_object_or_404(Effect, pk=pk)
    if actions.retry(effect=effect, by=request.user):
        messages.success(request, gettext("It is tried again within seconds."))
    else:
        messages.info(request, gettext("Somebody else decided upon it meanwhile."))
    return redirect("effects")


@require_POST
def effect_give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is not tried any more; who decided so is kept."""
    effect = get_object_or_404(Effect, pk=pk)
    if actions.give_up(effect=effect, by=request.user):
        messages.success(request, gettext("It was given up and is not tried any more."))
    else:
        messages.info(request, gettext("Somebody else decided upon it meanwhile."))
    return redirect("effects")
