"""Trying the effects of a draft on past records: in the background, some records at a time. Each is opened for whoever asked, which
the access log keeps; of what is opened only counts and numbers of records stay.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from builder.definition import Definition, data, load, sha256
from builder.models import App
from runtime.effects import trying
from runtime.effects.models import Trial
from runtime.engine import carry_over, view
from runtime.outbox.actions import enqueue
from runtime.outbox.models import Effect
from runtime.queues.effects import entries_of
from runtime.records.models import Record
from runtime.records.store import Opened, open_record
from runtime.vault.errors import VaultError

EFFECT = PURPOSE = "try_effects"
MOST_RECORDS = 200
AT_ONCE = 10
LEFT_OUT = "left out"  # beside the rows: records that cannot be opened any more


@transaction.atomic
def begin(*, app: App, definition: Definition, by: Any, most: int = MOST_RECORDS) -> Trial:
    """Tries the newest records of an app that have ended. One that is under way for the same draft goes on."""
    told = sha256(definition)
    going = Trial.objects.filter(app=app, sha256=told, state__in=("waiting", "running")).first()
    if going is not None:
        return going
    ended = Record.objects.filter(version__app=app, closed_at__isnull=False, erased_at=None)
    newest = ended.order_by("-closed_at", "pk").values_list("pk", flat=True)
    ids = [str(pk) for pk in newest[: min(most, MOST_RECORDS)]]
    trial = Trial.objects.create(
        app=app,
        by=by,
        definition=data(definition),
        sha256=told,
        records=ids,
        total=len(ids),
        told={"rows": trying.kept(trying.rows_of(definition)), LEFT_OUT: 0},
        created_at=timezone.now(),
    )
    _go_on(trial)
    return trial


def newest(app: App, definition: Definition) -> Trial | None:
    """The last trial of this very draft."""
    rows = Trial.objects.filter(app=app, sha256=sha256(definition)).defer("definition")
    return rows.order_by("-created_at").first()


def look(arguments: dict[str, Any], _effect: Effect) -> dict[str, Any] | None:
    """What `try_effects` is prepared with: some more records, opened and counted."""
    trial = Trial.objects.filter(pk=arguments["trial"]).select_related("by", "app").first()
    if trial is None or trial.done != int(arguments["done"]):
        return None
    definition = load(trial.definition)
    rows, left_out = trying.read(trial.told["rows"]), trial.told[LEFT_OUT]
    for number in trial.records[:AT_ONCE]:
        past = _past(UUID(number), definition, trial.by)
        if past is None:
            left_out += 1
        else:
            trying.count(rows, definition, past)
    return {"rows": trying.kept(rows), LEFT_OUT: left_out}


def looked(arguments: dict[str, Any], effect: Effect) -> None:
    """Keeps the counts, and goes on."""
    trial = Trial.objects.select_for_update().filter(pk=arguments["trial"]).first()
    if effect.prepared is None or trial is None or trial.done != int(arguments["done"]):
        return
    seen = len(trial.records[:AT_ONCE])
    trial.told, trial.records = effect.prepared, trial.records[AT_ONCE:]
    trial.done += seen
    trial.state = "running" if trial.records else "done"
    if not trial.records:
        trial.ended_at, trial.definition = timezone.now(), {}
    trial.save()
    if trial.records:
        _go_on(trial)


def _go_on(trial: Trial) -> None:
    arguments = {"trial": str(trial.pk), "done": str(trial.done)}
    enqueue(effect=EFFECT, key=f"trial:{trial.pk}:{trial.done}", arguments=arguments)


def _past(number: UUID, definition: Definition, by: Any) -> trying.Past | None:
    """One record under the draft; None where it cannot be opened any more."""
    record = Record.objects.select_related("version").filter(pk=number, erased_at=None).first()
    if record is None or not record.outcome:
        return None
    try:
        opened = open_record(record, by=by, purpose=PURPOSE)
    except VaultError:
        return None
    return _under(record, opened, definition)


def _under(record: Record, opened: Opened, definition: Definition) -> trying.Past:
    today = opened.today.isoformat()
    state = carry_over(opened.definition, definition, opened.state, today).state
    seen = view(definition, state, today)
    repeats = [section.name for section in definition.sections if section.repeat is not None]
    return trying.Past(
        number=str(record.pk),
        outcome=record.outcome,
        state=state,
        today=today,
        done=_done(record),
        entries={name: len(entries_of(definition, seen, name)) for name in repeats},
    )


def _done(record: Record) -> frozenset[str]:
    """What the record's last end caused."""
    rows = Effect.objects.filter(
        record=record.pk, state="done", key__endswith=f":{record.reopened}"
    )
    mine = rows.filter(key__startswith=f"{record.pk}:{record.outcome}:")
    return frozenset(
        trying.key_of(record.outcome, row.effect, row.arguments.items()) for row in mine
    )
