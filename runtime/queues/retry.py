"""What becomes of a work item after an attempt: the door to `runtime.queues.rules`, pure.

Rules (all parts optional; `DEFAULT_RULES` holds where a policy is silent)::

    {"time_zone": "Europe/Brussels",
     "calendar": {"hours": {"1": [["09:00", "12:00"], ["13:00", "18:00"]], ..},
                  "holidays": {"12-25": [], "2026-12-24": [["09:00", "12:00"]]}} | null,
     "window": {"days": [1, 2, 3, 4, 5], "from": "09:00", "until": "20:00"} | null,
     "caps": {"item": 5, "number": 3 | null, "day": 2, "lifetime": 8 | null, "gap_minutes": 30},
     "again": {"no_answer": {"minutes": 120, "at_most": 4, "other_daypart": true}, ..},
     "voicemail": {"messages": 1},
     "numbers": {"order": "confirmed" | "newest" | "oldest", "rotate": false, "kinds": ["mobile", "landline"]},
     "callback": {"grace_minutes": 15, "days": 30},
     "ageing": {"minutes": 60, "at_most": 10} | null,
     "languages": {"nl": "dutch", ..},
     "exhausted": {"then": "letter" | "sms_link" | "visit", "document" | "form" | "campaign": code} | null,
     "lease_minutes": 15,
     "verification": {"needed": 2, "facts": ["birth_date", ..], "tries": 3, "adult_from": 18} | null}

Days are ISO weekdays (Monday is 1). A call may be made where calendar and window both are open. `ageing` is that of the queue's policy:
all its campaigns stand in one order.
"""

from runtime.queues.rules.calendar import EVERY_DAY, Calendar, Window
from runtime.queues.rules.deciding import decide, may_leave_message, skill_for, standing
from runtime.queues.rules.reading import DEFAULT_RULES, never_calls, read
from runtime.queues.rules.shape import Again, Decision, Ending, Follow, Past, Rules
from runtime.queues.rules.spacing import in_window, into_window, next_time

__all__ = [
    "DEFAULT_RULES",
    "EVERY_DAY",
    "Again",
    "Calendar",
    "Decision",
    "Ending",
    "Follow",
    "Past",
    "Rules",
    "Window",
    "decide",
    "in_window",
    "into_window",
    "may_leave_message",
    "never_calls",
    "next_time",
    "read",
    "skill_for",
    "standing",
]
