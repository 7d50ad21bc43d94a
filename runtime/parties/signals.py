"""What parties announce: `party_changed(party, facts)` after a party was made or its facts changed, and `party_erased(party)`;
both inside the transaction. `facts` is a frozen `Facts`."""

from django.dispatch import Signal

party_changed = Signal()
party_erased = Signal()
