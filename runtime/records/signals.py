"""What records announce, inside the transaction:

`settled(record, state, view, definition)` when new events were folded, `finished(record, state, definition, outcome, by)`,
`reopened(record, by)`, `adopted(record, former)` when a record begun about nobody known was given to its person: what was sealed
under the former subject is sealed anew under the record's own now, for the former key is destroyed after the commit;
`record_erased(record)` when its log, files and key go: a receiver answers how many rows it removed.
"""

from django.dispatch import Signal

settled = Signal()
finished = Signal()
reopened = Signal()
adopted = Signal()
record_erased = Signal()
