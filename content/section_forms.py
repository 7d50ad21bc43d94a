"""The form of a shared section: what is wrong in it whatever script includes it is shown at its block."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from builder.problems import say
from builder.shared import problems_of_section
from builder.views.problems import stream_error


class SharedSectionForm(WagtailAdminModelForm):
    """Drafts may be as unfinished as they like."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields and self.instance.pk and self.instance.first_published_at:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _("Fixed since the first publishing.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        others = type(self.instance).objects.filter(code=cleaned.get("code"))
        if others.exclude(translation_key=self.instance.translation_key).exists():
            self.add_error("code", _("Another shared section has this code."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own step between cleaning and saving
        if self.is_deferred_validation or self.errors:
            return
        found = problems_of_section(self.instance.body)[0]
        error = stream_error(self.cleaned_data.get("body"), found)
        if error is not None:
            self.add_error("body", error)
        elif found:
            self.add_error(None, [say(problem, gettext) for problem in found])
