"""The real settings, with the blank page beside the real ones."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.blank.urls"
