"""What cannot be done in a review, as a message for the person (`builder.views.veto`)."""

from builder.problems import Problem
from builder.publish import PublishVetoed


def refused(code: str, message: str, remedy: str = "", **params: object) -> PublishVetoed:
    """To be raised: the message, and what to do."""
    return PublishVetoed((Problem(code, "", message, remedy, params),))
