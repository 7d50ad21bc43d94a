"""The half of the page's form that joins it with what others saved meanwhile."""

import secrets
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.forms import WagtailAdminPageForm

from builder.problems import say
from builder.views.problems import stream_error
from content.joining.join import Join
from content.joining.told import Told, problems, problems_of_uses, sentence, told

STREAMS = ("body", "outcomes")


class JoiningForm(WagtailAdminPageForm):
    """`posted` is what the browser shows, `cleaned_data` what is saved: joined with the newest draft."""

    posted: dict[str, Any]

    @property
    def sitting(self) -> Join | None:
        return getattr(self.instance, "sitting", None)

    @cached_property
    def window(self) -> str:
        """The token of this window of the browser; the page posts it."""
        own = getattr(self.instance, "window", None)
        return str(self.data.get("window") or own or secrets.token_hex(16))

    @cached_property
    def both(self) -> list[Told]:
        """What was changed here and by others, to be settled."""
        return told(self.sitting, self.instance) if self.sitting and self.is_bound else []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.posted = dict(cleaned)
        if self.sitting:
            names = [name for name in cleaned if not self.fields[name].disabled]
            joined = self.sitting.run(cleaned, names)
            cleaned.update(joined)
        return cleaned

    def show_conflicts(self) -> None:
        """At the block or the field; what is not on this page any more, in the list above it."""
        if self.sitting is None or not self.both:
            return
        found = list(problems(self.sitting, self.both))
        marked = [*found, *problems_of_uses(self.sitting, self.both)]
        for name in STREAMS:
            error = stream_error(self.posted.get(name), marked)
            if error is not None:
                self.add_error(name, error)
        for one, problem in zip(self.both, found, strict=True):
            of_field = not one.conflict.place and one.conflict.way[0] in self.fields
            where = f"{one.where}: " if one.where else ""
            self.add_error(
                one.conflict.way[0] if of_field else None, where + say(problem, gettext)
            )

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Wagtail's list for the page that stays open after an autosave; a script of ours reads `joined`."""
        said = sentence(self.sitting) if self.sitting else ""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        return [*updates, ("joined", said)] if said else updates
