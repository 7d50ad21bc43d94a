"""The bell's door, served beside the web by a process of its own (`runtime.telephony.bell`). It stays shut when the installation is unsafe."""

import os
import resource

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from config.checks import refuse  # noqa: E402  after Django is set up
from runtime.telephony.bell.address import ours  # noqa: E402
from runtime.telephony.bell.door import Door  # noqa: E402
from runtime.telephony.bell.ears import Ears  # noqa: E402
from runtime.telephony.bell.rounds import Rounds  # noqa: E402

refuse()
_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)  # each line is an open file
if _soft != resource.RLIM_INFINITY and _soft < settings.BELL_LINES + 256:
    _room = settings.BELL_LINES + 256
    _most = _room if _hard == resource.RLIM_INFINITY else min(_room, _hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_most, _hard))

_ears = Ears(settings.BELL_LINES)
application = Door(_ears, Rounds(_ears, settings.BELL_MINDS), ours)
