"""A file that is sent along."""

from builder.problems import gettext_noop as _
from builder.question_types.base.settings import Setting, Settings
from builder.question_types.base.stored import (
    LARGEST,
    MEDIA_TYPES,
    PDF,
    PICTURES,
    PLAIN_TEXT,
    Stored,
)

ACCEPTED = {
    "any": tuple(MEDIA_TYPES),
    "pdf": (PDF,),
    "pictures": PICTURES,
    "text": (PLAIN_TEXT,),
}


class File(Stored):
    """A PDF, a picture or a plain text, told apart by what is in it."""

    name = "file"
    label = _("File")
    icon = "doc-full"
    settings = (
        Setting(
            "accepts",
            "option",
            "any",
            _("What may be sent"),
            (
                ("any", _("PDF, pictures and plain text")),
                ("pdf", _("PDF only")),
                ("pictures", _("pictures only: JPEG, PNG, WebP")),
                ("text", _("plain text only")),
            ),
        ),
        LARGEST,
    )

    def media_types(self, settings: Settings) -> tuple[str, ...]:
        return ACCEPTED.get(settings.accepts, ())


FILE = File()
