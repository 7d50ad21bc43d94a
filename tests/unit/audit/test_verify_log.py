"""`manage.py verify_log`: what was done to the log is found and said; what was not is not."""

import datetime as dt
import random
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from runtime.audit import checkpoints
from runtime.audit.actions import log_access, seal_rows
from runtime.audit.models import AccessLog, Seal, SealedRow, Verification
from runtime.audit.reports import Report, signed
from runtime.audit.verifying import verify, verify_between
from tests import tampering
from tests.tampering import BEGIN, Log

pytestmark = pytest.mark.django_db
NOW = BEGIN + dt.timedelta(days=100)


@pytest.fixture
def file(settings: Any, tmp_path: Path) -> Path:
    settings.LOG_CHECKPOINTS = tmp_path / "log" / "checkpoints.jsonl"
    return settings.LOG_CHECKPOINTS


@pytest.fixture
def log(agent: Any, file: Path) -> Log:
    """Two thousand rows in forty seals, a checkpoint every second seal but for the last."""
    chance, at = random.Random("log"), BEGIN
    known = 0
    for number in range(40):
        at = tampering.fill(50, by=agent.pk, chance=chance, at=at) + dt.timedelta(minutes=3)
        seal_rows(now=at)
        if number % 2 == 0:
            known = checkpoints.write(at).size
    if (
        connection.vendor == "postgresql"
    ):  # a log that grew has statistics; this one is a moment old
        tables = ", ".join(each._meta.db_table for each in (AccessLog, Seal, SealedRow))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")
    return Log(Seal.objects.latest("size").size, known)


@pytest.fixture
def unguarded(log: Log) -> Log:
    tampering.lift_guards()
    return log


def looked_at(file: Path) -> Report:
    report = Report()
    verify(signed(checkpoints.read(file), report), report, now=NOW)
    return report


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_log", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def refused(*arguments: str) -> str:
    out = StringIO()
    with pytest.raises(CommandError) as problem:
        call_command("verify_log", *arguments, stdout=out, stderr=StringIO())
    return f"{problem.value.returncode} {out.getvalue()} {problem.value}"


def test_a_log_that_nobody_touched_holds(log: Log) -> None:
    assert "2000 rows, 20 checkpoints" in said()
    row = Verification.objects.get()
    assert (row.size, row.checkpoints, row.faults) == (2000, 20, 0)


@pytest.mark.parametrize("way", tampering.WAYS, ids=lambda way: way.__name__)
def test_what_was_done_to_it_is_found(unguarded: Log, file: Path, way: Any) -> None:
    chance = random.Random(f"7 {way.__name__}")
    for _ in range(6):
        with transaction.atomic():
            way(chance, unguarded)
            assert not looked_at(file).holds
            transaction.set_rollback(True)
    assert looked_at(file).holds


@pytest.mark.parametrize("way", tampering.WAYS[:10], ids=lambda way: way.__name__)
def test_it_is_found_by_reading_from_the_checkpoint_before_to_the_one_after(
    unguarded: Log, file: Path, way: Any
) -> None:
    kept = signed(checkpoints.read(file), Report())
    first, last = way(random.Random(f"8 {way.__name__}"), unguarded)
    before = sum(one.size <= first for one in kept)
    after = next((n for n, one in enumerate(kept, 1) if one.size > last), len(kept))
    report = Report()
    verify_between(kept, report, before, after)
    assert not report.holds


def test_a_changed_row_is_named(unguarded: Log) -> None:
    row = SealedRow.objects.get(position=700).log
    AccessLog.objects.filter(pk=row).update(purpose="nothing")
    told = refused()
    assert told.startswith("1 ")
    assert f"Row {row} (place 700) was changed since it was sealed." in told


def test_a_removed_row_is_named_and_so_is_a_removed_place(unguarded: Log) -> None:
    row = SealedRow.objects.get(position=701).log
    tampering._run("DELETE FROM audit_accesslog WHERE id = %s", row)
    assert f"Row {row} (place 701) was removed." in refused()
    tampering._run("DELETE FROM audit_sealedrow WHERE position = %s", 701)
    assert "Place 701 is gone" in refused()


def test_what_only_the_root_shows_is_told_by_its_checkpoints(unguarded: Log) -> None:
    """Leaf and seals were made to fit: no row can be named, but between which places it lies."""
    AccessLog.objects.filter(pk=SealedRow.objects.get(position=1750).log).update(detail="x")
    tampering._fit_leaf(1750)
    tampering._fit_seals(1750)
    assert "of the places 1750 to 1849 something was changed" in refused()


def test_an_old_copy_is_told_by_its_size(unguarded: Log) -> None:
    tampering._cut(1000)
    told = refused()
    assert "tells of 1950 places, but the log has only 1000" in told
    with pytest.raises(checkpoints.Contradicted, match="verify_log"):
        checkpoints.write(NOW)


def test_a_row_put_in_past_the_house_is_never_sealed_and_told(unguarded: Log, agent: Any) -> None:
    mark = AccessLog.objects.latest("pk").mark
    forged = AccessLog.objects.create(
        at=NOW, by=agent, deed="open", purpose="call", mark=b"0" * 26
    )
    bare = AccessLog.objects.create(at=NOW, by=agent, deed="open", purpose="call")
    assert seal_rows(now=NOW) == 0
    told = refused()
    assert f"Row {forged.pk} bears a wrong mark" in told
    assert f"Row {bare.pk} bears no mark" in told
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessLog.objects.create(at=NOW, by=agent, deed="open", purpose="call", mark=bytes(mark))


def test_what_was_sealed_since_the_last_checkpoint_is_held_against_its_mark(
    unguarded: Log,
) -> None:
    """Leaf and seals fit, and no checkpoint knows: the mark does."""
    row = SealedRow.objects.get(position=1990).log
    AccessLog.objects.filter(pk=row).update(purpose="nothing")
    tampering._fit_leaf(1990)
    tampering._fit_seals(1990)
    assert f"Row {row} bears a wrong mark" in refused()


def test_rows_that_wait_for_their_place_are_no_fault_and_get_it(log: Log, agent: Any) -> None:
    log_access(by=agent, deed="open", purpose="call")
    assert "No fault." in said()
    assert seal_rows(now=NOW) == 1
    assert "2001 rows" in said()


def test_an_old_row_without_a_place_is_told(log: Log, agent: Any) -> None:
    tampering.fill(1, by=agent.pk, chance=random.Random(1), at=BEGIN)
    assert "has no place in the tree: does the worker run?" in refused()
    assert seal_rows(now=NOW, everything=True) == 1
    assert "No fault." in said()


def test_a_forged_checkpoint_is_told(log: Log, file: Path) -> None:
    lines = file.read_text().splitlines()
    file.write_text(
        "\n".join([*lines[:-1], lines[-1].replace('"size": 1950', '"size": 1900')]) + "\n"
    )
    assert "Line 20 of the checkpoints is not signed by this house." in refused()
    file.write_text("\n".join([*lines[:3], lines[1], *lines[3:]]) + "\n")
    assert "Line 4 of the checkpoints tells of fewer places" in refused()
    file.write_text("\n".join([*lines, "{"]) + "\n")
    assert refused().startswith("2 ")


def test_a_checkpoint_of_an_unknown_key_counts_only_when_a_later_one_vouches(
    log: Log, file: Path
) -> None:
    lines = file.read_text().splitlines()
    foreign = lines[-1].replace('"key": 1', '"key": 7')
    file.write_text("\n".join([*lines[:-1], foreign, lines[-1]]) + "\n")
    assert "a later one vouches for them" in said()
    file.write_text("\n".join([*lines[:-1], foreign]) + "\n")
    assert "Nobody vouches for the last 1 checkpoints: key 7" in refused()


def test_an_auditor_needs_no_key_ring(log: Log, file: Path, settings: Any, tmp_path: Path) -> None:
    """The public key and a copy of the checkpoints suffice; what only the ring can tell is named."""
    copy, public = tmp_path / "copy.jsonl", tmp_path / "auditor.pub"
    shutil.copy(file, copy)
    shutil.copy(checkpoints.keys_beside(file), public)
    settings.KEY_DIR = tmp_path / "nowhere"
    told = said("--checkpoints", str(copy), "--public-key", str(public))
    assert "2000 rows, 20 checkpoints" in told
    assert "The marks of the newest rows were not looked at." in told
    public.write_text("1 " + "A" * 43 + "=\n")
    assert "not signed by this house" in refused(
        "--checkpoints", str(copy), "--public-key", str(public)
    )


def test_the_newest_part_alone_is_looked_at_when_asked(unguarded: Log) -> None:
    assert "2000 rows, 3 checkpoints" in said("--last", "3")
    AccessLog.objects.filter(pk=SealedRow.objects.get(position=1900).log).update(detail="x")
    assert "was changed since" in refused("--last", "3")


def test_a_log_without_checkpoints_says_what_that_means(agent: Any, file: Path) -> None:
    assert f"There are no checkpoints in {file}" in said()


def test_a_file_of_checkpoints_that_is_gone_or_cut_off_is_told(log: Log, file: Path) -> None:
    lines = file.read_text().splitlines()
    file.write_text("\n".join(lines[:5]) + "\n")
    assert "(place 450 and on) has no checkpoint here." in said()
    file.unlink()
    assert "There is no checkpoint, though rows were sealed since 2026-01-05" in refused()


def test_a_checkpoint_is_written_only_when_something_came(log: Log, file: Path) -> None:
    made = checkpoints.write(NOW)
    assert (made.size, made.at) == (2000, "2026-04-15T08:00:00Z")
    assert checkpoints.write(NOW) is None
    assert len(file.read_text().splitlines()) == 21
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("table", ["accesslog", "sealedrow", "seal", "verification"])
@pytest.mark.parametrize("deed", ["UPDATE audit_{0} SET {1} = {1}", "DELETE FROM audit_{0}"])
def test_the_database_refuses_to_change_or_remove(log: Log, table: str, deed: str) -> None:
    said()
    column = {"accesslog": "purpose", "sealedrow": "leaf", "seal": "at", "verification": "at"}[
        table
    ]
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed.format(table, column))


def test_erasing_a_person_breaks_nothing(log: Log, agent: Any) -> None:
    """The log knows a person by a number drawn by chance; who it was, only the destroyed key told."""
    from runtime.parties.actions import erase, find_or_create

    facts = {"given_name": "Ann", "family_name": "Vos", "national_number": "85073003328"}
    party, _made = find_or_create(facts=facts, by=agent, purpose="call")
    erase(party=party, by=agent, purpose="request")
    seal_rows(now=NOW)
    checkpoints.write(NOW)
    assert "No fault." in said()
    assert AccessLog.objects.filter(subject=party.pk, deed="erase").exists()
