"""Where the ring's keys may live: what holds in every place, and what a key service may do."""

import base64
import os
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

from runtime.vault.errors import CannotRotate, KeyMissing, SubjectDestroyed
from runtime.vault.keys import (
    create_subject,
    destroy_subject,
    process_key,
    process_numbers,
    subject_key,
    subject_keys,
)
from runtime.vault.models import RingKey, SubjectKey
from runtime.vault.places import PLACES, place
from runtime.vault.places.transit import Remembered
from tests.transit import Transit
from tests.unit.vault.conftest import forget, kept, ring_text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def subjects(number: int) -> list[uuid.UUID]:
    made = [uuid.uuid4() for _ in range(number)]
    for each in made:
        create_subject(each)
    return made


def test_every_place_is_on_the_list() -> None:
    assert set(PLACES) == {"files", "environment", "transit"}


def test_a_subjects_key_comes_back_and_is_gone_after_its_erasure(ring: str) -> None:
    one, other = subjects(2)
    keys = subject_keys([one, other])
    assert keys == {one: subject_key(one), other: subject_key(other)}
    destroy_subject(one)
    with pytest.raises(SubjectDestroyed):
        subject_key(one)
    assert set(subject_keys([one, other])) == {other}


def test_a_key_moved_to_another_subject_does_not_open(ring: str) -> None:
    one, other = subjects(2)
    moved = SubjectKey.objects.get(subject=one).wrapped
    SubjectKey.objects.filter(subject=other).update(wrapped=moved)
    with pytest.raises(KeyMissing):
        subject_key(other)


def test_the_installations_own_keys_come_back_after_a_start(ring: str) -> None:
    number, key = process_key("run token root")
    assert process_numbers() == [number]
    forget()
    assert process_key("run token root", number) == (number, key)
    with pytest.raises(LookupError):
        process_key("run token root", number + 1)


@pytest.mark.parametrize("ring", ["files", "transit"], indirect=True)
def test_a_new_key_is_used_when_it_is_told_and_the_old_one_still_opens(ring: str) -> None:
    (old,) = subjects(1)
    key, (number, root) = subject_key(old), process_key("x")
    added = place().add()
    assert place().add() == added  # one that waits is taken again
    assert (place().current(), added) == (number, number + 1)
    place().use(added)
    (new,) = subjects(1)
    forget()
    assert SubjectKey.objects.get(subject=new).ring_version == added
    assert subject_key(old) == key
    assert process_key("x", number)[1] == root != process_key("x")[1]
    assert process_numbers() == [added, number]


def test_a_ring_in_the_environment_is_turned_by_hand(key_dir: Path, settings: Any) -> None:
    settings.KEY_RING, first = "environment", os.urandom(32)
    settings.RING_KEYS = ring_text({1: first})
    (made,) = subjects(1)
    with pytest.raises(CannotRotate, match="SCRIPTORIUM_KEYS"):
        place().add()
    settings.RING_KEYS = ring_text({1: first, 2: os.urandom(32)}, current=2)
    assert subject_key(made)
    settings.RING_KEYS = ring_text({1: os.urandom(32)})
    with pytest.raises(KeyMissing, match="SCRIPTORIUM_KEYS does not hold the keys these data"):
        subject_key(made)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is missing"),
        ("{", "is not a key ring"),
        ('{"current": 1, "keys": {"1": "AAAA"}}', "of 3 bytes, not 32"),
        ('{"current": 2, "keys": {}}', "current key 2"),
    ],
)
def test_a_broken_variable_is_named(key_dir: Path, settings: Any, text: str, told: str) -> None:
    settings.KEY_RING, settings.RING_KEYS = "environment", text
    with pytest.raises(KeyMissing, match=f"SCRIPTORIUM_KEYS .*{told}"):
        subjects(1)
    assert not SubjectKey.objects.exists()


def test_many_keys_are_unwrapped_in_few_calls_and_remembered_for_seconds(
    transit: Transit,
) -> None:
    made = subjects(300)
    forget()
    transit.sizes.clear()
    keys = subject_keys(made)
    assert sorted(transit.sizes) == [1, 50, 250]  # the root, and two batches
    transit.sizes.clear()
    assert subject_keys(made) == keys
    assert transit.sizes == []


def test_what_is_remembered_is_bounded_and_does_not_last() -> None:
    remembered = Remembered(most=2, seconds=0.05)
    for name in (b"1", b"2", b"3"):
        remembered.put((name, b""), name)
    assert remembered.get((b"1", b"")) is None
    assert remembered.get((b"3", b"")) == b"3"
    time.sleep(0.06)
    assert remembered.get((b"3", b"")) is None
    remembered.put((b"4", b""), b"4")
    assert list(remembered.rows) == [(b"4", b"")]


def test_no_key_of_the_service_and_no_clear_key_lies_in_the_database(transit: Transit) -> None:
    (made,) = subjects(1)
    root, key = place().root(1), subject_key(made)
    stored = [bytes(RingKey.objects.get().root or b""), bytes(SubjectKey.objects.get().wrapped)]
    assert all(text.startswith(b"vault:v1:") for text in stored)
    secrets = [root, key, *transit.keys.values()]
    written = [form for secret in secrets for form in (secret, base64.b64encode(secret))]
    assert not any(form in text for text in stored for form in written)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"sealed": True}, "is sealed or not ready"),
        ({"token": "another"}, "does not let this installation in"),
        ({"keys": {1: b"1" * 32}}, "holds another key than the one"),
        ({"slow": 0.4}, "does not answer"),
    ],
)
def test_what_is_wrong_with_the_service_is_told_and_nothing_is_written(
    transit: Transit, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any], told: str
) -> None:
    monkeypatch.setattr("runtime.vault.places.transit_service.SECONDS", 0.1)
    (made,) = subjects(1)
    forget()
    for name, value in fault.items():
        setattr(transit, name, value)
    with pytest.raises(KeyMissing, match=f"transit/scriptorium {told}"):
        subject_key(made)
    with pytest.raises(KeyMissing, match=told):
        create_subject(uuid.uuid4())
    assert SubjectKey.objects.count() == 1


def test_a_service_that_is_away_holds_up_the_first_request_only(
    transit: Transit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runtime.vault.places.transit_service.SECONDS", 0.2)
    (made,) = subjects(1)
    forget()
    transit.slow = 1.0
    began = time.monotonic()
    for _try in range(20):
        with pytest.raises(KeyMissing, match="does not answer"):
            subject_key(made)
    assert time.monotonic() - began < 1
    transit.slow = 0.0
    monkeypatch.setattr("runtime.vault.places.transit_service.BREATHER", 0)
    place().service.away_until = 0
    assert subject_key(made)


def test_a_name_that_the_service_does_not_know_is_told(transit: Transit, settings: Any) -> None:
    settings.TRANSIT = settings.TRANSIT | {"KEY": "other"}
    with pytest.raises(KeyMissing, match="transit/other does not know the key"):
        subjects(1)


def test_the_token_is_read_anew_when_it_was_renewed(
    transit: Transit, settings: Any, tmp_path: Path
) -> None:
    settings.TRANSIT = settings.TRANSIT | {"TOKEN_FILE": str(tmp_path / "token")}
    with pytest.raises(KeyMissing, match="does not let"):
        subjects(1)
    kept(tmp_path / "token", transit.token + "\n")
    subjects(1)
    transit.token = "renewed"
    kept(tmp_path / "token", "renewed")
    subjects(1)


def test_keys_do_not_travel_in_clear(transit: Transit, settings: Any) -> None:
    from django.core.exceptions import ImproperlyConfigured

    settings.TRANSIT = settings.TRANSIT | {"URL": "http://keys.example.org:8200"}
    with pytest.raises(ImproperlyConfigured, match="https"):
        subjects(1)


def test_a_retired_version_opens_nothing_more(transit: Transit) -> None:
    (made,) = subjects(1)
    place().use(place().add())
    place().retire(1)
    forget()
    with pytest.raises(KeyMissing):
        subject_key(made)
    assert place().numbers() == {2}
