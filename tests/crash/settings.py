"""The real settings, with an app that makes the worker finish records and counts what the effects did."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.crash"]  # noqa: F405
OUTBOX_LEASE_SECONDS = 2
CHANNELS_ON_LOOPBACK = True
