"""The form of the editor page: what would veto publishing is shown at the block concerned."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from builder import gates
from builder.blocks.outcomes import skills
from builder.publish import check
from builder.views.problems import lines_of, stream_error
from content.joining.form import JoiningForm

PUBLISHING = "action-publish"  # the name of Wagtail's button


class Linked(SafeString):
    """An error with a link in it: Wagtail puts the field's label before each error, and a plain text would make it plain again."""

    def __radd__(self, label: str) -> SafeString:
        return mark_safe(f"{conditional_escape(label)}{self}")  # noqa: S308 both are escaped


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
        self.instance.under = self.parent_page  # where a page that is not there yet will stand
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
            for code, problems in gates.closed(self.instance, checked.definition).items():
                self._stop(code, problems)

    def _stop(self, code: str, problems: Any) -> None:
        """What a gate found, and the way to its page, where who has the right may release all the same."""
        for line in lines_of(self.instance, problems, gettext):
            self.add_error(None, line)
        if self.instance.pk:
            self.add_error(
                None,
                Linked(
                    format_html(
                        '<a href="{}#gate-{}">{}</a>',
                        reverse("release", args=[self.instance.pk]),
                        code,
                        gettext("What stands in the way of this release"),
                    )
                ),
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
