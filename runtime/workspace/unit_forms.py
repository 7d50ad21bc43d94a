"""What is filled in about units."""

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from runtime.people.models import Unit
from runtime.workspace.people_words import KINDS

WHOLE = _("the whole organisation")


class _Placed(forms.Form):
    """Where a unit lies. Who leads a unit chooses among what is theirs; an administrator may choose the top as well."""

    def __init__(self, *args: Any, places: QuerySet[Unit], top: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields[self.place]
        field.queryset = places.filter(active=True).order_by("title")
        field.required = not top
        field.empty_label = WHOLE if top else None

    place = "parent"


class UnitForm(_Placed):
    """A new unit."""

    title = forms.CharField(label=_("Title"), max_length=255)
    code = forms.CharField(
        label=_("Code"),
        max_length=63,
        validators=[validate_slug],
        help_text=_("Letters, digits, - and _; it is never changed."),
    )
    kind = forms.ChoiceField(label=_("Kind"))
    parent = forms.ModelChoiceField(Unit.objects.none(), label=_("Belongs to"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _kinds(self)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Unit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("This code is taken. Choose another."))
        return code


class NameForm(forms.Form):
    """Another title, another kind."""

    title = forms.CharField(label=_("Title"), max_length=255)
    kind = forms.ChoiceField(label=_("Kind"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _kinds(self)


class MoveForm(_Placed):
    """Another place in the tree."""

    parent = forms.ModelChoiceField(Unit.objects.none(), label=_("Belongs to"))


class HandOverForm(_Placed):
    """What becomes of the queues and people of a unit that is put out of use."""

    to = forms.ModelChoiceField(Unit.objects.none(), label=_("Its queues and its people go to"))
    place = "to"


def _kinds(form: forms.Form) -> None:
    kinds: Any = form.fields["kind"]
    kinds.choices = [(code, _(words)) for code, words in KINDS.items()]
