"""What the editor page says while a section becomes a shared one, or a shared one the script's own."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

TEXTS = {
    "share": _("Make this section a shared one"),
    "shareHelp": _(
        "Other scripts can include it then. This page includes it in this place and asks what it asked before; the section's condition stays here."
    ),
    "title": _("Title"),
    "code": _("Code"),
    "codeHelp": _("By this word scripts know the section. It is fixed from now on."),
    "doShare": _("Make it shared"),
    "cancel": _("Cancel"),
    "shared": _("“%(label)s” is a shared section now, and this page includes it. Save the page."),
    "sharedBack": _(
        "The section is this page's own again. The shared section “%(label)s” stays in the list of shared sections."
    ),
    "saveFirst": _("Save the page first: then its sections can be shared."),
    "failed": _(
        "It could not be done: the server did not answer. Nothing was changed; try again."
    ),
    "own": _("Make it this script's own"),
    "owned": _(
        "“%(label)s” is this script's own now, and does not follow the shared section any more."
    ),
    "ownedTexts": _(
        "“%(label)s” is this script's own now. Its texts in other languages stay with the shared section: translate them here before you publish."
    ),
    "notOwned": _("There is nothing to take over: no published shared section is picked here."),
    "twoConditions": _(
        "The section and this page both have a condition for it, and one of them is a formula. Empty the condition here, make the section the script's own, then write the condition anew."
    ),
}


def texts() -> dict[str, str]:
    """In the reader's language, with the address that is asked; `sharing.js` reads them."""
    said = {name: gettext(text) for name, text in TEXTS.items()}
    return {**said, "address": reverse("shared-section-make", args=[0])}
