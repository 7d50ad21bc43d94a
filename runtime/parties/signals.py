"""What parties announce: `party_changed(party, facts)` after a party was made or its facts changed, and `party_erased(party)`;
both inside the transaction. A receiver of `party_erased` may answer `("files", 3)`: what it removed, for the certificate. `party_erasing(party)`
comes before anything is done: a receiver that raises `NotErased` stops it. `facts` is a frozen `Facts`. `parties_barred(parties, bar)`: who
is not to be contacted from now on, or not under a number or address of theirs."""

from django.dispatch import Signal

party_changed = Signal()
party_erased = Signal()
party_erasing = Signal()
parties_barred = Signal()
