"""Binds what the queue listens to and what the worker does for it."""

from django.apps import AppConfig


class QueuesConfig(AppConfig):
    name = "runtime.queues"
    label = "queues"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.outbox import sweeps as worker
        from runtime.parties.signals import parties_barred, party_erased
        from runtime.queues import listeners, sweeps
        from runtime.records.signals import finished

        finished.connect(listeners.record_finished, dispatch_uid="queues.record_finished")
        finished.connect(listeners.ending_kept, dispatch_uid="queues.ending_kept")
        party_erased.connect(listeners.party_erased, dispatch_uid="queues.party_erased")
        parties_barred.connect(listeners.parties_barred, dispatch_uid="queues.parties_barred")
        worker.bind("queues.leases", sweeps.leases, seconds=15)
        worker.bind("queues.facts", sweeps.facts, seconds=60)
        worker.bind("queues.counts", sweeps.counts, seconds=15)
        worker.bind("queues.bars", sweeps.bars, seconds=60)
        worker.bind("queues.imports", sweeps.imports, seconds=60)
        worker.bind("queues.inboxes", sweeps.inboxes, seconds=20)
