"""What the worker does for the workshop."""

from django.contrib.auth import get_user_model
from django_tasks import task
from wagtail.models import Page

from content import translations
from content.models import AppPage


@task()
def send_to_translators(page: int, language: str, by: int) -> None:
    """Give a page's newest draft to the translators of a language; see `content.translations.send`."""
    found = Page.objects.filter(pk=page).first()
    if found is not None and isinstance(found.specific, AppPage):
        user = get_user_model().objects.filter(pk=by).first()
        translations.send(page=found.specific, languages=[language], by=user)
