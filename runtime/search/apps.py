"""Search, and what it listens to."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "runtime.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.search import listeners

        listeners.listen()
