from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "runtime.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.people import signals

        signals.connect()
