"""The form of the editor page: what would veto publishing is shown at the block concerned."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from builder import gates
from builder.blocks.outcomes import skills
from builder.publish import check
from builder.views.problems import lines_of, stream_error
from content.joining.form import JoiningForm

PUBLISHING = "action-publish"  # the name of Wagtail's button


class AppPageForm(JoiningForm):
    """Drafts may be as unfinished as they like; publishing and submitting check the whole page family."""

    complete_in = forms.MultipleChoiceField(
        label=_("whole in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "It is not released while texts lack a translation in these languages, or were translated before they changed."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "complete_in" in self.fields:
            self.fields["complete_in"].choices = self._languages()
        if (
            "code" in self.fields
            and self.instance.pk
            and self.instance.first_published_at
            and self.instance.code
        ):
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _("Fixed since the first publishing.")

    def _languages(self) -> list[tuple[str, str]]:
        """All but the page's own; one that is no language here any more stays, so that it can be unticked."""
        own = self.instance.locale.language_code if self.instance.locale_id else ""
        known = [row for row in settings.WAGTAIL_CONTENT_LANGUAGES if row[0] != own]
        gone = [one for one in self.instance.complete_in if one not in dict(known)]
        return [*known, *((one, one) for one in gone)]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own step between cleaning and saving
        self.show_conflicts()
        if self.is_deferred_validation or self.errors:
            return
        checked = check(self.instance)
        self._show(checked.vetoes)
        if checked.definition is not None and PUBLISHING in self.data:
            for problems in gates.closed(self.instance, checked.definition).values():
                self._stop(problems)

    def _stop(self, problems: Any) -> None:
        """What a gate found, and where who has the right may release all the same."""
        for line in lines_of(self.instance, problems, gettext):
            self.add_error(None, line)
        self.add_error(
            None, gettext("The release report says more, and who may release it all the same.")
        )

    def _show(self, problems: Any) -> None:
        for field in ("body", "outcomes"):
            error = stream_error(self.posted.get(field), problems)
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
