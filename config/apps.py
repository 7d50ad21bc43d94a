"""What is bound when Django starts."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        from config import binding, checks

        checks.connect()
        binding.bind_effects()
        binding.bind_panels()
        binding.bind_purposes()
        binding.bind_workshop()
        binding.bind_reviews()
        binding.bind_reports()
        binding.bind_languages()
        binding.bind_keys()
        binding.bind_search()
        binding.bind_step_up()
        binding.bind_broker()
