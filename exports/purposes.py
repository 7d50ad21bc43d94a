"""The set purposes of exports and prints, and the set reasons for revoking: codes, so that no log holds a name."""

from django.utils.translation import gettext_lazy as _

EXPORT = (
    ("statistics", _("Statistics and reporting")),
    ("quality", _("Checking the quality of the data")),
    ("institute", _("Request of an institute")),
    ("data_subject", _("Request of the person concerned")),
    ("legal", _("Legal obligation")),
)
PRINT = (
    ("hand_out", _("Handing the document to the person")),
    ("data_subject", _("Request of the person concerned")),
    ("correction", _("Checking or correcting the document")),
    ("legal", _("Legal obligation")),
)
REASONS = (
    ("mistake", _("A mistake in the document")),
    ("facts_changed", _("The facts have changed")),
    ("wrong_person", _("Issued to the wrong person")),
    ("requested", _("At the person's request")),
    ("replaced", _("Replaced by another document")),
    ("amended", _("The amended record no longer gives it")),
)
