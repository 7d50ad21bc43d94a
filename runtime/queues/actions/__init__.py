"""The only writer of queues, work items, attempts and skills: a noun a module, the face here.
(Lists of people are loaded by `actions.imports` and `actions.loading`.)"""

from runtime.queues.actions.attempts import (
    BadCallback,
    Disposed,
    UnknownDisposition,
    dispose,
    dispose_record,
    start_attempt,
)
from runtime.queues.actions.calls import (
    CallTimes,
    call_was_missed,
    item_for_caller,
    mark_call,
    take_up,
)
from runtime.queues.actions.campaigns import close_campaign, open_campaign
from runtime.queues.actions.claims import claim, expire_leases, heartbeat, release
from runtime.queues.actions.continuing import continue_record
from runtime.queues.actions.fulfilling import in_agents_hands, record_to_fill
from runtime.queues.actions.items import CampaignClosed, Wanted, create_item, withdraw
from runtime.queues.actions.recomputing import waiting
from runtime.queues.actions.setup import (
    BadPolicy,
    problems_of,
    save_campaign,
    save_policy,
    save_queue,
    save_skill,
)
from runtime.queues.actions.skills import grant_skill, has_skill, missing_skills
from runtime.queues.actions.verifications import is_verified
from runtime.queues.claimed import Claimed, NotHolder, Refused
from runtime.queues.states import TERMINAL as ENDED

__all__ = [
    "ENDED",
    "BadCallback",
    "BadPolicy",
    "CallTimes",
    "CampaignClosed",
    "Claimed",
    "Disposed",
    "NotHolder",
    "Refused",
    "UnknownDisposition",
    "Wanted",
    "call_was_missed",
    "claim",
    "close_campaign",
    "continue_record",
    "create_item",
    "dispose",
    "dispose_record",
    "expire_leases",
    "grant_skill",
    "has_skill",
    "heartbeat",
    "in_agents_hands",
    "is_verified",
    "item_for_caller",
    "mark_call",
    "missing_skills",
    "open_campaign",
    "problems_of",
    "record_to_fill",
    "release",
    "save_campaign",
    "save_policy",
    "save_queue",
    "save_skill",
    "start_attempt",
    "take_up",
    "waiting",
    "withdraw",
]
