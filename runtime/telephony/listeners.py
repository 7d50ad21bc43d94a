"""What telephony does when others announce something; bound in `apps.ready`."""

from typing import Any

from runtime.parties.models import Party
from runtime.telephony.actions import forget
from runtime.telephony.models import Call


def party_erased(*, party: Party, **_others: Any) -> None:
    """The number of who was erased is nobody's any more."""
    for call in Call.objects.filter(parties=party):
        forget(call=call)
