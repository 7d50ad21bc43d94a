"""Keeping what administrators set up, and how each person dials. Each change is in the history."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from runtime.telephony import dialling, frames
from runtime.telephony.models import Dialling, Extension, Frame, Provider


class BadSetting(ValueError):
    """What was given cannot be kept; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def make_provider(*, code: str, title: str, by: Any) -> tuple[Provider, bool]:
    """The provider with this code, made when there is none: (provider, created). Raises `BadSetting`."""
    if not code or slugify(code) != code or len(code) > 63:
        raise BadSetting("code")
    found = Provider.objects.filter(code=code).first()
    if found is not None:
        return found, False
    return _keep(Provider(code=code, title=title.strip()[:200] or code), by), True


def renew_key(*, provider: Provider, by: Any) -> Provider:
    """The next key. The one before is refused from the next event on, whoever still signs with it."""
    provider.serial += 1
    return _keep(provider, by)


def set_provider_open(*, provider: Provider, value: bool, by: Any) -> Provider:
    """A closed provider is not listened to."""
    provider.open = value
    return _keep(provider, by)


def keep_frame(*, provider: Provider, address: str, client: str, by: Any) -> None:
    """The provider's own softphone is shown; an empty address takes it away. Raises `BadSetting`: `frame`, `client`."""
    text, known = address.strip(), client.strip()
    row = Frame.objects.filter(provider=provider).first()
    if not text:
        if row is not None:
            _remove(row, by)
        return
    if frames.problem(text) is not None:
        raise BadSetting("frame")
    if not frames.CLIENT.match(known):
        raise BadSetting("client")
    row = row or Frame(provider=provider)
    row.address, row.client = text, known
    _keep(row, by)


def add_extension(*, provider: Provider, extension: str, name: str, by: Any) -> Extension:
    """Somebody's telephone at a provider. Raises `BadSetting`: `extension`, `person`, `taken`."""
    text = extension.strip()
    if not text or len(text) > 100 or not text.isprintable():
        raise BadSetting("extension")
    person = get_user_model().objects.filter(username=name.strip(), is_active=True).first()
    if person is None:
        raise BadSetting("person")
    try:
        with transaction.atomic():
            return _keep(Extension(provider=provider, extension=text, person=person), by)
    except IntegrityError:
        raise BadSetting("taken") from None


def remove_extension(*, extension: Extension, by: Any) -> None:
    _remove(extension, by)


@transaction.atomic
def keep_dialling(*, template: str, person: Any | None, by: Any) -> None:
    """How a person dials, or (without one) the organisation; an empty template takes the setting away. Raises `BadSetting`."""
    text = template.strip()
    row = Dialling.objects.filter(person=person).first()
    if not text:
        if row is not None:
            _remove(row, by)
        return
    code = dialling.problem(text)
    if code is not None:
        raise BadSetting(code)
    row = row or Dialling(person=person)
    row.template = text
    _keep(row, by)


def _remove(row: Any, by: Any) -> None:
    row._history_user = by  # noqa: SLF001  (simple_history's documented way to name the actor)
    row.delete()


def _keep(row: Any, by: Any) -> Any:
    row._history_user = by  # noqa: SLF001
    row.save()
    return row
