from django.apps import AppConfig


class GlassConfig(AppConfig):
    name = "runtime.glass"
    label = "glass"
    default_auto_field = "django.db.models.BigAutoField"
