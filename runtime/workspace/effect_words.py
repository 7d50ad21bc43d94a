"""Effects in words: what they are, what went wrong and what to do, and why they are there."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from builder.definition import EFFECT_WORDS, Definition, describe
from builder.models import Version, definition_of
from runtime.outbox.models import Effect

EFFECTS = {
    **EFFECT_WORDS,
    "try_list": gettext_noop("Look at a list of people"),
    "load_list": gettext_noop("Load a list of people"),
    "withdraw_spawned": gettext_noop("Withdraw what an amended end had made"),
    "simulate": gettext_noop("Play a course of a forecast"),
    "recompute": gettext_noop("Let a changed policy hold for what waits"),
    "follow_exhausted": gettext_noop("Go on with whom no call reached"),
    "link_exhausted": gettext_noop("Make a link for whom no call reached"),
    "send_link": gettext_noop("Send a link"),
    "glass_broken": gettext_noop("Tell those who keep watch of a broken glass"),
    "try_effects": gettext_noop("Try the effects of a draft"),
    "make_accounts": gettext_noop("Making accounts of a list"),
    "invite_account": gettext_noop("Inviting somebody to set a password"),
    "find_doubles": gettext_noop("Look for people who are probably one"),
    "bulk": gettext_noop("Change many items at once"),
    "withhold_barred": gettext_noop("Hand nobody out who is not to be contacted"),
    "own_records": gettext_noop("Giving the records of a queue to its unit"),
}
STATES = {
    "pending": gettext_noop("waiting"),
    "done": gettext_noop("done"),
    "failed": gettext_noop("failed"),
    "given_up": gettext_noop("given up"),
}
# By the code that the outbox keeps: what it is, and what to do.
PROBLEMS = {
    "no_handler": gettext_noop("This installation does not know how to do this."),
    "worker_died": gettext_noop("The worker was ended each time it tried."),
    "no_campaign": gettext_noop("There is no such campaign."),
    "policy": gettext_noop("The policy's rules cannot be read: look at its page."),
    "no_form": gettext_noop("There is no such form."),
    "form_closed": gettext_noop("The form is not open to the public. Open it, then try again."),
    "nothing_to_prove": gettext_noop(
        "Nothing is known that the person could prove themselves with."
    ),
    "campaign_closed": gettext_noop("The campaign is closed. Open it, then try again."),
    "no_feed": gettext_noop("There is no such feed."),
    "feed_of_another": gettext_noop("The feed is one of another script's records."),
    "feed_closed": gettext_noop(
        "The feed is not in use, or has no columns. Mend that, then try again."
    ),
    "folder": gettext_noop("The feed's folder cannot be written. Mend that, then try again."),
    "do_not_contact": gettext_noop("The person is not to be contacted."),
    "no_skill": gettext_noop("There is no such skill."),
    "nowhere_to_send": gettext_noop(
        "Neither a mail address nor a mobile number with a gateway in use is known. Note one, then try again."
    ),
    "link_over": gettext_noop("The link was used, or opens nothing any more. Make another."),
    "nobody": gettext_noop("The person it is for is not here any more."),
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
    "amended": gettext_noop("The record was amended before it was its turn."),
    "overtaken": gettext_noop(
        "The record has been amended since. Its new end causes its own effects: give this one up."
    ),
    "no_fact": gettext_noop("There is no such fact. Release the script again, with another one."),
    "too_deep": gettext_noop(
        "What it makes has made itself too often. Look at the script: if it is meant so, raise EFFECTS_DEEPEST and try again; else give it up."
    ),
    "too_many_today": gettext_noop(
        "One cause has made too much today. Look at the script: if it is meant so, try again tomorrow; else give it up."
    ),
    "no_channel": gettext_noop("There is no such channel. Make one of this code, then try again."),
    "channel_closed": gettext_noop("The channel is not in use. Open it, then try again."),
    "channel refused": gettext_noop(
        "The receiver did not take the message. Look at the channel's address, then try again."
    ),
    "channel unreachable": gettext_noop(
        "The channel's host is not found. Look at its address, then try again."
    ),
    "channel forbidden_host": gettext_noop(
        "The channel leads to this machine or into a place that nothing is sent to. Change its address."
    ),
    "channel service": gettext_noop("The channel's service cannot be used. Change its address."),
    "channel without_tls": gettext_noop("The channel would send in clear. Change its address."),
    "channel mail": gettext_noop("The channel has no mail address that can be used. Change it."),
    "channel recipients": gettext_noop("The channel has no, or too many, recipients. Change it."),
    "channel unreadable": gettext_noop("The channel's address cannot be read. Change it."),
    "KeyMissing": gettext_noop("A key file is missing or foreign. Put it back, then try again."),
    "SubjectDestroyed": gettext_noop("The person was erased; there is nothing left to do."),
    "Tampered": gettext_noop("What is stored is not what was sealed."),
    "OperationalError": gettext_noop("The database was away."),
    "ConnectionRefusedError": gettext_noop(
        "The mail server did not answer. See that it runs, then try again."
    ),
    "SMTPServerDisconnected": gettext_noop(
        "The mail server did not answer. See that it runs, then try again."
    ),
    "SMTPRecipientsRefused": gettext_noop(
        "The mail server knows no such recipient. Change the channel's address."
    ),
}
OTHER = gettext_noop("It failed with the code “%(code)s”.")


@dataclass(frozen=True)
class Said:
    """One effect, as a line of a page."""

    id: UUID
    what: str
    arguments: str
    state: str
    code: str
    why: str
    cause: str
    since: datetime
    last: datetime
    done: datetime | None
    tries: int
    record: UUID | None


def said(effect: Effect) -> Said:
    return Said(
        id=effect.pk,
        what=what(effect.effect),
        arguments=", ".join(f"{name}: {value}" for name, value in effect.arguments.items()),
        state=gettext(STATES.get(effect.state, effect.state)),
        code=effect.last_problem,
        why=why(effect.last_problem) if effect.last_problem else "",
        cause=cause(effect),
        since=effect.created_at,
        last=effect.failed_at or effect.created_at,
        done=effect.done_at,
        tries=effect.tries,
        record=effect.record,
    )


def what(name: str) -> str:
    return gettext(EFFECTS[name]) if name in EFFECTS else name


def why(code: str) -> str:
    """A code of the outbox as a sentence."""
    return gettext(PROBLEMS[code]) if code in PROBLEMS else gettext(OTHER) % {"code": code}


def cause(effect: Effect) -> str:
    """The outcome and the version that caused it, and the condition that held; empty for what the house does by itself."""
    if effect.version is None or effect.rule is None:
        return ""
    found = _version(effect.version)
    if found is None:
        return effect.outcome
    app, number, definition = found
    node = next((one for one in definition.outcomes if one.name == effect.outcome), None)
    label = (node.label.plain(definition.source) if node else "") or effect.outcome
    words = gettext("“%(outcome)s” of %(app)s, version %(number)s, effect %(rule)s")
    told = words % {"outcome": label, "app": app, "number": number, "rule": effect.rule + 1}
    one = node.effects[effect.rule] if node and effect.rule < len(node.effects) else None
    if one is None or one.relevance is None:
        return told
    condition = describe(one.relevance, definition, gettext=gettext)
    return gettext("%(cause)s, because %(condition)s") % {"cause": told, "condition": condition}


@lru_cache(maxsize=64)
def _version(pk: int) -> tuple[str, int, Definition] | None:
    """Versions never change."""
    version = Version.objects.select_related("app").filter(pk=pk).first()
    return (version.app.title, version.number, definition_of(version)) if version else None
