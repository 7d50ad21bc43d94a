"""A draft's effects are tried on past records: counted, logged, nothing carried out; and told on the page of the release."""

from typing import Any

import pytest

from builder import reports
from builder.definition import load
from builder.models import App, definition_of
from runtime.audit.models import AccessLog
from runtime.effects import trying
from runtime.effects.actions import trials
from runtime.effects.models import Trial
from runtime.outbox.models import Effect
from runtime.outbox.tasks import carry_out_all
from runtime.queues.models import WorkItem
from runtime.records.erasing import erase_record
from runtime.workspace import effect_reports
from tests.unit.effects.conftest import notify, with_effects
from tests.unit.queues.conftest import publish

pytestmark = pytest.mark.django_db

SPAWN = {"effect": "spawn_items", "arguments": {"campaign": "daily", "repeat": "contacts"}}
ILL = ["eq", ["answer", "feels_well"], ["value", "bool", False]]


@pytest.fixture
def past(end: Any) -> Any:
    """Twelve calls under a version that tells nobody (its effect fails); three of them of people who are ill."""
    version = publish(with_effects(notify("duty", "Everybody.")), code="call")
    for number in range(12):
        end(version, feels_well=number % 4 != 0)
    carry_out_all()
    Effect.objects.update(state="done")
    return version


def draft(*effects: Any) -> Any:
    return load({**with_effects(*effects), "name": "call"})


def tried(version: Any, definition: Any, by: Any, **more: Any) -> Trial:
    trials.begin(app=version.app, definition=definition, by=by, **more)
    carry_out_all()
    return Trial.objects.get()


def test_it_counts_what_would_be_beside_what_was(past: Any, editor: Any) -> None:
    new = draft(notify("duty", "Everybody."), notify("night", "Ill.", relevance=ILL))
    before = Effect.objects.count()
    trial = tried(past, new, editor)
    rows = {row.arguments["channel"]: row for row in trying.read(trial.told["rows"]).values()}
    told = {name: (row.did, row.would, row.new, row.gone) for name, row in rows.items()}
    assert told == {"duty": (12, 12, 0, 0), "night": (0, 3, 3, 0)}
    assert len(rows["night"].examples) == 3
    assert (trial.state, trial.done, trial.definition) == ("done", 12, {})
    assert Effect.objects.exclude(effect="try_effects").count() == before
    assert not WorkItem.objects.exists()


def test_what_only_the_former_version_does_is_told(past: Any, editor: Any) -> None:
    (row,) = trying.read(tried(past, draft(), editor).told["rows"]).values()
    assert (row.effect, row.did, row.would, row.gone) == ("notify", 12, 0, 12)


def test_each_record_is_opened_once_under_the_name_of_who_asked(past: Any, editor: Any) -> None:
    tried(past, draft(notify("duty", "Everybody.")), editor, most=5)
    rows = AccessLog.objects.filter(purpose="try_effects", deed="open")
    assert rows.count() == len(set(rows.values_list("record", flat=True))) == 5
    assert set(rows.values_list("by", flat=True)) == {editor.pk}


def test_people_named_are_counted_as_the_work_they_would_make(end: Any, editor: Any) -> None:
    version = publish(with_effects(), code="call")
    record = end(version, first_name="Bo")
    trial = tried(version, draft(SPAWN), editor)
    (row,) = trying.read(trial.told["rows"]).values()
    assert (row.would, row.things) == (1, 0)
    assert row.examples == [str(record.pk)]


def test_an_erased_record_is_left_out(past: Any, editor: Any, data_officer: Any) -> None:
    from runtime.records.models import Record

    trial = trials.begin(app=past.app, definition=draft(), by=editor)
    record = Record.objects.get(pk=trial.records[0])
    erase_record(record=record, by=data_officer, purpose="by_mistake", rule="")
    carry_out_all()
    trial.refresh_from_db()
    assert (trial.state, trial.done, trial.told[trials.LEFT_OUT]) == ("done", 12, 1)


def test_asking_twice_is_asking_once_and_a_killed_worker_goes_on(past: Any, editor: Any) -> None:
    new = draft(notify("night", "Ill.", relevance=ILL))
    for _time in range(2):
        trials.begin(app=past.app, definition=new, by=editor)
    assert Trial.objects.count() == 1
    carry_out_all(1)
    trial = Trial.objects.get()
    assert (trial.state, trial.done) == ("running", trials.AT_ONCE)
    # The same step again, as after a kill, counts nothing twice.
    Effect.objects.filter(key=f"trial:{trial.pk}:0").update(state="pending")
    carry_out_all()
    rows = trying.read(Trial.objects.get().told["rows"]).values()
    assert {row.arguments["channel"]: row.would for row in rows} == {"duty": 0, "night": 3}


def test_the_page_of_the_release_offers_it_and_tells_it(past: Any, editor: Any) -> None:
    from django.utils import timezone

    app = App.objects.get(code="call")
    new = draft(notify("night", "Ill.", relevance=ILL))
    matter = reports.Matter(app, definition_of(past), new, {}, editor, timezone.now())
    report = effect_reports.effects(matter)
    assert report is not None
    assert report.offer
    assert reports.do("effects", matter)
    report = effect_reports.effects(matter)
    assert report is not None
    assert not report.offer
    carry_out_all()
    report = effect_reports.effects(matter)
    assert report is not None
    assert report.table is not None
    assert ("0", "3", "3", "0", "–") in [row[2:] for row in report.table.rows]
    assert not reports.do("records", matter)


def test_an_app_without_effects_says_nothing(end: Any, editor: Any) -> None:
    from django.utils import timezone

    version = publish(with_effects(), code="call")
    matter = reports.Matter(
        version.app, definition_of(version), draft(), {}, editor, timezone.now()
    )
    assert effect_reports.effects(matter) is None
