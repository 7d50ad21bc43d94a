"""The mail that invites somebody to set their first password: sent by the worker, for one person at a time.

It holds a link that is made while it is sent and kept nowhere. Who has set a password meanwhile, or was shut out, gets none.
"""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from runtime.accounts.models import AccountList
from runtime.outbox.models import Effect
from runtime.people import actions as people


@sensitive_variables()
def invite(arguments: dict[str, Any], _effect: Effect) -> bool:
    """Sends it; False where nobody is to be invited any more."""
    user = get_user_model().objects.select_related("person").filter(pk=arguments["user"]).first()
    if user is None or not user.is_active or not user.email or user.has_usable_password():
        return False
    with translation.override(user.person.language or settings.LANGUAGE_CODE):
        message = EmailMessage(
            _("Your account"),
            text_of(user, link_of(user)),
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
    message.send()
    return True


def invited(arguments: dict[str, Any], effect: Effect) -> None:
    """Whoever holds the link can sign in as this person: who had it sent is never forgotten."""
    row = AccountList.objects.select_related("by").filter(pk=arguments["list"]).first()
    user = get_user_model().objects.filter(pk=arguments["user"]).first()
    if effect.prepared and row is not None and user is not None:
        people.note_link(by=row.by, person=user.person)


@sensitive_variables()
def text_of(user: Any, link: str) -> str:
    return _(
        "Hello %(name)s,\n\nset your password for Scriptorium here:\n%(link)s\n\nThe link works once.\n"
    ) % {"name": user.get_full_name() or user.get_username(), "link": link}


@sensitive_variables()
def link_of(user: Any) -> str:
    holes = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return str(settings.WAGTAILADMIN_BASE_URL) + reverse(
        "account_reset_password_from_key", kwargs=holes
    )
