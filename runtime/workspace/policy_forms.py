"""The form of a policy: its rules as fields, in groups; what they may hold is decided where they are read."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.models import App
from builder.problems import Problem, say
from runtime.queues import actions, scope
from runtime.queues.models import Policy
from runtime.workspace.campaign_forms import CodeFixed
from runtime.workspace.line_words import FACTS as ASKED
from runtime.workspace.policy_words import AGAIN, WEEK, initial_of, rules_of

DAYS = (
    (1, gettext_lazy("Monday")),
    (2, gettext_lazy("Tuesday")),
    (3, gettext_lazy("Wednesday")),
    (4, gettext_lazy("Thursday")),
    (5, gettext_lazy("Friday")),
    (6, gettext_lazy("Saturday")),
    (7, gettext_lazy("Sunday")),
)
ORDERS = (
    ("confirmed", gettext_lazy("Confirmed ones first, then the newest")),
    ("newest", gettext_lazy("The newest first")),
    ("oldest", gettext_lazy("The oldest first")),
)
KINDS = (
    ("", gettext_lazy("All alike")),
    ("mobile", gettext_lazy("Mobiles first")),
    ("landline", gettext_lazy("Landlines first")),
)
FOLLOW = (
    ("", gettext_lazy("Nothing")),
    ("letter", gettext_lazy("A letter")),
    ("sms_link", gettext_lazy("A link to a form")),
    ("visit", gettext_lazy("A visit")),
)
LINES = forms.Textarea({"rows": 4})
CLOCK = forms.TimeInput({"type": "time"}, "%H:%M")
GROUPS = (
    (gettext_lazy("Policy"), ("title", "code", "time_zone")),
    (
        gettext_lazy("Opening hours"),
        ("keeps_hours", *(f"hours_{day}" for day in WEEK), "holidays"),
    ),
    (gettext_lazy("Calling hours"), ("days", "opens", "closes")),
    (
        gettext_lazy("How often"),
        (
            "item_cap",
            "number_cap",
            "day_cap",
            "lifetime_cap",
            "gap",
            "messages",
            "household_gap",
            "household_once",
        ),
    ),
    (
        gettext_lazy("Tried again"),
        tuple(f"{row.name}_{part}" for row in AGAIN for part in ("minutes", "at_most", "other")),
    ),
    (gettext_lazy("Numbers"), ("numbers_order", "numbers_first", "numbers_rotate")),
    (gettext_lazy("Callbacks"), ("grace", "callback_days")),
    (
        gettext_lazy("Order and languages"),
        ("ageing_minutes", "ageing_points", "languages", "lease"),
    ),
    (
        gettext_lazy("When nobody was reached"),
        ("follow", "follow_document", "follow_form", "follow_campaign"),
    ),
    (
        gettext_lazy("Who is on the line"),
        ("asks", "asked_facts", "asked_needed", "asked_tries", "adult_from"),
    ),
)
# At which field a problem is said; `calendar.hours.3` at that day's.
FIELDS = {
    "time_zone": "time_zone",
    "calendar": "keeps_hours",
    "calendar.holidays": "holidays",
    "window": "days",
    "caps.item": "item_cap",
    "caps.number": "number_cap",
    "caps.day": "day_cap",
    "caps.lifetime": "lifetime_cap",
    "caps.gap_minutes": "gap",
    "caps.household_minutes": "household_gap",
    "voicemail.messages": "messages",
    "callback.grace_minutes": "grace",
    "callback.days": "callback_days",
    "ageing.minutes": "ageing_minutes",
    "ageing.at_most": "ageing_points",
    "languages": "languages",
    "lease_minutes": "lease",
    "exhausted": "follow",
    "verification": "asks",
}


class PolicyForm(CodeFixed):
    """Each part of the rules is a field; hours, holidays and languages are lines, as a person writes them."""

    time_zone = forms.CharField(label=gettext_lazy("Time zone"), max_length=63)
    keeps_hours = forms.BooleanField(
        label=gettext_lazy("Calls are made in opening hours only"), required=False
    )
    holidays = forms.CharField(
        label=gettext_lazy("Holidays"),
        required=False,
        max_length=20000,
        widget=LINES,
        help_text=gettext_lazy(
            "One a line: 2026-12-25 is closed, 12-25 each year, 2026-12-24 09:00-12:00 has other hours."
        ),
    )
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Calling days"),
        choices=DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "People are called at these hours, within the opening hours. Without days and hours at any time."
        ),
    )
    opens = forms.TimeField(label=gettext_lazy("From"), required=False, widget=CLOCK)
    closes = forms.TimeField(label=gettext_lazy("Until"), required=False, widget=CLOCK)
    item_cap = forms.IntegerField(label=gettext_lazy("Tries for each person, at most"))
    number_cap = forms.IntegerField(
        label=gettext_lazy("Tries for each number, at most"), required=False
    )
    day_cap = forms.IntegerField(label=gettext_lazy("Tries a day, at most"))
    household_gap = forms.IntegerField(
        label=gettext_lazy("Minutes between calls to several people at one telephone"),
        required=False,
    )
    household_once = forms.BooleanField(
        label=gettext_lazy("One call for all at one telephone: who was reached is enough"),
        required=False,
    )
    lifetime_cap = forms.IntegerField(
        label=gettext_lazy("Tries for each person in all campaigns together, at most"),
        required=False,
    )
    gap = forms.IntegerField(label=gettext_lazy("Minutes between two tries, at least"))
    messages = forms.IntegerField(label=gettext_lazy("Messages on a voicemail, at most"))
    numbers_order = forms.ChoiceField(label=gettext_lazy("Order"), choices=ORDERS)
    numbers_first = forms.ChoiceField(label=gettext_lazy("Kinds"), choices=KINDS, required=False)
    numbers_rotate = forms.BooleanField(
        label=gettext_lazy("Another number each time"), required=False
    )
    grace = forms.IntegerField(
        label=gettext_lazy("Minutes a callback is kept for who promised it")
    )
    callback_days = forms.IntegerField(label=gettext_lazy("Days a callback may lie ahead"))
    ageing_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of waiting that count as one point of priority"),
        required=False,
        help_text=gettext_lazy("Left empty, waiting counts only among items that are alike."),
    )
    ageing_points = forms.IntegerField(
        label=gettext_lazy("Points of priority that count, at most"), required=False
    )
    languages = forms.CharField(
        label=gettext_lazy("Skills that languages need"),
        required=False,
        max_length=5000,
        widget=LINES,
        help_text=gettext_lazy(
            "One a line: the code of a language and the code of a skill, like nl dutch."
        ),
    )
    lease = forms.IntegerField(
        label=gettext_lazy("Minutes without a sign until an item is taken back")
    )
    follow = forms.ChoiceField(label=gettext_lazy("What follows"), choices=FOLLOW, required=False)
    follow_document = forms.ChoiceField(
        label=gettext_lazy("Document of the letter"), required=False
    )
    follow_form = forms.ChoiceField(label=gettext_lazy("Form of the link"), required=False)
    follow_campaign = forms.ChoiceField(
        label=gettext_lazy("Campaign of the visit, or of the letter"), required=False
    )
    asks = forms.BooleanField(
        label=gettext_lazy("Ask who is on the line before anything personal is shown"),
        required=False,
    )
    asked_facts = forms.MultipleChoiceField(
        label=gettext_lazy("Facts that may be asked"),
        choices=[(name, gettext_lazy(label)) for name, label in ASKED.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    asked_needed = forms.IntegerField(
        label=gettext_lazy("How many of them must be right"), required=False
    )
    asked_tries = forms.IntegerField(label=gettext_lazy("Wrong tries, at most"), required=False)
    adult_from = forms.IntegerField(
        label=gettext_lazy("Who is younger is spoken with through a guardian (0: nobody)"),
        required=False,
    )

    class Meta:
        model = Policy
        fields = ("title", "code")
        labels = {"title": gettext_lazy("Title"), "code": gettext_lazy("Code")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in DAYS:
            self.fields[f"hours_{day}"] = forms.CharField(
                label=name, required=False, max_length=200
            )
        self.fields["hours_1"].help_text = _("Like 09:00-12:00, 13:00-17:00; empty is closed.")
        for row in AGAIN:
            self.fields |= self._again(row.name, _(row.label))
        apps = App.objects.order_by("title").values_list("code", "title")
        empty = [("", "–")]
        self.fields["follow_document"].choices = [*empty, *apps.filter(kind="document")]
        self.fields["follow_form"].choices = [*empty, *apps.filter(kind__in=("form", "script"))]
        campaigns = scope.campaigns(user).filter(open=True).order_by("title")
        self.fields["follow_campaign"].choices = [*empty, *campaigns.values_list("code", "title")]
        self.initial: dict[str, Any] = {**initial_of(self.instance.rules), **self.initial}

    @staticmethod
    def _again(name: str, ending: str) -> dict[str, forms.Field]:
        told = {"ending": ending}
        return {
            f"{name}_minutes": forms.IntegerField(
                label=_("%(ending)s: again after, in minutes") % told
            ),
            f"{name}_at_most": forms.IntegerField(label=_("%(ending)s: how often at most") % told),
            f"{name}_other": forms.BooleanField(
                label=_("%(ending)s: at another time of the day") % told, required=False
            ),
        }

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields as the page shows them: each in its group, each once."""
        for title, names in GROUPS:
            yield str(title), [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        rules = rules_of(cleaned)
        for problem in actions.problems_of(rules):
            self.add_error(_field_of(problem), say(problem, _))
        self.instance.rules = rules
        return cleaned


def _field_of(problem: Problem) -> str | None:
    """The field a problem stands at; None: above them all."""
    place = problem.place
    for kind in ("hours", "holidays"):
        if place.startswith(f"calendar.{kind}."):
            day = place.rpartition(".")[2]
            return f"hours_{day}" if kind == "hours" and day in WEEK else "holidays"
    part, _dot, name = place.removeprefix("again.").partition(".")
    if place.startswith("again.") and name in ("minutes", "at_most"):
        return f"{part}_{name}"
    return FIELDS.get(place)
