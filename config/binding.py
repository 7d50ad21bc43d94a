"""Which function carries out which effect. Called once, from `config.apps`."""
from runtime.outbox.handlers import bind


def bind_effects() -> None:
    """One line an effect: the names of `builder.definition.EFFECTS`, and those of the house itself."""
    from exports.documents.effects import issue_document
    from runtime.queues import effects as queues

    bind("issue_document", issue_document)
    bind("spawn_items", queues.spawn_items)
    bind("grant_skill", queues.grant_skill_effect)
    bind("load_list", queues.load_list)
