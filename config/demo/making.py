"""Makes the demo through the doors that people use: pages are published, lists are loaded, feeds are mapped."""

import csv
import datetime
import io
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from builder.models import App
from config.demo.accounts import ACCOUNTS, PASSWORD
from config.demo.arrival import ARRIVAL
from config.demo.bodies import body_of, french_of, outcomes_of
from config.demo.citizens import HEADER, citizens
from config.demo.contact_call import CONTACT_CALL
from config.demo.index_call import INDEX_CALL
from config.demo.other_pages import CERTIFICATE, INTAKE, LESSON
from config.demo.writing import Page
from content.actions import change_page, make_page, translate
from content.models import AppPage
from exports.feeds import actions as feeds
from runtime.people.actions import create_person
from runtime.queues.actions import imports, setup, skills
from runtime.queues.models import Campaign, Policy, Queue, Skill
from runtime.queues.retry import DEFAULT_RULES

CITIZENS = 500
LESSON_DAYS = 180


def made() -> bool:
    """Whether the demo is there already."""
    return Campaign.objects.filter(code="index-calls").exists()


def make(*, today: datetime.date, count: int = CITIZENS) -> None:
    """All of the demo in one transaction; the list of citizens is then loaded by the worker."""
    with transaction.atomic():
        people = make_people()
        editor, supervisor, officer = (
            people[name] for name in ("editor", "supervisor", "officer")
        )
        make_lesson(people["trainer"], supervisor)
        make_calls(editor, supervisor)
        make_feed(officer)
        for name in ("agent", "supervisor"):
            skills.grant_skill(
                person=people[name], skill=Skill.objects.get(code="tracing"), days=LESSON_DAYS
            )
    load_citizens(today, count, supervisor)


def make_people() -> dict[str, Any]:
    """The demo's accounts, by name."""
    User = get_user_model()  # noqa: N806
    admin = next(account for account in ACCOUNTS if "admin" in account.roles)
    by = User.objects.filter(username=admin.name).first()
    for account in ACCOUNTS:
        first_name, last_name = account.full_name
        create_person(
            by=by,
            username=account.name,
            email=account.email,
            roles=account.roles,
            first_name=first_name,
            last_name=last_name,
            password=PASSWORD,
        )
    return {
        user.username: user
        for user in User.objects.filter(username__in=[each.name for each in ACCOUNTS])
    }


def make_lesson(trainer: Any, supervisor: Any) -> None:
    """The skill comes first: publishing a lesson checks that what it grants exists."""
    skill = setup.save_skill(skill=Skill(code="tracing", title="Contact tracing"), by=supervisor)
    publish(LESSON, trainer)
    skill.lesson_app = App.objects.get(code=LESSON.code)
    setup.save_skill(skill=skill, by=supervisor)


def make_calls(editor: Any, supervisor: Any) -> None:
    """The contact call is there first, then the certificate it hands out, then the index call that points at both."""
    contact_call = make_page(
        kind=CONTACT_CALL.kind,
        title=CONTACT_CALL.title[0],
        code=CONTACT_CALL.code,
        body=body_of(CONTACT_CALL),
        outcomes=[_without_effects(outcome) for outcome in outcomes_of(CONTACT_CALL)],
        by=editor,
        note="First version",
    )
    publish(CERTIFICATE, editor)
    note = "Hands out the certificate"
    contact_call = change_page(
        page=contact_call, outcomes=outcomes_of(CONTACT_CALL), by=editor, note=note
    )
    _french(contact_call, CONTACT_CALL, editor)
    make_queues(supervisor)
    publish(INDEX_CALL, editor)
    campaign = Campaign(
        code="index-calls",
        title="Index cases",
        queue=Queue.objects.get(code="index"),
        app=App.objects.get(code=INDEX_CALL.code),
    )
    setup.save_campaign(campaign=campaign, by=supervisor)
    publish(INTAKE, editor)
    publish(ARRIVAL, editor)


def make_queues(supervisor: Any) -> None:
    """Two queues; the one for index cases asks for the skill."""
    policy = setup.save_policy(
        policy=Policy(code="calls", title="Calls", rules=DEFAULT_RULES), by=supervisor
    )
    tracing = Skill.objects.get(code="tracing")
    setup.save_queue(
        queue=Queue(code="index", title="Index cases", policy=policy),
        skills=[tracing],
        by=supervisor,
    )
    contacts = setup.save_queue(
        queue=Queue(code="contacts", title="Contacts", policy=policy),
        skills=[tracing],
        by=supervisor,
    )
    campaign = Campaign(
        code="contact-calls",
        title="Contacts",
        queue=contacts,
        app=App.objects.get(code=CONTACT_CALL.code),
    )
    setup.save_campaign(campaign=campaign, by=supervisor)


def make_feed(officer: Any) -> None:
    """What the institute gets of each index call: no name, no number of a person."""
    institute = feeds.create_institute(
        code="health-institute", title="Institute of public health", by=officer
    )
    draft = feeds.Draft(
        title="Index cases, daily", folder="health-institute", purpose="Surveillance by law"
    )
    feed = feeds.create_feed(
        code="index-daily",
        institute=institute,
        app=App.objects.get(code=INDEX_CALL.code),
        draft=draft,
        by=officer,
    )
    columns = {
        "TX_PERSON": "_person",
        "DT_SAMPLE": "sample_date",
        "CD_SYMPTOMS": "has_symptoms",
        "DT_ONSET": "onset",
        "CD_FEVER": "fever",
        "NR_HOUSEHOLD": "household_size",
        "DT_ISOLATION_END": "isolation_until",
        "TX_POSTCODE": "postcode",
    }
    feeds.set_columns(
        feed=feed,
        columns=[{"column": column, "source": source} for column, source in columns.items()],
        by=officer,
    )


def load_citizens(today: datetime.date, count: int, supervisor: Any) -> None:
    """The list goes in as a supervisor would load it; the worker takes it from there."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(HEADER)
    writer.writerows(citizens(count, today))
    campaign = Campaign.objects.get(code="index-calls")
    job = imports.receive(campaign=campaign, data=stream.getvalue().encode(), by=supervisor)
    mapping = {
        column: f"question:{column}" if column == "sample_date" else f"fact:{column}"
        for column in HEADER
    }
    problems = (
        [job]
        if not hasattr(job, "pk")
        else imports.confirm(job=job, mapping=mapping, by=supervisor)
    )
    if problems:
        raise RuntimeError(
            f"The demo's list was refused: {[problem.code for problem in problems]}"
        )


def publish(page: Page, by: Any) -> AppPage:
    """The page in English, then in French."""
    made_page = make_page(
        kind=page.kind,
        title=page.title[0],
        code=page.code,
        body=body_of(page),
        outcomes=outcomes_of(page),
        by=by,
        note="First version",
        settings=page.settings,
    )
    _french(made_page, page, by)
    return made_page


def _french(made_page: AppPage, page: Page, by: Any) -> None:
    translate(
        page=made_page,
        language="fr",
        title=page.title[1],
        texts=french_of(page),
        settings=page.french_settings,
        by=by,
    )


def _without_effects(outcome: dict[str, Any]) -> dict[str, Any]:
    return {**outcome, "value": {**outcome["value"], "effects": []}}
