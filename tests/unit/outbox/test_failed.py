"""Effects that failed: who may decide upon them, what is said, and that a decision counts once."""

from typing import Any

import pytest
from django.urls import reverse

from runtime.outbox import actions, handlers
from runtime.outbox.models import Effect
from runtime.outbox.tasks import carry_out_all
from runtime.workspace.effect_words import PROBLEMS, why

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A bell that is refused for good the first time, and rings from then on."""
    calls: list[str] = []

    def ring(_arguments: Any, effect: Effect) -> None:
        calls.append(effect.key)
        if len(calls) == 1:
            raise handlers.Refused("campaign_closed", final=True)

    monkeypatch.setattr(handlers, "_handlers", {})
    handlers.bind("spawn_items", ring)
    return calls


@pytest.fixture
def failed(rung: list[str]) -> Effect:
    actions.enqueue(effect="spawn_items", key="a", arguments={"campaign": "spring"})
    carry_out_all()
    return Effect.objects.get()


def client(client_of: Any, user: Any) -> Any:
    return client_of(user, headers={"accept-language": "en"})


@pytest.mark.parametrize("who", ["admin", "supervisor"])
def test_what_failed_is_told_in_words(
    failed: Effect, client_of: Any, request: Any, who: str
) -> None:
    page = client(client_of, request.getfixturevalue(who)).get("/effects/").content.decode()
    assert "Make call orders of the contacts" in page
    assert "campaign: spring" in page
    assert "The campaign is closed. Open it, then try again." in page
    assert "<td>1</td>" in page
    assert failed.failed_at is not None


def test_nobody_else_sees_or_decides(failed: Effect, client_of: Any, agent: Any) -> None:
    assert client(client_of, agent).get("/effects/").status_code == 403
    for name in ("effect-retry", "effect-give-up"):
        assert client(client_of, agent).post(reverse(name, args=[failed.pk])).status_code == 403
    assert Effect.objects.get().state == "failed"


def test_it_is_tried_again_once_the_cause_is_mended(
    failed: Effect, rung: list[str], client_of: Any, admin: Any
) -> None:
    for said in ("It is tried again within seconds.", "Somebody else decided upon it meanwhile."):
        answer = client(client_of, admin).post(
            reverse("effect-retry", args=[failed.pk]), follow=True
        )
        assert said in answer.content.decode()
    carry_out_all()
    failed.refresh_from_db()
    assert (failed.state, failed.tries, failed.decided_by) == ("done", 1, admin)
    assert rung == ["a", "a"]


def test_what_was_given_up_is_never_carried_out(
    failed: Effect, rung: list[str], client_of: Any, supervisor: Any
) -> None:
    answer = client(client_of, supervisor).post(
        reverse("effect-give-up", args=[failed.pk]), follow=True
    )
    assert "Nothing has failed." in answer.content.decode()
    failed.refresh_from_db()
    assert (failed.state, failed.decided_by) == ("given_up", supervisor)
    assert not actions.retry(effect=failed, by=supervisor)
    assert not actions.enqueue(effect="spawn_items", key="a", arguments={})
    carry_out_all()
    assert rung == ["a"]


def test_what_is_not_failed_is_not_decided_upon(
    failed: Effect, client_of: Any, admin: Any
) -> None:
    Effect.objects.update(state="done")
    client(client_of, admin).post(reverse("effect-give-up", args=[failed.pk]))
    assert Effect.objects.get().state == "done"


def test_a_decision_needs_a_person(failed: Effect) -> None:
    with pytest.raises(ValueError, match="a person decides"):
        actions.give_up(effect=failed, by=None)


def test_the_first_page_counts_them_for_who_may_help(
    failed: Effect, client_of: Any, admin: Any, agent: Any
) -> None:
    assert "1 effect has failed." in client(client_of, admin).get("/").content.decode()
    assert "effect has failed" not in client(client_of, agent).get("/").content.decode()
    Effect.objects.update(state="done")
    assert "effect has failed" not in client(client_of, admin).get("/").content.decode()


def test_each_code_has_a_sentence_and_an_unknown_one_is_named() -> None:
    assert all("%(" not in why(code) and why(code) != code for code in PROBLEMS)
    assert why("Strange") == "It failed with the code “Strange”."


def test_an_effect_that_does_not_exist_is_not_found(client_of: Any, admin: Any) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    assert client(client_of, admin).post(reverse("effect-retry", args=[nobody])).status_code == 404


def test_every_effect_that_is_bound_has_words() -> None:
    from runtime.outbox import handlers
    from runtime.workspace.effect_words import EFFECTS

    assert sorted(set(handlers._handlers) - set(EFFECTS)) == []
