"""The report on the page of a release: what changed, which questions may be declared to be others now, what lies upstairs."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext

from builder import publish as publishing
from builder import releases, reports
from builder.definition import Definition, diff, say_change
from builder.definition.renames import Pair, pairs, valid
from builder.definition.sameness import same_but_texts
from builder.definition.touched import LOSSES, newly_asked
from builder.definition.walk import label_of
from builder.models import App
from content.models.base import AppPage

CHANGES_SHOWN = 200


@dataclass(frozen=True)
class Release:
    """A draft that would be the next version of an app."""

    app: App
    before: Definition
    after: Definition
    page: AppPage

    @classmethod
    def of(cls, page: AppPage, after: Definition | None) -> "Release | None":
        """None where nothing was published before, or the draft has no meaning."""
        app = App.objects.filter(translation_key=page.translation_key).first()
        before = publishing.latest(page)
        if app is None or before is None or after is None:
            return None
        return cls(app, before, after, page)

    @property
    def follows(self) -> bool:
        """Whether open records of it may follow."""
        return self.after.kind in releases.FOLLOWING

    def chosen(self) -> tuple[dict[str, str], str]:
        """The renames that hold, and when open records follow: as it was said, else what is likely and usual."""
        plan = releases.plan_of(self.page.translation_key)
        if plan is not None:
            return valid(self.before, self.after, plan.renames), plan.when
        likely = {pair.gone.name: pair.likely for pair in self.pairs() if pair.likely}
        return likely, releases.usual(self.before, self.after, likely)

    def matter(self, by: Any, now: dt.datetime) -> reports.Matter:
        """What readers of the report are given."""
        return reports.Matter(self.app, self.before, self.after, self.chosen()[0], by, now)

    def said(self) -> bool:
        """Whether somebody has decided already."""
        return releases.plan_of(self.page.translation_key) is not None

    def pairs(self) -> tuple[Pair, ...]:
        return pairs(self.before, self.after)

    def keep(self, post: QueryDict, by: Any) -> None:
        """What was posted: a choice for each name that is gone, and when records follow. What is not offered is left out."""
        asked = {pair.gone.name: post.get(f"rename-{pair.gone.name}", "") for pair in self.pairs()}
        renames = valid(self.before, self.after, {old: new for old, new in asked.items() if new})
        when = post.get("when", "")
        if when not in releases.WHEN:
            when = releases.usual(self.before, self.after, renames)
        releases.keep_plan(
            translation_key=self.page.translation_key, renames=renames, when=when, by=by
        )

    def context(self, by: Any, now: dt.datetime) -> dict[str, Any]:
        """What the page shows."""
        renames, when = self.chosen()
        matter = self.matter(by, now)
        changes = [
            say_change(change, gettext, _language)
            for change in diff(self.before, self.after, gettext)
        ]
        asked = newly_asked(self.before, self.after, renames)
        return {
            "changes": changes[:CHANGES_SHOWN],
            "more": len(changes[CHANGES_SHOWN:]),
            "texts_only": same_but_texts(self.before, self.after),
            "pairs": [_choice(pair, renames) for pair in self.pairs()],
            "times": [
                (code, gettext(words), code == when) for code, words in releases.WHEN.items()
            ],
            "said": self.said(),
            "follows": self.follows,
            "touched": [(matter.say(one, gettext), one.code in LOSSES) for one in matter.touched],
            "asked": [question.label.plain("") or question.name for question in asked],
            "reports": reports.read(matter),
        }


def _choice(pair: Pair, renames: dict[str, str]) -> dict[str, Any]:
    chosen = renames.get(pair.gone.name, "")
    return {
        "name": pair.gone.name,
        "label": label_of(pair.gone).plain("") or pair.gone.name,
        "likely": pair.likely,
        "options": [
            (one.name, label_of(one).plain("") or one.name, one.name == chosen)
            for one in pair.candidates
        ],
    }


def _language(code: str) -> str:
    """A language in the reader's words; its code where nothing is known of it."""
    try:
        return capfirst(get_language_info(code)["name_translated"])
    except KeyError:
        return code
