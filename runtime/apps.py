from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    """Holds no models: static files and templates shared by the runtime's packages."""

    name = "runtime"
    label = "runtime"
