"""Who was never reached is sent a link: as a text message, else by mail, in their language, and nothing of it lies anywhere."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from builder.models import PublicForm
from runtime.audit.models import AccessLog
from runtime.effects.models import Notice
from runtime.outbox import actions as outbox
from runtime.outbox.models import Effect
from runtime.outbox.tasks import carry_out_all
from runtime.parties.actions import find_or_create, set_contact_status, set_do_not_contact
from runtime.parties.models import ContactPoint
from runtime.selfservice.actions import invite, link_of
from runtime.selfservice.effects import SEND
from runtime.selfservice.models import Invitation
from tests.receiving import Post, Web
from tests.unit.effects import conftest as effects
from tests.unit.queues.conftest import call_script, publish

pytestmark = pytest.mark.django_db
web, post, channel = effects.web, effects.post, effects.channel
BORN = {"birth_date": "1980-01-31"}
MOBILE = {"phone": "+32470123456"}


@pytest.fixture
def order() -> Any:
    """Orders the sending of a link to somebody of whom this is known; their invitation."""
    form = publish(call_script(), code="form", kind="form")
    PublicForm.objects.create(app=form.app, open=True, texts={})

    def make(**facts: str) -> Invitation:
        party = find_or_create(facts={**BORN, **facts}, by=None, purpose="test")[0]
        row, _text = invite(app=form.app, party=party, by=None)
        outbox.enqueue(effect=SEND, key=f"{SEND}:{row.pk}", arguments={"invitation": str(row.pk)})
        return row

    return make


def test_a_text_message_goes_to_the_mobile_number_through_the_gateway(
    web: Web, channel: Any, order: Any
) -> None:
    channel("texts", f"json://127.0.0.1:{web.port}/send", kind="sms")
    row = order(**MOBILE, email="bo@example.org")
    carry_out_all()
    (text,) = web.texts
    told = json.loads(text)
    assert told["to"] == MOBILE["phone"]
    assert f"/{link_of(row)}/" in told["message"]
    assert Notice.objects.get().channel.code == "texts"
    assert AccessLog.objects.filter(purpose="effect:send_link").exists()


def test_without_a_gateway_it_goes_by_mail(post: Post, order: Any) -> None:
    order(**MOBILE, email="bo@example.org")
    carry_out_all()
    (text,) = post.texts
    assert "To: bo@example.org" in text
    assert "We tried to reach you by telephone" in text
    assert Notice.objects.get().channel is None


def test_a_line_in_a_house_gets_no_text_message(
    web: Web, post: Post, channel: Any, order: Any
) -> None:
    channel("texts", f"json://127.0.0.1:{web.port}/send", kind="sms")
    order(phone="+3225061234", email="bo@example.org")
    carry_out_all()
    assert (web.texts, len(post.texts)) == ([], 1)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "par téléphone"),
        ("nl", "telefonisch"),
        ("de", "telefonisch"),
        ("xx", "by telephone"),
    ],
)
def test_it_speaks_the_persons_language(
    language: str, words: str, web: Web, channel: Any, order: Any
) -> None:
    channel("texts", f"json://127.0.0.1:{web.port}/send", kind="sms")
    order(**MOBILE, language=language)
    carry_out_all()
    assert words in json.loads(web.texts[0])["message"]


def test_who_can_be_reached_neither_way_is_a_dead_letter_that_says_so(order: Any) -> None:
    order(phone="+3225061234")
    carry_out_all()
    effect = Effect.objects.get(effect=SEND)
    assert (effect.state, effect.last_problem) == ("failed", "nowhere_to_send")


@pytest.mark.parametrize("how", ["not to be used", "wrong"])
def test_a_number_that_is_wrong_or_not_to_be_used_gets_nothing(
    how: str, web: Web, post: Post, channel: Any, order: Any, admin: Any
) -> None:
    channel("texts", f"json://127.0.0.1:{web.port}/send", kind="sms")
    order(**MOBILE, email="bo@example.org")
    point = ContactPoint.objects.get(kind="phone")
    if how == "wrong":
        set_contact_status(point=point, status="wrong", by=admin)
    else:
        set_do_not_contact(point=point, value=True, by=admin)
    carry_out_all()
    assert (web.texts, len(post.texts)) == ([], 1)


@pytest.mark.parametrize("how", ["used", "expired", "locked"])
def test_a_link_that_opens_nothing_any_more_is_not_sent(
    how: str, web: Web, channel: Any, order: Any
) -> None:
    channel("texts", f"json://127.0.0.1:{web.port}/send", kind="sms")
    row = order(**MOBILE)
    now = timezone.now()
    changed = {"used": {"used_at": now}, "expired": {"until": now}, "locked": {"tries": 5}}[how]
    Invitation.objects.filter(pk=row.pk).update(**changed)
    carry_out_all()
    assert web.texts == []
    assert Effect.objects.get(effect=SEND).last_problem == "link_over"


def test_the_link_lies_nowhere_in_the_outbox(web: Web, channel: Any, order: Any) -> None:
    channel("texts", f"json://127.0.0.1:{web.port}/send", kind="sms")
    row = order(**MOBILE)
    carry_out_all()
    kept = json.dumps(list(Effect.objects.values()), default=str)
    assert link_of(row) not in kept
    assert MOBILE["phone"] not in kept


def test_a_gateway_that_is_down_is_tried_again_and_the_link_sent_once(
    web: Web, channel: Any, order: Any
) -> None:
    channel("texts", f"json://127.0.0.1:{web.port}/send", kind="sms")
    order(**MOBILE)
    web.status = 503
    carry_out_all()
    web.status = 200
    Effect.objects.update(not_before=timezone.now() - timedelta(days=1))
    carry_out_all()
    carry_out_all()
    assert len(web.came) == 1
    assert Notice.objects.count() == 1
