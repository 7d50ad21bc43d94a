"""What somebody says who breaks the glass, and what is said of it afterwards. The proof of who they are is bound from above
(`config.binding`): a second factor or the password, right now.

    bind_proof(form_of)     # form_of(user, posted) gives a form with one field
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.glass.actions import LONGEST, VERDICTS
from runtime.records.amending import LEAST_WORDS, is_reason

Proof = Callable[..., forms.Form]
_proofs: list[Proof] = []
VERDICT_WORDS = {
    "justified": gettext_lazy("It was justified"),
    "not_justified": gettext_lazy("It was not justified"),
}


def bind_proof(proof: Proof) -> None:
    """How somebody proves who they are; the last one bound is used."""
    _proofs[:] = [proof]


def proof_of(user: Any, posted: Any = None) -> forms.Form:
    return _proofs[0](user, posted)


class ReasonForm(forms.Form):
    """Why somebody must see this person now."""

    reason = forms.CharField(
        label=gettext_lazy("Why must you see this person now?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        help_text=gettext_lazy(
            "In a sentence. It lies sealed with the person's data; who reviews it reads it."
        ),
    )

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if not is_reason(reason):
            words = _("Please say why in at least %(n)s words.")
            raise ValidationError(words % {"n": LEAST_WORDS})
        return reason


class JudgementForm(forms.Form):
    """What the data officer makes of a break."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Judgement"),
        choices=[(code, VERDICT_WORDS[code]) for code in VERDICTS],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        help_text=gettext_lazy("It lies sealed with the person's data."),
    )

    def clean(self) -> dict[str, Any]:
        """What is not justified is explained."""
        told = dict(super().clean() or {})
        if told.get("verdict") == "not_justified" and not is_reason(told.get("remark", "")):
            words = _("Please say why it was not justified in at least %(n)s words.")
            self.add_error("remark", words % {"n": LEAST_WORDS})
        return told
