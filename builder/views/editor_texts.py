"""What the scripts of the editor page say, in the reader's language: handed over once, as JSON in the page."""

from typing import Any

from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from builder.conditions import OPERATORS

ELEMENT = "scriptorium-editor-texts"
# What a formula may say beside names, for its completion; docs/formulas.md has the language.
FORMS = (
    *("today", "yes", "no", "and ", "or ", "or else ", "not ", "if  then  else ", "days between  and "),
    *("age of ", "count of ", "sum of ", "average of ", "smallest of ", "largest of ", "collect (", "choice "),
    *("is answered", "is not answered", "is one of (", "contains ", "does not contain ", "matches ", "score"),
)  # fmt: skip
# How a picked comparison is said: the wording of the operator that it is made with.
VERBS = {
    **{name: OPERATORS[name].wording for name in ("eq", "ne", "lt", "le", "gt", "ge")},
    "one_of": OPERATORS["one_of"].wording,
    "contains": OPERATORS["contains"].wording,
    "lacks": OPERATORS["contains"].negated,
    "answered": OPERATORS["answered"].wording,
    "unanswered": OPERATORS["answered"].negated,
}
TEXTS = {
    # a closed row
    "required": _("required"),
    "repeated": _("repeated"),
    "side": _("side section"),
    "complete": _("complete"),
    "item": _("1 item"),
    "items": _("%(count)s items"),
    "choice": _("1 choice"),
    "choices": _("%(count)s choices"),
    "gone": _("something that is no longer there"),
    "thisAnswer": _("this answer"),
    "score": _("score (percent)"),
    "offered": _("the choice's “%(attribute)s”"),
    "ownName": _("the choice itself"),
    "today": _("today"),
    "daysAfter": _("%(days)s days after today"),
    "daysBefore": _("%(days)s days before today"),
    "yes": _("yes"),
    "no": _("no"),
    "and": _("and"),
    "or": _("or"),
    "noneOf": _("none of these holds: %(list)s"),
    # finding
    "find": _("Find on this page"),
    "findHint": _("Label, name, type, choice, condition ( / )"),
    "found": _("What was found"),
    "foundSome": _("%(count)s found"),
    "foundNone": _("Nothing on this page has these words."),
    # deleting
    "deleteHeading": _("“%(label)s” is used elsewhere"),
    "choiceHeading": _("The choice “%(label)s” is used elsewhere"),
    "usedBy": _("It is used by:"),
    "deleteAnyway": _("Delete it all the same"),
    "keepIt": _("Keep it"),
    "deleted": _("Deleted: “%(label)s”."),
    "undo": _("Undo"),
    "close": _("Close"),
    "cannotUndo": _("The section it stood in is gone, too: bring that back first."),
    # moving
    "moved": _("“%(label)s” stands in place %(place)s of %(count)s now."),
    # copying
    "copy": _("Copy, to paste on another page"),
    "copied": _("Copied: “%(label)s”. Open another page and choose “Paste a block” there."),
    "copyByHand": _("The browser does not give its clipboard. Copy this text (Ctrl+C)."),
    "paste": _("Paste"),
    "pasteBlock": _("Paste a block"),
    "pasteHeading": _("Paste a block of another page"),
    "pasteHere": _("Paste here what you copied (Ctrl+V)."),
    "pasteInto": _("A question goes into the section"),
    "notOurs": _(
        "This is no block that was copied from a page. Copy it again, and paste all of it."
    ),
    "noPlace": _("A block of this type has no place on this page."),
    # formulas
    "completions": _("Names and functions"),
    "function": _("function"),
    "formulaFits": _("The formula can be read."),
    "formulaLater": _("The formula could not be checked now. It is checked when you publish."),
    "pasted": _("Pasted: “%(label)s”."),
    "pastedMissing": _(
        "Pasted: “%(label)s”. It speaks of %(missing)s, which is not on this page: look at its conditions."
    ),
}


def editor_texts() -> SafeString:
    """A data block of the page; `page.js` reads it."""
    return json_script(_said(), ELEMENT)


def _said() -> dict[str, Any]:
    verbs = {f"verb_{name}": gettext(wording) for name, wording in VERBS.items()}
    said = verbs | {name: gettext(text) for name, text in TEXTS.items()}
    return {**said, "forms": FORMS, "formulaAddress": reverse("formula-check")}
