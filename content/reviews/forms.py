"""What a reviewer says: why something is sent back, or a word with an approval."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 1000


class ApproveForm(forms.Form):
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3})
    )


class RejectForm(forms.Form):
    comment = forms.CharField(
        label=_("What must change"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what must change: the author corrects by it.")},
    )
