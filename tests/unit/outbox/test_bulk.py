"""Pauses that grow and do not coincide; what failed alike is tried again together, after a look at it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from runtime.outbox import actions
from runtime.outbox.backoff import FIRST, LONGEST, pause
from runtime.outbox.models import Effect

AGAIN = "/effects/again/"


@given(tries=st.integers(-3, 10**6), chance=st.floats(0, 1))
def test_a_pause_lies_in_the_later_half_of_its_whole(tries: int, chance: float) -> None:
    whole = min(FIRST * 3 ** min(max(tries - 1, 0), 20), LONGEST)
    assert whole / 2 <= pause(tries, chance) <= whole
    assert pause(tries + 1, chance) >= pause(tries, chance)


def fail(count: int, problem: str = "channel_closed", **more: Any) -> None:
    now = timezone.now()
    Effect.objects.bulk_create(
        Effect(
            effect="notify",
            key=f"{problem}:{number}",
            arguments={"channel": "duty"},
            state="failed",
            last_problem=problem,
            failed_at=now - timedelta(minutes=1),
            created_at=now - timedelta(hours=1),
            not_before=now,
            **more,
        )
        for number in range(count)
    )


@pytest.mark.django_db
def test_chance_is_asked_when_a_failed_one_comes_back() -> None:
    now = timezone.now()
    actions.enqueue(effect="nothing", key="a", arguments={})
    assert actions.carry_out(now=now + timedelta(seconds=1), chance=lambda: 1.0)
    waits = Effect.objects.get().not_before - timezone.now()
    assert timedelta(seconds=4) < waits <= FIRST


@pytest.mark.django_db
def test_what_failed_alike_is_shown_before_it_is_tried_again(
    client_of: Any, supervisor: Any
) -> None:
    fail(45)
    fail(2, problem="no_channel")
    client = client_of(supervisor, headers={"accept-language": "en"})
    page = client.get("/effects/").content.decode()
    assert "effect=notify&amp;problem=channel_closed" in page
    preview = client.get(AGAIN, {"effect": "notify", "problem": "channel_closed"})
    assert "45 effects would be tried again." in preview.content.decode()
    assert Effect.objects.filter(state="failed").count() == 47
    told = {
        "effect": "notify",
        "problem": "channel_closed",
        "until": preview.context["until"],
    }
    later = Effect.objects.filter(last_problem="channel_closed").order_by("key").first()
    assert later is not None
    Effect.objects.filter(pk=later.pk).update(failed_at=timezone.now() + timedelta(seconds=9))
    done = client.post(AGAIN, told, follow=True).content.decode()
    assert "44 effects are tried again." in done
    pending = Effect.objects.filter(state="pending")
    assert (pending.count(), set(pending.values_list("tries", "decided_by"))) == (
        44,
        {(0, supervisor.pk)},
    )
    times = sorted(pending.values_list("not_before", flat=True))
    assert (times[-1] - times[0]).total_seconds() == 44 // actions.A_SECOND
    assert "0 effects are tried again." in client.post(AGAIN, told, follow=True).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("until", ["", "yesterday", "2026-01-01T00:00:00", "9999-99-99T00:00Z"])
def test_a_moment_that_cannot_be_read_changes_nothing(
    client_of: Any, admin: Any, until: str
) -> None:
    fail(3)
    told = {"effect": "notify", "problem": "channel_closed", "until": until}
    assert client_of(admin).post(AGAIN, told).status_code == 404
    assert client_of(admin).get(AGAIN, {"effect": "a\0b"}).status_code == 404
    assert Effect.objects.filter(state="failed").count() == 3


@pytest.mark.django_db
def test_nobody_decides_for_all_without_a_name() -> None:
    with pytest.raises(ValueError, match="a person decides"):
        actions.retry_all(effect="x", problem="y", until=timezone.now(), by=None)
