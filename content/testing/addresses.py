"""The addresses of tests, below the workshop's."""

from django.urls import URLPattern, path

from content.testing import one_views, views


def addresses() -> list[URLPattern]:
    """For the hook of the workshop's addresses."""
    one = "tests/<int:pk>/<int:test>/"
    return [
        path("tests/<int:pk>/", views.tests_page, name="script-tests"),
        path("tests/<int:pk>/keep/", views.keep, name="script-tests-keep"),
        path("tests/<int:pk>/accept/", views.accept_suggestion, name="script-tests-accept"),
        path("tests/<int:pk>/file/", views.tests_file, name="script-tests-file"),
        path(one, one_views.test_page, name="script-test"),
        path(f"{one}delete/", one_views.test_delete, name="script-test-delete"),
        path(f"{one}<slug:deed>/", one_views.test_deed, name="script-test-deed"),
    ]
