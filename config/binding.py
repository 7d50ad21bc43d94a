"""What is bound to what: effects to their handlers, panels to a person's page. Called once, from `config.apps`."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from runtime.outbox.handlers import bind


def bind_effects() -> None:
    """One line an effect: the names of `builder.definition.EFFECTS`, and those of the house itself."""
    from exports.documents.effects import issue_document, open_for_document
    from runtime.queues import effects as queues

    bind("issue_document", issue_document, prepare=open_for_document)
    bind("spawn_items", queues.spawn_items, prepare=queues.open_entries)
    bind("grant_skill", queues.grant_skill_effect)
    bind("load_list", queues.load_list)


def bind_panels() -> None:
    """What leaves shows itself on the page of the person it is about."""
    from exports.documents.panel import documents_of
    from runtime.workspace import party_panels

    party_panels.bind("documents", _("Documents"), documents_of)


def bind_purposes() -> None:
    """The access log says the purposes of what leaves in the words of the pages where they are chosen."""
    from exports.purposes import EXPORT, PRINT, REASONS
    from runtime.workspace import log_words

    log_words.bind("export", EXPORT)
    log_words.bind("print", PRINT)
    log_words.bind("document", REASONS)


def bind_workshop() -> None:
    """The workshop's preview is the agent's screen; codes in effects are looked up where they live."""
    from builder import preview, publish, shared_lists
    from content.lists.resolving import resolve
    from runtime.queues.models import Campaign, Skill
    from runtime.workspace import screen

    preview.bind(
        lambda definition, language: screen.preview(definition, language, localdate().isoformat())
    )
    shared_lists.bind(resolve)
    publish.bind_resolver("campaign", lambda code: Campaign.objects.filter(code=code).exists())
    publish.bind_resolver("skill", lambda code: Skill.objects.filter(code=code).exists())
