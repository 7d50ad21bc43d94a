"""Proving once more who one is, right before a deed: a code of the second factor, or the password where there is none.

The forms are allauth's own, so that wrong tries are counted as at the login.
"""

from typing import Any

from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeForm
from allauth.mfa.models import Authenticator
from django import forms


def form_of(user: Any, posted: Any = None) -> forms.Form:
    """The form of one field with which this person proves it; `posted` is what they sent."""
    has_factor = Authenticator.objects.filter(user=user).exists()
    form: forms.Form = (CodeForm if has_factor else PasswordForm)(posted, user=user)
    return form
