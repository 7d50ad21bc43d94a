"""The form of the editor page: what would veto publishing is shown at the block concerned."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from builder.blocks.outcomes import skills
from builder.publish import check
from builder.views.problems import lines_of, stream_error


class AppPageForm(WagtailAdminPageForm):
    """Drafts may be as unfinished as they like; publishing and submitting check the whole page family."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (
            "code" in self.fields
            and self.instance.pk
            and self.instance.first_published_at
            and self.instance.code
        ):
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _("Fixed since the first publishing.")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own step between cleaning and saving
        if not self.is_deferred_validation and not self.errors:
            self._show(check(self.instance).vetoes)

    def _show(self, problems: Any) -> None:
        for field in ("body", "outcomes"):
            error = stream_error(self.cleaned_data.get(field), problems)
            if error is not None:
                self.add_error(field, error)
        for line in lines_of(self.instance, problems, gettext):
            self.add_error(None, line)


class LessonPageForm(AppPageForm):
    """The skill is picked among those there are; one that is gone stays visible."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "skill" in self.fields:
            known = skills()
            own = self.instance.skill
            gone = [(own, own)] if own and own not in dict(known) else []
            self.fields["skill"].widget = forms.Select(choices=[("", _("none")), *known, *gone])
