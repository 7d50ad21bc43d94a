from django.apps import AppConfig


class EffectsConfig(AppConfig):
    name = "runtime.effects"
    label = "effects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.effects.actions import series
        from runtime.outbox import sweeps as worker
        from runtime.records.signals import finished

        finished.connect(series.record_finished, dispatch_uid="effects.record_finished")
        worker.bind("effects.series", series.look_after, seconds=60)
