"""Where an item stands in its queue, and which skill it needs: columns that the claim goes by, written from the policies.

Whoever changes an item's priority, due time or `not_before` places it again (and saves it).
"""

from runtime.queues import policies, retry
from runtime.queues.models import Skill, WorkItem


def place(item: WorkItem) -> None:
    """As of when it stands in the order, where its queue's policy lets waiting count. Not saved."""
    ageing = policies.rules_of_queue(item.queue).ageing
    waited = item.not_before
    item.aged = None if ageing is None else ageing.since(waited, item.priority, item.due)


def route(item: WorkItem, language: str | None = None) -> None:
    """Which skill it needs for the language it is to be spoken in. A language that the policy does not name is spoken by everybody; so is
    one whose skill was never set up, for else nobody would ever have the item. Not saved."""
    if language is not None:
        item.language = language.lower()[:12]
    code = retry.skill_for(policies.rules_of(item), item.language)
    item.skill = Skill.objects.filter(code=code).first() if code else None
