"""The server's door; it stays shut when the installation is unsafe (`config.checks`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from config.checks import refuse  # noqa: E402  after Django is set up

refuse()
