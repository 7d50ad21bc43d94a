"""The app of what leaves."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "exports"
    label = "exports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registers the start-up checks."""
        import exports.documents.checks  # noqa: F401
