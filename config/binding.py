"""What is bound to what: effects to their handlers, panels to a person's page. Called once, from `config.apps`."""

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from runtime.outbox.handlers import bind


def bind_effects() -> None:
    """One line an effect: the names of `builder.definition.EFFECTS`, and those of the house itself."""
    from exports.documents.effects import issue_document, open_for_document
    from exports.feeds import effects as feeds
    from runtime.accounts import actions as accounts
    from runtime.accounts import mails as account_mails
    from runtime.effects import notify, people
    from runtime.effects.actions import series, trials
    from runtime.effects.actions.bounds import bounded
    from runtime.glass import alerts
    from runtime.queues import effects as queues
    from runtime.queues import forecasting
    from runtime.queues.actions import (
        bulks,
        exhausting,
        listed,
        owning,
        pairing,
        recomputing,
        trying,
        withholding,
    )
    from runtime.selfservice import effects as links

    bind("issue_document", issue_document, prepare=open_for_document)
    spawn_items = bounded(queues.spawn_items, lambda _arguments, effect: len(effect.prepared))
    bind("spawn_items", spawn_items, prepare=queues.open_entries)
    bind("pass_on", bounded(queues.pass_on, lambda _arguments, _effect: 1))
    bind("follow_up", bounded(series.follow_up, series.days_of))
    bind("notify", notify.told, prepare=notify.tell)
    bind("set_fact", people.set_fact, prepare=people.open_fact)
    bind("require_skill", people.require_skill)
    bind("send_to_feed", feeds.sent, prepare=feeds.send)
    bind("do_not_contact", people.do_not_contact)
    bind(trials.EFFECT, trials.looked, prepare=trials.look)
    bind("withdraw_spawned", queues.withdraw_spawned)
    bind("grant_skill", queues.grant_skill_effect)
    bind(listed.LOAD, queues.load_list)
    bind(listed.TRY, trying.looked, prepare=trying.look)
    bind(pairing.EFFECT, pairing.looked, prepare=pairing.look)
    bind(bulks.EFFECT, bulks.step)
    bind(withholding.EFFECT, withholding.withhold_barred)
    bind("recompute", recomputing.recompute)
    bind(owning.EFFECT, owning.own)
    bind("follow_exhausted", exhausting.follow_exhausted)
    bind("link_exhausted", links.invite_exhausted)
    bind(links.SEND, links.link_sent, prepare=links.send_link)
    bind("simulate", forecasting.keep_course, prepare=forecasting.play_course)
    bind(accounts.EFFECT, accounts.carry_out)
    bind(accounts.INVITE, account_mails.invited, prepare=account_mails.invite)
    bind("glass_broken", alerts.sent, prepare=alerts.send)


def bind_panels() -> None:
    """What leaves shows itself on the page of the person it is about."""
    from exports.documents.finding import person_of
    from exports.documents.panel import documents_of
    from runtime.workspace import double_views, find_references, party_panels

    party_panels.bind("doubles", _("The same person"), double_views.same_person)
    party_panels.bind("documents", _("Documents"), documents_of)
    find_references.bind("document", person_of)


def bind_purposes() -> None:
    """The access log says the purposes of what leaves in the words of the pages where they are chosen."""
    from exports.purposes import EXPORT, PRINT, REASONS
    from runtime.workspace import log_words

    log_words.bind("export", EXPORT)
    log_words.bind("print", PRINT)
    log_words.bind("document", REASONS)


def bind_workshop() -> None:
    """The workshop plays its drafts in the agent's screen and in the engine; codes in effects are looked up where they live."""
    from builder import gates, playing, preview, publish, references, shared
    from builder.checks import panel, readers
    from builder.references import read_by_documents
    from content import translations
    from content.actions import release_due
    from content.lists.resolving import resolve
    from content.sections import resolving as sections
    from content.testing import gate
    from exports.feeds.mapping import read_by_feeds
    from exports.feeds.models import Feed
    from runtime.effects.actions.channels import clearance_of
    from runtime.outbox import sweeps
    from runtime.queues.models import Campaign, Skill
    from runtime.workspace import rehearsing, screen_preview

    playing.bind(rehearsing.play, rehearsing.Replayer, rehearsing.Watcher)
    preview.bind(
        lambda definition, language, beside: screen_preview.preview(
            definition, language, localdate().isoformat(), beside
        )
    )
    gates.bind(gate.TESTS)
    shared.LISTS.bind(resolve)
    shared.SECTIONS.bind(sections.resolve)
    publish.bind_resolver("campaign", lambda code: Campaign.objects.filter(code=code).exists())
    publish.bind_resolver("channel", lambda code: bool(clearance_of(code)))
    references.bind_clearance(clearance_of)
    references.bind_work(
        lambda code: Campaign.objects.filter(code=code).values_list("app__code", flat=True).first()
    )
    publish.bind_resolver("feed", lambda code: Feed.objects.filter(code=code).exists())
    publish.bind_resolver("skill", lambda code: Skill.objects.filter(code=code).exists())
    readers.bind("documents", read_by_documents)
    readers.bind("feeds", read_by_feeds)
    panel.bind("translations", translations.behind_in)
    gates.bind(
        gates.Gate("check", _("Check"), lambda _page, _definition: (), evidence=panel.evidence)
    )
    sweeps.bind("workshop.schedule", lambda _now: release_due(), seconds=30)


def bind_reports() -> None:
    """What lies upstairs says what a release would touch, on the page of the release, in this order."""
    from builder import reports
    from exports.views import releases
    from runtime.workspace import effect_reports, release_reports

    reports.bind("records", release_reports.records)
    reports.bind("feeds", releases.feeds)
    reports.bind("documents", releases.documents)
    reports.bind("campaigns", release_reports.campaigns)
    reports.bind("lessons", release_reports.lessons)
    reports.bind("search", release_reports.search)
    reports.bind("answers", release_reports.answers)
    reports.bind("effects", effect_reports.effects, deed=effect_reports.begin)


def bind_reviews() -> None:
    """Reviewers are told by mail, in their own language; the worker sends."""
    from content.reviews import mails
    from runtime.outbox import sweeps
    from runtime.people.models import Person

    def language(user: Any) -> str:
        found = Person.objects.filter(user=user).values_list("language", flat=True).first()
        return found or ""

    mails.bind_language(language)
    sweeps.bind("content.reviews", mails.send_due, seconds=30)


def bind_languages() -> None:
    """Wagtail's screens and mails speak the person's language."""
    from config import languages

    languages.connect()


def bind_keys() -> None:
    """What hangs on the ring beside subject keys; a turn of the ring that was begun is ended by the worker."""
    from config import second_factors
    from runtime.outbox import sweeps
    from runtime.vault import rotation

    factors = rotation.Hanging(second_factors.on_key, second_factors.seal_anew)
    rotation.bind("second factors", factors)
    sweeps.bind("vault.rotation", rotation.go_on, seconds=20)


def bind_search() -> None:
    """The index's own work: frequent names are weighed, entries written again, records indexed by what became searchable, the index turned."""
    from runtime.outbox import sweeps
    from runtime.search import catching_up, rewriting, turning, weighing

    sweeps.bind("search.weighing", weighing.go_on, seconds=3600)
    sweeps.bind("search.rewriting", rewriting.go_on, seconds=20)
    sweeps.bind("search.answers", catching_up.go_on, seconds=20)
    sweeps.bind("search.turning", turning.go_on, seconds=60)


def bind_step_up() -> None:
    """Who breaks the glass proves who they are once more."""
    from config import step_up
    from runtime.workspace import glass_forms

    glass_forms.bind_proof(step_up.form_of)


def bind_broker() -> None:
    """Where workers of many machines wait for a broker's word, what is ordered is told to it."""
    from django.conf import settings

    from runtime.outbox import nudging

    if settings.BROKER_URL:
        from config import tasks

        nudging.bind(tasks.nudge)
