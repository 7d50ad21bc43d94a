"""The names of what is administered and of its fields, in words: keyed by what a model or a mapping calls them."""

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from builder.definition import DISPOSITIONS
from runtime.queues.lists.columns import LABELS

RULES = {  # of a policy, as its form says them
    "adult_from": _("Who is younger is spoken with through a guardian (0: nobody)"),
    "ageing": _("Order and languages"),
    "calendar": _("Opening hours"),
    "document": _("Document of the letter"),
    "exhausted": _("When nobody was reached"),
    "facts": _("Facts that may be asked"),
    "form": _("Form of the link"),
    "household_minutes": _("Minutes between calls to several people at one telephone"),
    "household_once": _("One call for all at one telephone: who was reached is enough"),
    "holidays": _("Holidays"),
    "hours": _("Opening hours"),
    "kinds": _("Kinds"),
    "languages": _("Skills that languages need"),
    "lifetime": _("Tries for each person in all campaigns together, at most"),
    "messages": _("Messages on a voicemail, at most"),
    "needed": _("How many of them must be right"),
    "number": _("Tries for each number, at most"),
    "numbers": _("Numbers"),
    "order": _("Order"),
    "other_daypart": _("At another time of the day"),
    "rotate": _("Another number each time"),
    "then": _("What follows"),
    "tries": _("Wrong tries, at most"),
    "verification": _("Who is on the line"),
}
NAMES = {
    **DISPOSITIONS,  # a policy's rules are kept by them
    **RULES,
    "active": _("In use"),
    "address": _("Address"),
    "again": _("Tried again"),
    "app": _("App"),
    "break": _("Broken glass"),
    "ended at": _("Ended at"),
    "epoch": _("Number of the session's rights"),
    "inbox": _("Folder of lists"),
    "judged at": _("Judged at"),
    "judged by": _("Judged by"),
    "parent": _("Belongs to"),
    "party": _("Number of the person"),
    "told at": _("Told"),
    "verdict": _("Judgement"),
    "as if today were": _("As if today were"),
    "at": _("At"),
    "channel": _("Channel"),
    "clearance": _("Clearance"),
    "at_most": _("how often at most"),
    "block": _("Block"),
    "by": _("By"),
    "campaign": _("Campaign"),
    "campaigns": _("Campaigns"),
    "caps": _("Limits"),
    "change": _("Change"),
    "changed at": _("Changed at"),
    "code": _("Code"),
    "column": _("Column"),
    "columns": _("Columns"),
    "commands": _("Steps"),
    "created at": _("Created at"),
    "client": _("OAuth client"),
    "created by": _("Created by"),
    "day": _("Tries a day, at most"),
    "days": _("Days"),
    "decided at": _("Decided at"),
    "decided by": _("Decided by"),
    "dialling": _("Dialling"),
    "everywhere": _("In all campaigns"),
    "expires at": _("Expires at"),
    "extension": _("Extension"),
    "feed": _("Feed"),
    "folder": _("Folder"),
    "frame": _("Softphone in a frame (Genesys Cloud)"),
    "from": _("From"),
    "gap_minutes": _("Minutes between two tries, at least"),
    "grace_minutes": _("Minutes a callback is kept for who promised it"),
    "hold": _("Legal hold"),
    "ids of blocks": _("Ids of blocks"),
    "institute": _("Institute"),
    "item": _("Tries for each person, at most"),
    "language": _("Language"),
    "lease_minutes": _("Minutes without a sign until an item is taken back"),
    "lesson app": _("Lesson"),
    "kind": _("Kind"),
    "lifted at": _("Lifted at"),
    "lifted by": _("Lifted by"),
    "mapping": _("Columns of the list"),
    "minutes": _("Minutes"),
    "name": _("Name"),
    "on": _("Switched on"),
    "open": _("In use"),
    "paused": _("Paused"),
    "person": _("Person"),
    "place": _("Place"),
    "policy": _("Policy"),
    "prefix": _("Beginning"),
    "priority": _("Priority"),
    "proposal": _("Proposal"),
    "provider": _("Telephone system"),
    "purpose": _("Purpose"),
    "queue": _("Queue"),
    "rate": _("Requests a minute, at most"),
    "reason": _("Reason"),
    "revoked at": _("Revoked at"),
    "revoked by": _("Revoked by"),
    "rule": _("How long records are kept"),
    "rules": _("Rules"),
    "scopes": _("Scopes"),
    "serial": _("Number of the key"),
    "skill": _("Skill"),
    "skills": _("Skills"),
    "source": _("Source"),
    "state": _("State"),
    "target": _("Its number, or the code of the app"),
    "team": _("Team"),
    "template": _("Template"),
    "test of a script": _("Test of a script"),
    "text": _("Text"),
    "time_zone": _("Time zone"),
    "title": _("Title"),
    "translation key": _("Page family"),
    "token": _("Token of another program"),
    "unit": _("Unit"),
    "until": _("Until"),
    "version label": _("Label of a version"),
    "version": _("Version"),
    "what is expected": _("What is expected"),
    "why": _("Why"),
    "window": _("Calling hours"),
}


def spoken(name: object) -> str:
    """The name in the reader's words; as it is, where nobody gave it any."""
    known = NAMES.get(str(name))
    return gettext(known) if known else capfirst(str(name))


def key_words(key: str) -> str:
    """A key of what is kept as data: of our own in words, a column's name as somebody wrote it."""
    return gettext(NAMES[key]) if key in NAMES else key


def target_words(kept: str) -> str:
    """What a column of a list holds (`fact:phone`), in words."""
    kind, colon, name = kept.partition(":")
    known = LABELS.get(name) if colon and kind == "fact" else None
    return gettext(known) if known else kept


def pair(label: str, words: str) -> str:
    """`label: words`, with the blanks of the reader's language."""
    return gettext("%(label)s: %(words)s") % {"label": label, "words": words}
