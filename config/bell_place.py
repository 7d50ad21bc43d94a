"""Where pages hear the bell, a process that tells them when their telephone rings (`runtime.telephony.bell`): a path behind the same proxy,
or another port of the same host. Neither: each page asks some times a second.
"""

import os

from django.core.exceptions import ImproperlyConfigured

BELL_URL = os.environ.get("BELL_URL", "")
BELL_PORT = int(os.environ.get("BELL_PORT") or "0")
PORT = int(os.environ.get("PORT") or "8000")  # of the pages, where there is no proxy
BELL_LINES = int(os.environ.get("BELL_LINES") or "5000")  # at most, held open by one bell
BELL_MINDS = float(
    os.environ.get("BELL_MINDS") or "60"
)  # seconds until an ended session is noticed
if BELL_URL and not BELL_URL.startswith("/"):
    raise ImproperlyConfigured(
        f"BELL_URL ({BELL_URL}) is no path: the bell stands under the host of the pages, such as BELL_URL=/bell/."
    )
