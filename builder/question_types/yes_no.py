"""Yes or no."""

from builder.problems import gettext_noop as _
from builder.question_types.base.deciding import Decision


class YesNo(Decision):
    """A question that is answered by yes or no."""

    name = "yes_no"
    label = _("Yes or no")
    icon = "check"


YES_NO = YesNo()
