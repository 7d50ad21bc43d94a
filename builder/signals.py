"""What builder announces. `published(version, by)` is sent inside the transaction that made the version."""

from django.dispatch import Signal

published = Signal()  # arguments: version, by (a user or None)
