"""What content announces. `going_live(page, by)` is sent inside the transaction in which a page becomes a version, before it does."""

from django.dispatch import Signal

going_live = Signal()  # arguments: page, by (a user or None)
