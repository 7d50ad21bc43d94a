"""What records announce, inside the transaction:

`settled(record, state, definition)` when new events were folded, `finished(record, state, definition, outcome, by)`,
`reopened(record, by)`.
"""

from django.dispatch import Signal

settled = Signal()
finished = Signal()
reopened = Signal()
