"""Effects on the page of a script: what their blocks mean, and what keeps a release back."""

import json
import uuid
from typing import Any

import pytest

from builder.compile import with_ids
from builder.models import App, Version, definition_of
from builder.publish import PublishVetoed, check
from runtime.effects.actions import channels
from tests.bodies import ask, compute, effect, outcome, section, when

BODY = [
    section(
        "Start",
        ask("text", "topic", "About what?", clearance="open"),
        ask("text", "illness", "Which illness?", clearance="sealed"),
        ask("text", "given_name", "First name", fact="given_name"),
        ask("date", "born", "Born", fact="birth_date"),
    )
]


@pytest.fixture
def channel(admin: Any) -> Any:
    def made(clearance: str = "open") -> Any:
        return channels.create_channel(
            code="duty",
            kind="mail",
            face=channels.Face("Duty", "en", clearance),
            address="duty@example.org",
            by=admin,
        )

    return made


def ending(text: str = "Somebody called.", **more: Any) -> Any:
    return [outcome("done", effect("notify", channel="duty", text=text, **more))]


def codes(make: Any, body: Any, outcomes: Any) -> list[str]:
    with pytest.raises(PublishVetoed) as veto:
        make(body, outcomes)
    return [problem.code for problem in veto.value.problems]


def test_a_text_and_a_condition_are_beside_the_arguments(make: Any, channel: Any) -> None:
    channel()
    make(BODY, ending("About {topic}.", relevance=when(("topic", "eq", "fire"))))
    (one,) = definition_of(Version.objects.get()).outcomes[0].effects
    assert (one.effect, one.arguments) == ("notify", (("channel", "duty"),))
    assert one.relevance is not None
    assert list(one.text.holes()) == ["topic"]


@pytest.mark.parametrize(
    ("text", "cleared", "kept_back"),
    [
        ("About {topic}.", "open", False),
        ("For {given_name}.", "open", True),
        ("For {given_name}.", "personal", False),
        ("Born {born}.", "personal", True),
        ("Has {illness}.", "personal", True),
    ],
)
def test_a_text_says_no_more_than_its_channel_is_cleared_for(
    make: Any, channel: Any, text: str, cleared: str, kept_back: bool
) -> None:
    channel(cleared)
    if kept_back:
        assert codes(make, BODY, ending(text)) == ["placeholder_clearance"]
    else:
        make(BODY, ending(text))
        assert Version.objects.count() == 1


def test_what_is_calculated_of_a_confidential_answer_is_as_confidential(
    make: Any, channel: Any
) -> None:
    channel("personal")
    body = [
        section(
            "Start",
            ask("date", "born", "Born", clearance="sensitive"),
            compute("date_plus_days", "later", question="born", number="7"),
        )
    ]
    assert codes(make, body, ending("On {later}.")) == ["placeholder_clearance"]


def test_an_unknown_placeholder_keeps_a_release_back(make: Any, channel: Any) -> None:
    channel()
    assert "unknown_reference" in codes(make, BODY, ending("About {topik}."))


def test_a_channel_that_is_not_there_and_a_text_that_is_missing_keep_it_back(
    make: Any, channel: Any
) -> None:
    assert codes(make, BODY, ending()) == ["unknown_code"]
    channel()
    assert codes(make, BODY, ending("")) == ["effect_text"]


@pytest.mark.parametrize(
    ("kind", "arguments", "code"),
    [
        ("set_fact", {"fact": "birth_date", "answer": "topic"}, "effect_fact"),
        ("set_fact", {"fact": "email", "answer": "born"}, "effect_fact"),
        ("set_fact", {"fact": "shoe_size", "answer": "topic"}, "effect_argument"),
        ("set_fact", {"fact": "email"}, "effect_argument"),
        ("follow_up", {"campaign": "daily", "days": "0"}, "effect_argument"),
        ("follow_up", {"campaign": "daily", "days": "61"}, "effect_argument"),
        (
            "follow_up",
            {"campaign": "daily", "days": "7", "until": "Not a name"},
            "effect_argument",
        ),
        ("require_skill", {"skill": "none"}, "unknown_code"),
    ],
)
def test_what_an_effect_cannot_use_keeps_it_back(
    make: Any, campaign: Any, kind: str, arguments: Any, code: str
) -> None:
    campaign("daily", "elsewhere")
    assert codes(make, BODY, [outcome("done", effect(kind, **arguments))]) == [code]


@pytest.fixture
def campaign(make: Any) -> Any:
    """`campaign(code, app)`: a campaign whose work is done with an app, which may be there already."""
    from runtime.queues.models import Campaign, Policy, Queue

    def made(code: str, app: str) -> Any:
        policy, _new = Policy.objects.get_or_create(code="usual", defaults={"title": "Usual"})
        queue, _new = Queue.objects.get_or_create(
            code="calls", defaults={"title": "Calls", "policy": policy}
        )
        found = App.objects.filter(code=app).first()
        if found is None:
            found = App.objects.create(
                code=app, kind="script", title=app, translation_key=uuid.uuid4()
            )
        return Campaign.objects.create(code=code, title=code, queue=queue, app=found)

    return made


def test_work_that_makes_itself_is_warned_of_with_its_way(make: Any, campaign: Any) -> None:
    script = make(BODY, [outcome("done")])
    app = Version.objects.get().app
    campaign("own", app.code)
    page = script.get_latest_revision_as_object()
    daily = effect("follow_up", campaign="own", days="7")
    page.outcomes = json.dumps(with_ids(BODY, [outcome("done", daily)], page.code)[1])
    found = check(page)
    assert list(found.vetoes) == []
    assert [one.code for one in found.problems if one.warning and one.code == "makes_itself"]
