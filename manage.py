#!/usr/bin/env python
"""Django's command line."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["make_keys"]:  # the settings cannot be read without the key that it makes
        os.environ["SCRIPTORIUM_MAKING_KEYS"] = "1"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
