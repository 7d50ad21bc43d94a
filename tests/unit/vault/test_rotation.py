"""Turning the ring: nothing is lost, wherever it is stopped; a former key is given up only when nothing needs it."""

import datetime as dt
import json
import stat
import threading
import uuid
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from runtime.vault import rotation
from runtime.vault.envelope import aad, open_sealed, seal
from runtime.vault.errors import CannotRotate, KeyMissing, SubjectDestroyed, Tampered
from runtime.vault.keys import create_subject, destroy_subject, process_key, subject_key
from runtime.vault.models import SubjectKey
from runtime.vault.places import files, place
from tests.unit.vault.conftest import forget

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

both = pytest.mark.parametrize("ring", ["files", "transit"], indirect=True)


def subjects(number: int) -> dict[uuid.UUID, bytes]:
    made = [uuid.uuid4() for _ in range(number)]
    for each in made:
        create_subject(each)
    return {each: subject_key(each) for each in made}


def rotate(**options: Any) -> str:
    out = StringIO()
    call_command("rotate_keys", stdout=out, **options)
    return out.getvalue()


def numbers() -> set[int]:
    return set(SubjectKey.objects.exclude(wrapped=None).values_list("ring_version", flat=True))


@both
def test_after_a_turn_everything_is_under_the_new_key_and_opens(ring: str) -> None:
    keys = subjects(30)
    first = place().current()
    told = rotate()
    assert "30 of 30" in told
    assert numbers() == {place().current()} == {first + 1}
    forget()
    assert {each: subject_key(each) for each in keys} == keys


@both
def test_a_turn_that_was_stopped_goes_on_with_the_same_key(
    ring: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 4)
    keys = subjects(10)
    number = rotation.begin()
    rotation.rewrap_some(number)
    assert rotation.begin() == number
    assert rotation.left(number) == 6
    rotate()
    assert numbers() == {number}
    assert {each: subject_key(each) for each in keys} == keys


@both
def test_the_worker_ends_what_a_command_only_began(ring: str) -> None:
    keys = subjects(5)
    rotate(leave=True)
    assert rotation.left(place().current()) == 5
    rotation.go_on(timezone.now())
    assert rotation.left(place().current()) == 0
    assert {each: subject_key(each) for each in keys} == keys


def test_who_is_erased_while_the_ring_turns_stays_erased(
    key_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = subjects(2)
    real = rotation.unwrapped

    def meanwhile(rows: Any) -> Any:
        keys = real(rows)
        destroy_subject(one)
        return keys

    monkeypatch.setattr(rotation, "unwrapped", meanwhile)
    rotate()
    with pytest.raises(SubjectDestroyed):
        subject_key(one)
    assert subject_key(other)


def test_a_ring_is_written_whole_and_for_its_owner_alone(key_dir: Path) -> None:
    before = (key_dir / "ring.json").read_text()
    (key_dir / ".ring.json.new").write_text("what a killed process left")
    rotate()
    file = key_dir / "ring.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    ring = json.loads(file.read_text())
    assert ring["current"] == 2
    assert ring["keys"]["1"] == json.loads(before)["keys"]["1"]
    assert sorted(each.name for each in key_dir.iterdir()) == ["index.key", "ring.json"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_ring_that_could_not_be_written_is_the_former_one(
    key_dir: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    keys, before = subjects(2), (key_dir / "ring.json").read_bytes()

    def full(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(files.os if step == "fsync" else Path, step, full)
        with pytest.raises(OSError, match="No space"):
            rotate()
    assert (key_dir / "ring.json").read_bytes() == before
    rotate()
    assert {each: subject_key(each) for each in keys} == keys


def test_two_who_add_a_key_at_once_add_one(key_dir: Path) -> None:
    added: list[int] = []
    threads = [threading.Thread(target=lambda: added.append(place().add())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert added == [2] * 8


def test_a_foreign_ring_is_not_turned(key_dir: Path) -> None:
    from tests.unit.vault.conftest import kept, ring_text

    subjects(1)
    kept(key_dir / "ring.json", ring_text({1: b"1" * 32}))
    with pytest.raises(CommandError, match="is not the one these data were sealed with"):
        rotate()
    assert list(place().numbers()) == [1]


def test_a_ring_that_lacks_a_key_is_not_turned(key_dir: Path) -> None:
    from tests.unit.vault.conftest import kept

    older = (key_dir / "ring.json").read_text()
    rotate()
    subjects(1)
    kept(key_dir / "ring.json", older)
    forget()
    with pytest.raises(CommandError, match="does not hold key 2"):
        rotate()


@both
def test_a_former_key_is_given_up_only_when_nothing_needs_it(ring: str) -> None:
    keys = subjects(3)
    now = timezone.now()
    number = rotation.begin()
    with pytest.raises(CannotRotate, match="still needed by 3 subjects"):
        rotation.retire(1, now=now + dt.timedelta(days=9))
    rotate()
    with pytest.raises(CannotRotate, match="until a moment ago"):
        rotation.retire(1, now=now + dt.timedelta(days=3))
    with pytest.raises(CannotRotate, match="is the one in use"):
        rotation.retire(number, now=now)
    with pytest.raises(CannotRotate, match="holds no key 7"):
        rotation.retire(7, now=now)
    rotation.retire(1, now=now + dt.timedelta(days=4, minutes=1))
    forget()
    assert place().numbers() == {number}
    assert {each: subject_key(each) for each in keys} == keys
    with pytest.raises(LookupError):
        process_key("run token root", 1)


@both
def test_a_stolen_key_is_given_up_at_once(ring: str) -> None:
    subjects(1)
    rotate()
    assert "Key 1 is given up." in rotate(retire=1, at_once=True)


def test_a_ring_in_the_environment_is_turned_by_hand_and_wrapped_anew(
    key_dir: Path, settings: Any
) -> None:
    from tests.unit.vault.conftest import ring_text

    settings.KEY_RING = "environment"
    settings.RING_KEYS = ring_text({1: b"1" * 32})
    keys = subjects(3)
    with pytest.raises(CommandError, match="cannot change"):
        rotate()
    settings.RING_KEYS = ring_text({1: b"1" * 32, 2: b"2" * 32}, current=2)
    rotate()
    assert numbers() == {2}
    with pytest.raises(CommandError, match="Take it out of the environment"):
        rotate(retire=1, at_once=True)
    settings.RING_KEYS = ring_text({2: b"2" * 32}, current=2)
    assert {each: subject_key(each) for each in keys} == keys


def test_second_factors_follow_and_keep_a_key_until_then(key_dir: Path, agent: Any) -> None:
    from allauth.mfa.models import Authenticator

    from config.adapters import SealedMFAAdapter

    adapter = SealedMFAAdapter()
    row = Authenticator.objects.create(
        user=agent, type="totp", data={"secret": adapter.encrypt("JBSWY3DP")}
    )
    number = rotation.begin()
    with pytest.raises(CannotRotate, match="1 second factors"):
        rotation.retire(1, now=timezone.now() + dt.timedelta(days=9))
    rotate()
    row.refresh_from_db()
    assert row.data["secret"].startswith(f"{number}.")
    assert place().current() == number  # the turn was ended, no other begun
    rotation.retire(1, now=timezone.now() + dt.timedelta(days=9))
    assert adapter.decrypt(row.data["secret"]) == "JBSWY3DP"


def test_ten_thousand_swapped_envelopes_are_all_refused(key_dir: Path) -> None:
    """Each sealed under one and the same key, so that only the place tells them apart."""
    key = b"k" * 32
    places = [
        aad(table, row, use, version)
        for table in ("records.event", "records.record")
        for row in range(10)
        for use in ("event", "snapshot", "answer", "file", "facts")
        for version in (1, 2)
    ]
    sealed = {place: seal(key, place, place) for place in places}
    refused = 0
    for put in range(1, 51):
        for at, place_ in enumerate(places):
            other = places[(at + put) % len(places)]
            with pytest.raises(Tampered):
                open_sealed(key, sealed[other], place_)
            refused += 1
    assert refused == 10_000
    assert all(open_sealed(key, sealed[place_], place_) == place_ for place_ in places)


@both
def test_wrapped_keys_that_change_places_are_all_refused(ring: str) -> None:
    made = list(subjects(12))
    wrapped = {row.subject: row.wrapped for row in SubjectKey.objects.all()}
    for one in made:
        for other in made:
            if one != other:
                SubjectKey.objects.filter(subject=one).update(wrapped=wrapped[other])
                with pytest.raises(KeyMissing):
                    subject_key(one)
        SubjectKey.objects.filter(subject=one).update(wrapped=wrapped[one])
        assert subject_key(one)
