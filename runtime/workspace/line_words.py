"""What is said on the line before anybody is known, in the language of the person; and what is told to the agent about it."""

from collections.abc import Mapping

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from runtime.queues.models import Verification

FACTS: Mapping[str, str] = {
    "birth_date": gettext_noop("Date of birth"),
    "postcode": gettext_noop("Postcode"),
    "national_number": gettext_noop("National number: the last four digits"),
    "email": gettext_noop("E-mail address"),
}
# Each line is said aloud as it stands; none says more about the person than their name.
LINES: Mapping[str, str] = {
    "speaking": gettext_noop("Good day. Am I speaking with %(name)s?"),
    "guardian_of": gettext_noop("Good day. Am I speaking with a parent or guardian of %(name)s?"),
    "prove": gettext_noop("So that I tell nobody else what is yours, please tell me first:"),
    "somebody_else": gettext_noop("I may only say it to %(name)s. When may I call back?"),
    "voicemail": gettext_noop("This is a message for %(name)s. I will call again."),
    "not_sure": gettext_noop(
        "I am sorry, I cannot be sure who is speaking, so I may not say more. It says nothing about you."
    ),
    "who_calls": gettext_noop("Good day. What is your name, please?"),
    "with_guardian": gettext_noop("May I speak with a parent or guardian, please?"),
}
TOLD: Mapping[str, str] = {
    "wrong": gettext_noop("This is not what is known. Ask once more, for other facts too."),
    "unreadable": gettext_noop("Some of this cannot be read; nothing was compared yet."),
    "too_few": gettext_noop("Type what the person says; nothing was compared yet."),
    "limit": gettext_noop(
        "There were too many wrong tries, so nothing more is compared now. End it as “could not be verified”."
    ),
    "over": gettext_noop("The call has ended. Nothing was compared; ask anew in the next call."),
    "failed": gettext_noop("It could not be verified who this is. Say nothing about anybody."),
}


def line(code: str, language: str | None, **said: str) -> dict[str, str]:
    """A line with the language it is in: the person's where we speak it, else the agent's."""
    spoken = language if language in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(spoken):
        text = gettext(LINES[code]) % said if said else gettext(LINES[code])
    return {"text": text, "language": spoken or ""}


def facts_of(row: Verification) -> list[tuple[str, str]]:
    """The facts that may be asked, with their labels."""
    return [(name, gettext(FACTS[name])) for name in row.facts]
