"""Which rules hold for an item or a queue: the campaign's policy, else the queue's."""

from runtime.queues.models import Policy, Queue, WorkItem
from runtime.queues.retry import DEFAULT_RULES, Rules, read


def of_policy(policy: Policy) -> Rules:
    """A policy's rules; the default rules where its own can no longer be read, so that a slip in
    the administration never stops the calls (the policy's page shows the problems)."""
    rules = read(policy.rules)
    if isinstance(rules, Rules):
        return rules
    default = read(DEFAULT_RULES)
    if not isinstance(default, Rules):
        raise TypeError("the default rules are broken")
    return default


def rules_of(item: WorkItem) -> Rules:
    own = item.campaign.policy if item.campaign is not None else None
    return of_policy(own or item.queue.policy)


def rules_of_queue(queue: Queue) -> Rules:
    return of_policy(queue.policy)
