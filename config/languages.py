"""One language a person: what the workplace keeps (`Person.language`) and what Wagtail keeps for its screens and mails agree.

Wagtail writes a mail in the language of its own profile of somebody, and where that says nothing in the language of whoever caused
the mail. So the profile follows the person, and the person follows what is chosen on Wagtail's account page.
"""

from typing import Any

from django.db.models.signals import post_save, pre_save
from wagtail.users.models import UserProfile

from runtime.people.actions import set_preferences
from runtime.people.models import Person


def connect() -> None:
    """Called once, when Django is ready."""
    post_save.connect(tell_wagtail, sender=Person, dispatch_uid="config.tell_wagtail")
    pre_save.connect(begin_alike, sender=UserProfile, dispatch_uid="config.begin_alike")
    post_save.connect(tell_person, sender=UserProfile, dispatch_uid="config.tell_person")


def tell_wagtail(instance: Person, **_arguments: Any) -> None:
    """A person's language was saved; `update` sends no signal back."""
    profiles = UserProfile.objects.filter(user_id=instance.pk)
    profiles.exclude(preferred_language=instance.language).update(
        preferred_language=instance.language
    )


def begin_alike(instance: UserProfile, **_arguments: Any) -> None:
    """Wagtail makes a profile when it first needs one."""
    person = Person.objects.filter(pk=instance.user_id).first()
    if instance.pk is None and person is not None and not instance.preferred_language:
        instance.preferred_language = person.language


def tell_person(
    instance: UserProfile, created: bool, update_fields: Any = None, **_arguments: Any
) -> None:
    """Chosen on the account page of the workshop."""
    told = update_fields is None or "preferred_language" in update_fields
    person = Person.objects.filter(pk=instance.user_id).first()
    if (
        told
        and not created
        and person is not None
        and person.language != instance.preferred_language
    ):
        set_preferences(by=person.user, person=person, language=instance.preferred_language)
