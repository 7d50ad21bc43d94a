"""What the screen says: one sentence per problem code and per event, in the person's language.

The server uses these tables when it renders; the browser gets the same sentences as JSON (`browser_wording`), so that
both say a thing in the same words. Holes are `%(name)s` on both sides.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop

PROBLEMS: Mapping[str, str] = {
    "unknown": gettext_noop("This question is not part of the script."),
    "read_only": gettext_noop("This answer cannot be changed here."),
    "calculated": gettext_noop("This value is computed; it cannot be typed."),
    "type": gettext_noop("This is not the kind of answer the question asks for."),
    "range": gettext_noop("This lies outside what is allowed here."),
    "too_long": gettext_noop("This is longer than the question allows."),
    "choice": gettext_noop("This is not one of the choices."),
    "constraint": gettext_noop("This does not fit with the other answers."),
    "unreadable": gettext_noop("This could not be read. Please check it with the person."),
    "required": gettext_noop("An answer is needed here."),
    "incomplete": gettext_noop("Answers are still missing, or something is to be checked."),
    "not_available": gettext_noop("This is not available now."),
    "duplicate": gettext_noop("This entry is there already."),
    "open": gettext_noop("The record is open already."),
    "shape": gettext_noop("This could not be understood."),
    "characters": gettext_noop("The text holds characters that cannot be kept."),
    "repeated": gettext_noop("This was sent twice in different words; the first was kept."),
    "file": gettext_noop("This file is not kept here; please send it again."),
    "closed": gettext_noop("The record is closed. Reopen it with a reason to change it."),
    "too_large": gettext_noop("This is too large to be saved."),
    "reason": gettext_noop("Please say why the warning may be set aside."),
    "counted": gettext_noop("The entries follow the answer that counts them; change that one."),
}
OTHER_PROBLEM = gettext_noop("This could not be saved (%(code)s).")

EVENTS: Mapping[str, str] = {
    "answered": gettext_noop("answered"),
    "cleared": gettext_noop("cleared"),
    "entry_added": gettext_noop("entry added"),
    "entry_removed": gettext_noop("entry removed"),
    "section_opened": gettext_noop("section opened"),
    "language_set": gettext_noop("language changed"),
    "entry_moved": gettext_noop("entry moved"),
    "overridden": gettext_noop("warning set aside"),
    "finished": gettext_noop("finished"),
    "reopened": gettext_noop("reopened"),
    "carried_over": gettext_noop("brought to a newer version"),
    "carried_back": gettext_noop("brought back to the version before"),
}

UNDONE, REDONE = gettext_noop("undone"), gettext_noop("done again")

SCREEN: Mapping[str, str] = {
    "saved": gettext_noop("All %(n)s answers saved"),
    "saved_one": gettext_noop("1 answer saved"),
    "saved_none": gettext_noop("Nothing to save yet"),
    "saving": gettext_noop("Saving…"),
    "unsaved_one": gettext_noop("Not saved yet: 1 answer, held only by this page. Keep it open."),
    "unsaved": gettext_noop("Not saved yet: %(n)s answers, held only by this page. Keep it open."),
    "sealed_one": gettext_noop("Not saved yet: 1 answer, kept sealed in this browser."),
    "sealed": gettext_noop("Not saved yet: %(n)s answers, kept sealed in this browser."),
    "unkept": gettext_noop(
        "This browser keeps nothing: its storage is full or forbidden, or there is no safe line. Answers that are not saved yet "
        "are held only by this page; keep it open until all are saved."
    ),
    "taken_up_waiting": gettext_noop(
        "Answers wait sealed in this browser. They are sent as soon as the server can be reached."
    ),
    "taken_up_saved_one": gettext_noop("1 answer that had not been sent is saved now."),
    "taken_up_saved": gettext_noop("%(n)s answers that had not been sent are saved now."),
    "taken_up_late_one": gettext_noop(
        "1 answer came too late and waits with its call for a decision."
    ),
    "taken_up_late": gettext_noop(
        "%(n)s answers came too late and wait with their calls for a decision."
    ),
    "taken_up_refused_one": gettext_noop("1 answer that had not been sent could not be saved."),
    "taken_up_refused": gettext_noop("%(n)s answers that had not been sent could not be saved."),
    "open_call": gettext_noop("Open the call"),
    "offline": gettext_noop("The line is gone; it is tried again by itself."),
    "signed_out": gettext_noop(
        "You are signed out. Sign in again in another tab, then press “Try again”; your answers are still here."
    ),
    "taken_over": gettext_noop(
        "This call is no longer yours: it was ended or taken over. Your unsent answers are kept on this page; "
        "press “Try again” to hand them over as late answers."
    ),
    "handed_over": gettext_noop(
        "Your last answers were handed over; whoever opens this call decides about them."
    ),
    "try_again": gettext_noop("Try again"),
    "read_as": gettext_noop("read as %(value)s"),
    "not_read": gettext_noop("not understood yet"),
    "checking": gettext_noop("being checked…"),
    "sending": gettext_noop("being sent…"),
    "sent": gettext_noop("%(name)s is kept."),
    "not_sent": gettext_noop("The file was not sent: the line is gone. Choose it again."),
    "kept_as_typed": gettext_noop("kept as typed"),
    "yes": gettext_noop("yes"),
    "no": gettext_noop("no"),
    "missing_count": gettext_noop("%(n)s missing"),
    "entry_count": gettext_noop("%(n)s so far"),
    "entry": gettext_noop("Entry %(n)s"),
    "entry_added": gettext_noop("%(label)s added."),
    "entry_removed": gettext_noop("%(label)s removed."),
    "entries_full": gettext_noop("No more than %(n)s can be added here."),
    "edit": gettext_noop("Edit"),
    "remove": gettext_noop("Remove"),
    "no_choice": gettext_noop("“%(text)s” is none of the choices; nothing was changed."),
    "a_language": gettext_noop("language of the conversation"),
    "a_section": gettext_noop("section"),
    "not_asked_now": gettext_noop("“%(label)s” is not asked any more."),
    "now_at": gettext_noop("Now at: %(label)s"),
    "section_shown": gettext_noop("Section %(title)s"),
    "conflict": gettext_noop("“%(label)s” was answered by two people. Please check it."),
    "nothing": gettext_noop("nothing"),
    "language_failed": gettext_noop(
        "The texts of this language could not be fetched. Try again when the line is back."
    ),
    "finish_unsaved": gettext_noop(
        "Some answers are not saved yet. The call can be ended when they are."
    ),
    "not_ready": gettext_noop("Still missing: %(labels)s"),
    "next": gettext_noop("Next"),
    "last": gettext_noop("To the end"),
    "return": gettext_noop("Return"),
    "suggested": gettext_noop("Filled in by the script; not confirmed yet."),
    "confirm": gettext_noop("Confirm"),
    "kept": gettext_noop(
        "Kept, but not offered now: %(value)s. It counts again as soon as it is offered."
    ),
    "none_offered": gettext_noop("Nothing is offered here yet; it depends on other answers."),
    "reason": gettext_noop("Why it may stand"),
    "set_aside": gettext_noop("Set the warning aside"),
    "set_aside_because": gettext_noop("Set aside: %(reason)s"),
    "copied": gettext_noop("The number is copied."),
    "undone_answered": gettext_noop("Undone: %(label)s, was %(value)s"),
    "undone_cleared": gettext_noop("Undone: %(label)s is %(value)s again"),
    "undone_overridden": gettext_noop("Undone: the warning at %(label)s stands again"),
    "undone_entry_added": gettext_noop("Undone: %(label)s is gone again"),
    "undone_entry_removed": gettext_noop("Undone: %(label)s is there again"),
    "undone_entry_moved": gettext_noop("Undone: %(label)s is back in its place"),
    "redone": gettext_noop("Done again: %(label)s"),
    "nothing_to_undo": gettext_noop("There is nothing of this sitting left to undo."),
    "nothing_to_redo": gettext_noop("There is nothing to do again."),
    "undo_changed": gettext_noop(
        "%(label)s was changed since, by somebody else or in another window; it was left as it is."
    ),
    "nothing_saved": gettext_noop("A preview: nothing is saved"),
}

# What a citizen reads in the place of the above: nobody is on the line, and nobody knows the script.
PUBLIC: Mapping[str, str] = {
    "unreadable": gettext_noop("We could not read this. Please write it in another way."),
    "required": gettext_noop("Please answer this."),
    "unknown": gettext_noop("This question is not part of the form."),
    "file": gettext_noop("This file did not reach us; please send it again."),
    "constraint": gettext_noop("This does not fit with your other answers."),
    "incomplete": gettext_noop("Some answers are still missing, or something is to be checked."),
    "closed": gettext_noop("This form was sent already; nothing can be changed any more."),
    "suggested": gettext_noop("Filled in for you. Please check it."),
    "confirm": gettext_noop("This is right"),
    "reason": gettext_noop("If it is right all the same, tell us why"),
    "set_aside": gettext_noop("It is right"),
    "set_aside_because": gettext_noop("You told us why: %(reason)s"),
    "kept": gettext_noop(
        "You chose %(value)s before. It does not fit with your other answers now and does not count."
    ),
    "none_offered": gettext_noop("There is nothing to choose yet; it depends on other answers."),
    "unsaved_one": gettext_noop("Not saved yet: 1 answer. Keep this page open."),
    "unsaved": gettext_noop("Not saved yet: %(n)s answers. Keep this page open."),
    "saved": gettext_noop("Everything is saved"),
    "saved_one": gettext_noop("Everything is saved"),
    "taken_over": gettext_noop(
        "This page cannot save any more. Load it again; what you typed is kept."
    ),
    "signed_out": gettext_noop(
        "This page was open for too long. Load it again; what was saved is still there."
    ),
    "handed_over": gettext_noop("Your last answers were handed over."),
}


def arriving_wording() -> dict[str, dict[str, str]]:
    """The sentences about what an earlier page left unsent, for the first page after signing in."""
    keys = [key for key in SCREEN if key.startswith("taken_up")] + ["open_call"]
    return {"problems": {}, "screen": {key: gettext(SCREEN[key]) for key in keys}}


def problem_sentence(code: str, message: str | None = None, mode: str = "") -> str:
    """One sentence for a problem of an answer; a constraint's own message wins. `mode`: for whom it is said, as the sheet's."""
    if message:
        return message
    sentence = PUBLIC.get(code) if mode == "public" else None
    sentence = sentence or PROBLEMS.get(code)
    return gettext(sentence) if sentence else gettext(OTHER_PROBLEM) % {"code": code}


def event_word(event: Mapping[str, Any]) -> str:
    """The word for an event in a history."""
    if "undoes" in event or "redoes" in event:
        return gettext(UNDONE if "undoes" in event else REDONE)
    word = EVENTS.get(event["event"])
    return gettext(word) if word else str(event["event"])


def say(key: str, mode: str = "", **params: object) -> str:
    """A sentence of the screen with its holes filled."""
    words = gettext(_spoken(SCREEN, mode)[key])
    return words % params if params else words


def browser_wording(mode: str = "") -> dict[str, dict[str, str]]:
    """All the sentences the browser may need, in the person's language."""
    problems = {code: gettext(sentence) for code, sentence in _spoken(PROBLEMS, mode).items()}
    problems["other"] = gettext(OTHER_PROBLEM)
    screen = {key: gettext(text) for key, text in _spoken(SCREEN, mode).items()}
    return {"problems": problems, "screen": screen}


def _spoken(table: Mapping[str, str], mode: str) -> Mapping[str, str]:
    if mode != "public":
        return table
    return {key: PUBLIC.get(key, words) for key, words in table.items()}
