"""What is bound to what: effects to their handlers, panels to a person's page. Called once, from `config.apps`."""
from django.utils.translation import gettext_lazy as _

from runtime.outbox.handlers import bind


def bind_effects() -> None:
    """One line an effect: the names of `builder.definition.EFFECTS`, and those of the house itself."""
    from exports.documents.effects import issue_document
    from runtime.queues import effects as queues

    bind("issue_document", issue_document)
    bind("spawn_items", queues.spawn_items)
    bind("grant_skill", queues.grant_skill_effect)
    bind("load_list", queues.load_list)


def bind_panels() -> None:
    """What leaves shows itself on the page of the person it is about."""
    from exports.documents.panel import documents_of
    from runtime.workspace import party_panels

    party_panels.bind("documents", _("Documents"), documents_of)
