"""The page of a policy: a person writes hours and holidays, and reads beside each field what is wrong with it."""

from typing import Any

import pytest
from django.urls import reverse

from runtime.queues.models import Policy, Skill
from runtime.queues.policies import of_policy
from runtime.workspace.policy_words import initial_of, rules_of


@pytest.fixture
def supervisors(client_of: Any, supervisor: Any) -> Any:
    return client_of(supervisor, headers={"accept-language": "en"})


@pytest.fixture
def send(supervisors: Any, policy: Any) -> Any:
    """`send(hours_1="9:00-12:00")`: the form as it stands, with that changed."""

    def post(**fields: Any) -> Any:
        address = reverse("policy-edit", args=[policy.code])
        shown = supervisors.get(address).context["form"].initial
        kept = {name: "" if value is None else value for name, value in shown.items()}
        return supervisors.post(address, {**kept, "title": "Usual", **fields})

    return post


def rules() -> dict[str, Any]:
    return dict(Policy.objects.get().rules)


WEEK = {"keeps_hours": "on", "hours_1": "09:00-12:00, 13:00 – 17:00"}


def test_hours_and_holidays_are_lines(send: Any) -> None:
    holidays = "2026-12-25\n12-24 09:00-12:00\n\n"
    assert send(**WEEK, holidays=holidays).status_code == 302
    calendar = rules()["calendar"]
    assert calendar["hours"]["1"] == [["09:00", "12:00"], ["13:00", "17:00"]]
    assert calendar["holidays"] == {"2026-12-25": [], "12-24": [["09:00", "12:00"]]}


def test_all_that_a_policy_may_say_is_kept_and_shown_again(send: Any) -> None:
    Skill.objects.create(code="dutch", title="Dutch")
    more = {
        "number_cap": 3,
        "lifetime_cap": 8,
        "busy_other": "on",
        "messages": 2,
        "numbers_order": "oldest",
        "numbers_rotate": "on",
        "numbers_first": "mobile",
        "ageing_minutes": 60,
        "ageing_points": 5,
        "languages": "nl dutch",
    }
    assert send(**WEEK, **more).status_code == 302
    read = of_policy(Policy.objects.get())
    assert (read.number_cap, read.lifetime_cap, read.messages) == (3, 8, 2)
    assert (read.turns.order, read.turns.rotate, read.turns.kinds) == ("oldest", True, ("mobile",))
    assert read.again["busy"].other_daypart
    assert dict(read.languages) == {"nl": "dutch"}
    before = rules()
    assert send().status_code == 302
    assert rules() == before


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"keeps_hours": "on"}, "keeps_hours"),
        ({**WEEK, "hours_2": "9-17"}, "hours_2"),
        ({**WEEK, "hours_2": "12:00-09:00"}, "hours_2"),
        ({**WEEK, "hours_2": "09:00-12:00, 11:00-13:00"}, "hours_2"),
        ({**WEEK, "hours_2": "09:00-25:00"}, "hours_2"),
        ({**WEEK, "holidays": "Christmas"}, "holidays"),
        ({**WEEK, "holidays": "2026-02-30"}, "holidays"),
        ({**WEEK, "holidays": "12-25 all day"}, "holidays"),
        ({**WEEK, "days": [7], "opens": "09:00", "closes": "12:00"}, "days"),
        ({"number_cap": 0}, "number_cap"),
        ({"lifetime_cap": 10**12}, "lifetime_cap"),
        ({"messages": 0}, "messages"),
        ({"ageing_minutes": 60}, "ageing_points"),
        ({"languages": "nl"}, "languages"),
        ({"languages": "nl nobody"}, "languages"),
        ({"follow": "visit"}, "follow"),
        ({"follow": "letter"}, "follow"),
        ({"follow": "sms_link", "follow_campaign": "gone"}, "follow_campaign"),
        ({"busy_minutes": 0}, "busy_minutes"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    send: Any, fields: dict[str, Any], field: str
) -> None:
    answer = send(**fields)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert rules() == {}


def test_each_field_stands_in_one_group(supervisors: Any, policy: Any) -> None:
    form = supervisors.get(reverse("policy-edit", args=["usual"])).context["form"]
    shown = [field.name for _title, fields in form.groups() for field in fields]
    assert sorted(shown) == sorted(form.fields)
    assert len(shown) == len(set(shown))


def test_the_page_says_for_how_much_the_policy_holds_and_who_changed_it(
    supervisors: Any, send: Any, item: Any, policy: Any
) -> None:
    item()
    send(busy_minutes=45)
    page = supervisors.get(reverse("policy-edit", args=["usual"])).content.decode()
    assert "1 item waits under this policy" in page
    assert "Changes" in page


def test_what_the_form_shows_is_what_it_reads() -> None:
    assert initial_of({})["holidays"] == ""
    told = {"calendar": {"hours": {"1": [["09:00", "12:00"]]}, "holidays": {"12-25": []}}}
    fields = initial_of(told)
    assert (fields["hours_1"], fields["holidays"]) == ("09:00-12:00", "12-25")
    again = rules_of({**fields, "opens": None, "closes": None})["calendar"]
    assert (again["hours"]["1"], again["holidays"]) == ([["09:00", "12:00"]], {"12-25": []})
