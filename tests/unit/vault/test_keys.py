"""The tree of keys, erasure, and key files that are missing, broken or foreign."""

import base64
import os
import uuid
from pathlib import Path

import pytest
from django.db import connections

from runtime.vault.blind import blind, tokens_key
from runtime.vault.envelope import open_sealed, seal
from runtime.vault.errors import KeyMissing, SubjectDestroyed
from runtime.vault.keys import (
    create_subject,
    destroy_subject,
    new_record_key,
    open_record_key,
    subject_key,
    subkey,
)
from runtime.vault.models import KeyCheck, SubjectKey
from tests.unit.vault.conftest import kept, ring_text

pytestmark = pytest.mark.django_db


def write_ring(folder: Path, keys: dict[int, bytes], current: int = 1) -> None:
    kept(folder / "ring.json", ring_text(keys, current))


def subject() -> uuid.UUID:
    made = uuid.uuid4()
    create_subject(made)
    return made


def test_a_record_key_opens_with_its_subject_only() -> None:
    one, other = subject(), subject()
    wrapped, key = new_record_key(one)
    assert open_record_key(one, wrapped) == key
    with pytest.raises(Exception, match="not what was sealed"):
        open_record_key(other, wrapped)


def test_a_wrapped_key_moved_to_another_subject_does_not_open() -> None:
    one, other = subject(), subject()
    moved = SubjectKey.objects.get(subject=one).wrapped
    SubjectKey.objects.filter(subject=other).update(wrapped=moved)
    assert subject_key(one)
    with pytest.raises(KeyMissing):
        subject_key(other)


def test_making_a_subject_twice_keeps_its_key() -> None:
    made = subject()
    before = subject_key(made)
    create_subject(made)
    assert subject_key(made) == before


def test_subkeys_differ_by_use_and_come_back() -> None:
    key = os.urandom(32)
    assert subkey(key, "events") == subkey(key, "events")
    assert len({subkey(key, "events"), subkey(key, "snapshot"), key}) == 3


def test_an_erased_subject_is_unreadable_for_good() -> None:
    made = subject()
    wrapped, key = new_record_key(made)
    sealed = seal(key, b"an answer", b"place")
    destroy_subject(made)
    with pytest.raises(SubjectDestroyed, match="was erased"):
        open_record_key(made, wrapped)
    with pytest.raises(SubjectDestroyed):
        create_subject(made)
    row = SubjectKey.objects.get(subject=made)
    assert row.wrapped is None
    assert row.destroyed_at is not None
    assert open_sealed(key, sealed, b"place") == b"an answer"  # only the key is gone


def test_erasing_twice_is_harmless_and_erasing_nobody_is_told() -> None:
    made = subject()
    destroy_subject(made)
    destroy_subject(made)
    with pytest.raises(KeyMissing, match="no key for subject"):
        destroy_subject(uuid.uuid4())


def test_a_missing_ring_names_the_file_and_writes_nothing(key_dir: Path) -> None:
    (key_dir / "ring.json").unlink()
    with pytest.raises(KeyMissing, match=r"ring\.json is missing .*backup of the keys"):
        create_subject(uuid.uuid4())
    assert SubjectKey.objects.count() == KeyCheck.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "not json",
        '{"current": 1, "keys": {}}',
        '{"current": 2, "keys": {"1": "AAAA"}}',
        "\xff",
    ],
)
def test_a_broken_ring_names_the_file(key_dir: Path, text: str) -> None:
    (key_dir / "ring.json").write_text(text, encoding="latin-1")
    with pytest.raises(KeyMissing, match=r"ring\.json"):
        create_subject(uuid.uuid4())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644])
@pytest.mark.parametrize("name", ["ring.json", "index.key"])
def test_a_file_that_others_may_read_is_not_read(key_dir: Path, name: str, mode: int) -> None:
    (key_dir / name).chmod(mode)
    with pytest.raises(KeyMissing, match=rf"{name} may be read .*chmod 600 .*{name}"):
        blind("phone", "1") if name == "index.key" else create_subject(uuid.uuid4())
    assert SubjectKey.objects.count() == KeyCheck.objects.count() == 0
    (key_dir / name).chmod(0o600)
    blind("phone", "1")
    create_subject(uuid.uuid4())


@pytest.mark.parametrize("name", ["ring.json", "index.key"])
def test_a_file_cut_anywhere_is_refused(key_dir: Path, name: str) -> None:
    whole = (key_dir / name).read_text()
    for length in range(len(whole)):
        (key_dir / name).write_text(whole[:length])
        with pytest.raises(KeyMissing, match=name):
            blind("phone", "1") if name == "index.key" else create_subject(uuid.uuid4())
    assert SubjectKey.objects.count() == KeyCheck.objects.count() == 0


def test_a_foreign_ring_is_refused_before_anything_is_written(key_dir: Path) -> None:
    made = subject()
    write_ring(key_dir, {1: os.urandom(32)})
    with pytest.raises(KeyMissing, match="not the one these data were sealed with"):
        subject_key(made)
    with pytest.raises(KeyMissing, match="not the one these data were sealed with"):
        create_subject(uuid.uuid4())
    assert SubjectKey.objects.count() == 1


def test_an_older_ring_without_the_number_is_told(key_dir: Path) -> None:
    first, second = os.urandom(32), os.urandom(32)
    write_ring(key_dir, {1: first, 2: second}, current=2)
    made = subject()
    write_ring(key_dir, {1: first})
    with pytest.raises(KeyMissing, match="does not hold key 2"):
        subject_key(made)


def test_a_new_key_in_the_ring_leaves_old_subjects_readable(key_dir: Path) -> None:
    first = os.urandom(32)
    write_ring(key_dir, {1: first})
    old = subject()
    key = subject_key(old)
    write_ring(key_dir, {1: first, 2: os.urandom(32)}, current=2)
    new = subject()
    assert subject_key(old) == key
    assert SubjectKey.objects.get(subject=new).ring_version == 2


def test_a_foreign_index_key_is_refused(key_dir: Path) -> None:
    blind("phone", "+32470123456")
    (key_dir / "index.key").write_text(base64.b64encode(os.urandom(32)).decode())
    with pytest.raises(KeyMissing, match=r"index\.key is not the one"):
        blind("phone", "+32470123456")


def test_blind_keys_depend_on_field_and_value(key_dir: Path) -> None:
    assert blind("phone", "1") == blind("phone", "1")
    assert len({blind("phone", "1"), blind("phone", "2"), blind("email", "1")}) == 3
    assert len(blind("phone", "1")) == 16
    assert tokens_key("names") != tokens_key("phones")


def test_a_ring_shows_no_key(key_dir: Path) -> None:
    from runtime.vault.ring import Ring

    ring = Ring.load()
    assert base64.b64encode(ring.key(1)).decode() not in repr(ring)
    assert repr(ring.key(1)) not in repr(ring)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_an_erased_key_is_in_no_file_of_the_database() -> None:
    connection = connections["keys"]
    if connection.vendor != "sqlite":
        pytest.skip(
            "only on SQLite: PostgreSQL keeps old rows until its own cleaning; its backups end the story"
        )
    made = subject()
    wrapped = bytes(SubjectKey.objects.get(subject=made).wrapped or b"")
    file = Path(connection.settings_dict["NAME"])

    def found() -> bool:
        return any(wrapped in one.read_bytes() for one in file.parent.glob(f"{file.name}*"))

    assert found()
    destroy_subject(made)
    assert not found()
