"""A document is issued about who the record is about."""

from builder.definition.effects.base import Argument, EffectKind
from builder.problems import gettext_noop as _

DATE = _("A question or calculation that is a date.")
EFFECT = EffectKind(
    name="issue_document",
    label=_("Issue a document"),
    words=_("Issue a document"),
    icon="doc-full",
    arguments={
        "document": Argument("code", _("Document"), _("document")),
        "valid_from": Argument("date", _("Valid from"), _("valid from"), optional=True, help=DATE),
        "valid_until": Argument(
            "date", _("Valid until"), _("valid until"), optional=True, help=DATE
        ),
    },
)
