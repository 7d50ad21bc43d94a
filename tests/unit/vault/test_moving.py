"""The ring moves to a key service and back: nothing is unreadable on the way, and a place that is not the right one is refused."""

import json
import os
import uuid
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from config import checks
from config.keyfiles import transit as transit_settings
from runtime.vault import rotation
from runtime.vault.errors import CannotRotate
from runtime.vault.keys import create_subject, process_key, subject_key
from runtime.vault.models import KeyCheck, RingKey, SubjectKey
from runtime.vault.places import place
from tests.transit import NAME, TOKEN, Transit
from tests.unit.vault.conftest import forget, kept, ring_text
from tests.unit.vault.test_rotation import numbers, subjects

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

BOTH = "files,transit"


@pytest.fixture
def service(settings: Any, key_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Transit]:
    """A service beside the file that is used."""
    monkeypatch.setattr("runtime.vault.management.commands.move_keys.FRESH", -1)
    made = Transit().start()
    settings.TRANSIT = transit_settings() | {"URL": made.url, "KEY": NAME, "TOKEN": TOKEN}
    yield made
    made.stop()


def move(to: str, **options: Any) -> str:
    out = StringIO()
    call_command("move_keys", to=to, stdout=out, **options)
    return out.getvalue()


def at(settings: Any, ring: str) -> None:
    """Every process is started again with this place."""
    settings.KEY_RING = ring
    forget()


def test_the_ring_moves_to_a_service_and_back(
    service: Transit, settings: Any, key_dir: Path
) -> None:
    keys = subjects(30)
    place().add(), place().use(2)
    token = process_key("run token root", 1)
    at(settings, BOTH)
    assert place().current() == 2  # both are known, nothing has moved
    told = move("transit")
    assert "Key 3 of transit/scriptorium is in use; 30 subject keys" in told
    assert f"Keep a copy of {key_dir / 'ring.json'} apart" in told
    assert (numbers(), place().current(), max(service.keys)) == ({3}, 3, 3)
    assert process_key("run token root", 1) == token
    at(settings, "transit")
    assert {each: subject_key(each) for each in keys} == keys
    keys |= subjects(3)
    (key_dir / "ring.json").unlink()
    at(settings, "transit,files")
    told = move("files")
    assert f"Key 4 of {key_dir / 'ring.json'} is in use; 33 subject keys" in told
    assert "do not raise min_decryption_version" in told
    at(settings, "files")
    assert {each: subject_key(each) for each in keys} == keys
    assert (numbers(), place().numbers()) == ({4}, {4})


def test_a_key_service_is_back_where_the_old_file_still_lies(
    service: Transit, settings: Any
) -> None:
    keys = subjects(3)
    at(settings, BOTH)
    move("transit"), move("files"), move("transit")
    assert place().numbers() == {1, 2, 3, 4}
    assert (place().current(), numbers()) == (4, {4})
    assert {each: subject_key(each) for each in keys} == keys


def test_who_reads_finds_each_key_wherever_it_lies(
    service: Transit, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 4)
    keys = subjects(10)
    at(settings, BOTH)
    for step in range(4):
        move("transit", leave=True)
        forget()  # another process
        assert {each: subject_key(each) for each in keys} == keys
        create_subject(uuid.uuid4())  # wrapped there already
        assert rotation.left(2) == 10 - min(4 * step, 10)
        rotation.rewrap_some(2)
    assert numbers() == {2}


def test_the_worker_ends_what_was_begun_and_asking_again_tells_what_to_do(
    service: Transit, settings: Any
) -> None:
    subjects(5)
    at(settings, BOTH)
    assert "Everything" not in move("transit", leave=True)
    rotation.go_on(timezone.now())
    assert numbers() == {2}
    assert move("transit") == move("transit")
    assert max(service.keys) == 2


def test_a_try_that_was_killed_before_its_key_was_used_is_taken_up(
    service: Transit, settings: Any, key_dir: Path
) -> None:
    subjects(2)
    at(settings, BOTH)
    place().service.add(1)
    forget()
    assert "Key 2 of transit" in move("transit")
    (key_dir / "ring.json").unlink()
    place().held.add(2)
    forget()
    assert place().current() == 2  # a file that only lies there is not used
    assert "Key 3 of" in move("files")
    assert json.loads((key_dir / "ring.json").read_text())["current"] == 3


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"sealed": True}, "is sealed or not ready"),
        ({"token": "another"}, "does not let this installation in"),
        ({"slow": 0.4}, "does not answer"),
    ],
)
def test_a_service_that_is_no_help_is_named_and_nothing_moves(
    service: Transit,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    fault: dict[str, Any],
    told: str,
) -> None:
    if "slow" in fault:
        monkeypatch.setattr("runtime.vault.places.transit_service.SECONDS", 0.1)
    subjects(1)
    at(settings, BOTH)
    for name, value in fault.items():
        setattr(service, name, value)
    with pytest.raises(CommandError, match=told):
        move("transit")
    assert (place().current(), numbers(), place().service.kept()) == (1, {1}, frozenset())


def test_a_service_without_the_key_is_named(service: Transit, settings: Any) -> None:
    subjects(1)
    settings.TRANSIT = settings.TRANSIT | {"KEY": "other"}
    at(settings, BOTH)
    with pytest.raises(CommandError, match="transit/other does not know the key"):
        move("transit")


def test_another_service_than_before_is_refused_and_the_move_goes_on_with_the_right_one(
    service: Transit, settings: Any
) -> None:
    keys = subjects(3)
    at(settings, BOTH)
    move("transit", leave=True)
    right, service.keys = service.keys, {1: os.urandom(32), 2: os.urandom(32)}
    forget()
    with pytest.raises(CommandError, match="holds another key than the one"):
        move("transit")
    service.keys = right
    forget()
    move("transit")
    assert {each: subject_key(each) for each in keys} == keys


@pytest.mark.parametrize("how", ["foreign", "cut", "open to others"])
def test_a_file_that_is_not_of_this_ring_is_refused(
    service: Transit, settings: Any, key_dir: Path, how: str
) -> None:
    at(settings, "transit")
    KeyCheck.objects.filter(name__startswith="ring ").delete()
    (key_dir / "ring.json").unlink()
    subjects(2)
    place().use(place().add())
    subjects(1)
    kept(key_dir / "ring.json", ring_text({1: b"1" * 32})[: 20 if how == "cut" else None])
    (key_dir / "ring.json").chmod(0o644 if how == "open to others" else 0o600)
    at(settings, "transit,files")
    told = {"foreign": "is not the one these data", "cut": "is not a key ring"}
    with pytest.raises(CommandError, match=told.get(how, "may be read or changed by others")):
        move("files")
    assert numbers() == {1, 2}


def test_a_variable_is_filled_by_hand_with_a_number_above(service: Transit, settings: Any) -> None:
    keys, first = subjects(2), settings.KEY_DIR / "ring.json"
    old = json.loads(first.read_text())
    settings.RING_KEYS = first.read_text()
    at(settings, "environment,transit")
    move("transit")
    settings.RING_KEYS = ""
    at(settings, "environment,transit")
    with pytest.raises(CommandError, match="SCRIPTORIUM_KEYS whose current key has the number 3"):
        move("environment")
    settings.RING_KEYS = json.dumps(
        {"current": 3, "keys": json.loads(ring_text({3: b"3" * 32}))["keys"] | old["keys"]}
    )
    at(settings, "environment,transit")
    assert place().current() == 2
    move("environment")
    at(settings, "environment")
    assert {each: subject_key(each) for each in keys} == keys


@pytest.mark.parametrize("ring", ["files", "transit", "files,environment", "files,nowhere"])
def test_a_ring_in_one_place_is_not_moved(service: Transit, settings: Any, ring: str) -> None:
    subjects(1)
    at(settings, ring)
    with pytest.raises(CommandError, match="KEY_RING is"):
        move("transit")


def test_a_place_that_was_left_too_early_does_not_start(
    service: Transit, settings: Any, key_dir: Path
) -> None:
    subjects(2)
    at(settings, "transit")  # before anything moved
    with pytest.raises(ImproperlyConfigured, match="do not lie in the key service"):
        checks.refuse()
    assert not RingKey.objects.exists()
    at(settings, BOTH)
    move("transit", leave=True)
    subjects(1)
    for ring, told in {
        "transit": "transit/scriptorium does not hold key 1",
        "files": f"{key_dir / 'ring.json'} does not hold key 2",
    }.items():
        at(settings, ring)
        with pytest.raises(ImproperlyConfigured, match=told):
            checks.refuse()
    (key_dir / "ring.json").unlink()
    at(settings, BOTH)
    with pytest.raises(ImproperlyConfigured, match=r"ring\.json is missing"):
        checks.refuse()


def test_a_ring_that_lacks_a_key_in_its_middle_does_not_start(key_dir: Path) -> None:
    subjects(1)
    place().use(place().add())
    place().use(place().add())
    text = json.loads((key_dir / "ring.json").read_text())
    del text["keys"]["1"]
    kept(key_dir / "ring.json", json.dumps(text))
    forget()
    with pytest.raises(ImproperlyConfigured, match="does not hold key 1"):
        checks.refuse()


def test_a_former_place_is_kept_for_four_days_and_then_left(
    service: Transit, settings: Any
) -> None:
    subjects(1)
    at(settings, BOTH)
    move("transit")
    now = timezone.now()
    with pytest.raises(CannotRotate, match="until a moment ago"):
        rotation.retire(1, now=now)
    with pytest.raises(CannotRotate, match="which the ring has left: set KEY_RING"):
        rotation.retire(1, now=now + 2 * rotation.KEPT)
    move("files")
    rotation.retire(2, now=now + 3 * rotation.KEPT)
    assert place().numbers() == {1, 3}
    assert SubjectKey.objects.get().ring_version == 3
