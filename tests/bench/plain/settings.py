"""The real settings, with the plain page beside the real ones; an autosave does not wait."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.plain.apps.PlainConfig"]
WAGTAIL_AUTOSAVE_INTERVAL = 200
