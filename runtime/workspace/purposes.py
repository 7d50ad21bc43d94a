"""Why somebody looks for a person: set purposes, kept by their code, so that no log ever holds a name.

To add one: a row in PURPOSES.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PURPOSES: tuple[tuple[str, str | Promise], ...] = (
    ("calls_back", _("The person is on the line")),
    ("call_order", _("I am about to call the person")),
    ("document", _("A question about a document")),
    ("correction", _("Something has to be corrected")),
    ("data_subject", _("The person asked about their own data")),
    ("quality", _("Checking the quality of the work")),
)
LABELS = dict(PURPOSES)
KEPT = "find_purpose"
