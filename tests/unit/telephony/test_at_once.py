"""The first two things told of a call come at once: they are of one call."""

import contextlib
import threading
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from runtime.telephony import actions, sealed
from runtime.telephony.models import Call
from runtime.telephony.payload import Told
from tests.unit.records.test_writers import together

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

SECONDS = 1.0  # how long one waits for the other, who may itself be waiting for a lock


def test_one_with_the_number_and_one_without_make_one_call(
    provider: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    rings = Told("newCall", "c-1", "in", now, clock_off=False, agents=(), number="+32470111222")
    bare = replace(rings, event="answer", number="")
    both, naming = threading.Barrier(2), sealed.reference

    def at_once(told: str, number: str) -> str:
        name = naming(told, number)
        with contextlib.suppress(threading.BrokenBarrierError):  # the other one waits for us
            both.wait(SECONDS)
        return name

    monkeypatch.setattr(sealed, "reference", at_once)
    answers = together(
        *(
            lambda one=one: actions.receive(provider=provider, told=one, now=now)
            for one in (rings, bare)
        )
    )
    assert [type(answer).__name__ for answer in answers] == ["Received", "Received"], answers
    call = Call.objects.get()
    assert sorted(call.events.values_list("event", flat=True)) == ["answer", "newCall"]
