"""The only writer of lists of accounts: looked at, then carried out in chunks by the worker.

A chunk is one transaction: its accounts, its counts and the order for the next are committed together. Its rows are planned anew when they
are carried out, under the rights that who loaded them has then; so whatever changed meanwhile is seen, and doing it twice changes nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from builder.problems import Problem, gettext_noop
from runtime.accounts import planning, sealed
from runtime.accounts.models import AccountChunk, AccountList
from runtime.accounts.planning import Plan, may_load
from runtime.accounts.rows import NEEDED, Wanted, columns_of, read
from runtime.audit.actions import log_access
from runtime.outbox.actions import enqueue, retry
from runtime.outbox.models import Effect
from runtime.people import actions as people
from runtime.queues.actions.skills import grant_until
from runtime.queues.lists import reading

CHUNK = 50  # rows a transaction: on SQLite nobody else writes meanwhile
MOST_ROWS = 5_000
MOST_LEFT = 500  # lines that the page lists
KEPT_FOR = timedelta(days=7)
EFFECT, INVITE = "make_accounts", "invite_account"
PURPOSE = "accounts"

NO_COLUMN = gettext_noop("The file has no column for the e-mail address.")
NO_COLUMN_REMEDY = gettext_noop("Name a column “email” in line 1.")
TOO_MANY = gettext_noop("The file has %(rows)s people; at most %(most)s are loaded at once.")
TOO_MANY_REMEDY = gettext_noop("Split it and load the parts one after the other.")


def receive(*, data: bytes, by: AbstractBaseUser) -> AccountList | Problem:
    """Reads a file, keeps its rows sealed and says what would become of them. Where it cannot be read, nothing is kept."""
    _check(by)
    table = reading.read(data)
    problem = table if isinstance(table, Problem) else _unfit(table)
    if isinstance(table, Problem) or problem is not None:
        return problem  # type: ignore[return-value]  # a table that fits has none
    columns = columns_of(table.header)
    rows = [read(line, cells, columns) for line, cells in table.rows]
    row = AccountList(by=by, total=len(rows), created_at=timezone.now())
    _count(row, _planned(rows, by))
    sealed.create_subject(row.pk)
    with transaction.atomic():
        row.save(force_insert=True)
        AccountChunk.objects.bulk_create(_chunks(row, table))
    return row


def _check(by: Any) -> None:
    if not may_load(by):
        raise PermissionError("accounts are made by administrators, and by who leads a unit")


def _unfit(table: reading.Table) -> Problem | None:
    if any(name not in columns_of(table.header) for name in NEEDED):
        return reading.problem("no_email", NO_COLUMN, NO_COLUMN_REMEDY)
    if len(table.rows) > MOST_ROWS:
        rows = len(table.rows)
        return reading.problem("rows", TOO_MANY, TOO_MANY_REMEDY, rows=rows, most=MOST_ROWS)
    return None


def _planned(rows: Sequence[Wanted], by: Any, before: Sequence[str] = ()) -> list[Plan]:
    languages = [code for code, _words in settings.LANGUAGES]
    today = timezone.localdate()
    return planning.plan(rows, by=by, today=today, languages=languages, before=before)


def _chunks(row: AccountList, table: reading.Table) -> list[AccountChunk]:
    parts = [[(1, list(table.header))]]
    parts += [list(table.rows[at : at + CHUNK]) for at in range(0, len(table.rows), CHUNK)]
    return [
        AccountChunk(list=row, number=number, sealed=sealed.seal_rows(row.pk, number, part))
        for number, part in enumerate(parts)
    ]


def _count(row: AccountList, plans: Sequence[Plan]) -> None:
    """Adds what became of some rows."""
    for plan in plans:
        setattr(row, plan.fate, getattr(row, plan.fate) + 1)
        told = [[plan.wanted.line, flaw.column, flaw.code] for flaw in plan.flaws]
        row.left = [*row.left, *told][:MOST_LEFT] if told else row.left


@transaction.atomic
def go(*, row: AccountList, by: AbstractBaseUser, invites: bool) -> bool:
    """Lets the worker carry the list out; False when that was done before."""
    _check(by)
    held = AccountList.objects.select_for_update().get(pk=row.pk)
    if held.state != "looked" or not held.kept:
        return False
    held.state, held.invites, held.by = "running", invites, by
    held.fresh = held.changed = held.same = held.bad = 0
    held.left = []
    held.save()
    _order(held, 1)
    return True


def _order(row: AccountList, chunk: int) -> None:
    enqueue(
        effect=EFFECT,
        key=f"accounts:{row.pk}:{chunk}",
        arguments={"list": str(row.pk), "chunk": chunk},
    )


def carry_out(arguments: dict[str, Any], _effect: Effect) -> None:
    """One chunk, and the order for the next."""
    row = (
        AccountList.objects.select_for_update()
        .prefetch_related("by")
        .get(pk=UUID(arguments["list"]))
    )
    if row.state != "running":
        return
    chunk = AccountChunk.objects.filter(list=row, number=arguments["chunk"]).first()
    if chunk is None or not may_load(row.by):  # the end; or they lost the right meanwhile
        row.state = "done" if chunk is None else "stopped"
        row.ended_at = timezone.now()
        row.save()
        return
    rows, before = _rows(row, chunk)
    plans = _planned(rows, row.by, before)
    for plan in plans:
        _make(plan, row)
    _count(row, plans)
    row.save()
    _order(row, chunk.number + 1)


def _rows(row: AccountList, chunk: AccountChunk) -> tuple[list[Wanted], list[str]]:
    """The rows of a chunk, and the addresses of those before it: of two with one address the first holds."""
    before: list[str] = []
    found: list[Wanted] = []
    for number, wanted in _read(row, upto=chunk.number):
        if number == chunk.number:
            found.append(wanted)
        else:
            before.append(wanted.email)
    return found, before


def _read(row: AccountList, upto: int | None = None) -> Iterator[tuple[int, Wanted]]:
    chunks = row.chunks.order_by("number")
    if upto is not None:
        chunks = chunks.filter(number__lte=upto)
    columns: dict[str, int] = {}
    for chunk in chunks:
        for line, cells in sealed.open_rows(row.pk, chunk.number, bytes(chunk.sealed)):
            if chunk.number == 0:
                columns = columns_of(cells)
            else:
                yield chunk.number, read(line, cells, columns)


def _make(plan: Plan, row: AccountList) -> None:
    if plan.fate == "fresh":
        _new(plan, row)
    elif plan.fate == "changed":
        _change(plan, row.by)


def _new(plan: Plan, row: AccountList) -> None:
    wanted = plan.wanted
    person = people.create_person(
        by=row.by,
        username=wanted.email,
        email=wanted.email,
        roles=wanted.roles,
        unit=plan.unit,
        first_name=wanted.first_name,
        last_name=wanted.last_name,
    )
    spoken = [code for code in wanted.languages if code in dict(settings.LANGUAGES)]
    if spoken:
        people.set_preferences(by=person.user, person=person, language=spoken[0])
    _grant(plan, person.user)
    if row.invites:
        enqueue(
            effect=INVITE,
            key=f"invite:{row.pk}:{person.pk}",
            arguments={"list": str(row.pk), "user": person.pk},
        )


def _change(plan: Plan, by: Any) -> None:
    wanted, user = plan.wanted, plan.user
    people.set_name(person=user.person, first=wanted.first_name, last=wanted.last_name)
    if wanted.roles:
        people.set_roles(by=by, person=user.person, roles=wanted.roles)
    if plan.moves:
        people.set_unit(by=by, person=user.person, unit=plan.unit)
    _grant(plan, user)


def _grant(plan: Plan, user: Any) -> None:
    for skill, until in plan.skills:
        grant_until(person=user, skill=skill, until=_end_of(until))


def _end_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


@transaction.atomic
def stop(*, row: AccountList, by: AbstractBaseUser) -> bool:
    """No further chunk is carried out; what was made stays. `by` decided it."""
    held = AccountList.objects.select_for_update().get(pk=row.pk)
    if held.ended_at is not None:
        return False
    held.state, held.ended_at, held.by = "stopped", timezone.now(), by
    held.save()
    return True


def stuck(row: AccountList) -> Effect | None:
    """The chunk that the worker has given up, if there is one."""
    rows = Effect.objects.filter(key__startswith=f"accounts:{row.pk}:", state="failed")
    return None if row.ended_at else rows.first()


def try_again(*, row: AccountList, by: AbstractBaseUser) -> None:
    effect = stuck(row)
    if effect is not None:
        retry(effect=effect, by=by)


def left_out(
    row: AccountList, *, by: AbstractBaseUser
) -> tuple[list[str], list[tuple[list[str], Plan]]]:
    """The header, and the rows that cannot be, as they stood in the file, for who loads: logged first."""
    log_access(by=by, deed="open", subject=row.pk, purpose=PURPOSE)
    cells: dict[int, list[str]] = {}
    for chunk in row.chunks.order_by("number"):
        cells |= dict(sealed.open_rows(row.pk, chunk.number, bytes(chunk.sealed)))
    header = cells.pop(1)
    columns = columns_of(header)
    plans = _planned([read(line, row_cells, columns) for line, row_cells in cells.items()], by)
    return header, [(cells[one.wanted.line], one) for one in plans if one.fate == "bad"]


def clear_away(*, now: datetime) -> None:
    """Destroys what lists held, some days after they were loaded: key first, what remains then cannot be opened."""
    for row in AccountList.objects.filter(kept=True, created_at__lt=now - KEPT_FOR):
        sealed.destroy_subject(row.pk)
        with transaction.atomic():
            row.chunks.all().delete()
            ended = {} if row.ended_at else {"state": "stopped", "ended_at": now}
            AccountList.objects.filter(pk=row.pk).update(kept=False, **ended)
