"""Somebody is told of an outcome: once in effect, in the channel's language, and nothing beyond it."""

import json
from typing import Any

import pytest

from runtime.audit.models import AccessLog
from runtime.effects import sending
from runtime.effects.models import Notice
from runtime.outbox import actions, handlers
from runtime.outbox.models import Effect
from runtime.outbox.tasks import carry_out_all
from tests.receiving import Post, Web
from tests.unit.effects.conftest import notify, with_effects

pytestmark = pytest.mark.django_db

HELLO = {"en": ["Call ", {"answer": "first_name"}], "fr": ["Appeler ", {"answer": "first_name"}]}


def test_a_webhook_is_told_in_the_channel_s_language(web: Web, channel: Any, end: Any) -> None:
    channel("duty", f"json://127.0.0.1:{web.port}/hook", language="fr")
    record = end(with_effects(notify("duty", HELLO)), first_name="Bo")
    carry_out_all()
    (text,) = web.texts
    assert json.loads(text)["message"] == "Appeler Bo"
    notice = Notice.objects.get()
    assert (notice.record, dict(web.came)) == (record.pk, {notice.reference: 1})
    assert AccessLog.objects.filter(record=record.pk, purpose="effect:notify").count() == 1


def test_a_mail_carries_the_reference_of_its_effect(post: Post, channel: Any, end: Any) -> None:
    channel("duty", "duty@example.org, night@example.org", kind="mail")
    end(with_effects(notify("duty", HELLO)), first_name="Bo")
    carry_out_all()
    (text,) = post.texts
    key = Effect.objects.get().key
    assert "Call Bo" in text
    assert "Auto-Submitted: auto-generated" in text
    assert dict(post.came) == {sending.reference(key): 1}


def test_who_dies_between_sending_and_marking_sends_again_under_the_same_reference(
    web: Web, channel: Any, end: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel("duty", f"json://127.0.0.1:{web.port}/hook")
    end(with_effects(notify("duty", "Somebody called.")))
    real = handlers.handler_of("notify")

    def dies(*_arguments: Any) -> None:
        raise OSError

    monkeypatch.setitem(handlers._handlers, "notify", handlers.Handler(dies, real.prepare))
    carry_out_all()
    monkeypatch.setitem(handlers._handlers, "notify", real)
    Effect.objects.update(not_before="2020-01-01T00:00Z")
    carry_out_all()
    assert (len(web.came), web.again) == (1, 1)
    assert Notice.objects.count() == 1


def test_it_happens_only_when_its_condition_holds(web: Web, channel: Any, end: Any) -> None:
    channel("duty", f"json://127.0.0.1:{web.port}/hook")
    ill = ["not", ["eq", ["answer", "feels_well"], ["value", "bool", True]]]
    script = with_effects(notify("duty", "Somebody is ill.", relevance=ill))
    end(script, feels_well=True)
    end(script, feels_well=False)
    carry_out_all()
    assert len(web.texts) == 1
    (effect,) = Effect.objects.all()
    assert (effect.outcome, effect.rule) == ("done", 0)


def test_a_receiver_that_refuses_is_tried_again_and_a_redirect_is_not_followed(
    web: Web, channel: Any, end: Any
) -> None:
    channel("duty", f"json://127.0.0.1:{web.port}/hook?redirect=yes")
    web.status, web.location = 302, f"http://127.0.0.1:{web.port}/inner"
    end(with_effects(notify("duty", "Somebody called.")))
    carry_out_all()
    effect = Effect.objects.get()
    assert (effect.state, effect.last_problem) == ("pending", "channel refused")
    assert len(web.texts) == 1


def test_a_channel_that_is_closed_or_gone_is_told_by_a_code(channel: Any, end: Any) -> None:
    channel("duty", "duty@example.org", kind="mail", open=False)
    end(with_effects(notify("duty", "One."), notify("none", "Two.")))
    carry_out_all()
    codes = Effect.objects.order_by("rule").values_list("last_problem", flat=True)
    assert list(codes) == ["channel_closed", "no_channel"]


def test_what_was_overtaken_by_an_amendment_is_not_sent(
    web: Web, channel: Any, end: Any, supervisor: Any
) -> None:
    from runtime.records import actions as records

    channel("duty", f"json://127.0.0.1:{web.port}/hook")
    record = end(with_effects(notify("duty", "Somebody called.")))
    records.reopen(record, "A mistake.", by=supervisor)
    carry_out_all()
    assert web.texts == []
    assert actions.failed().get().last_problem == "overtaken"
