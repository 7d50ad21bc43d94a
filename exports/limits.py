"""How often an address may ask a public page. Counted in the shared cache, under a keyed digest of the address."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MOST = 30
SECONDS = 60


def is_allowed(request: HttpRequest, page: str, *, most: int = MOST) -> bool:
    """Counts this request; False once an address has asked `page` more than `most` times in this minute.

    The minute is part of the key, so that asking on and on does not lengthen it.
    """
    address = get_adapter(request).get_client_ip(request)
    who = salted_hmac("exports.limits", address).hexdigest()[:32]
    key = f"limit:{page}:{int(time.time()) // SECONDS}:{who}"
    cache.add(key, 0, 2 * SECONDS)
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # the cache threw the key away between the two lines
        return True
