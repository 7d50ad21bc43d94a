"""The addresses of the interface: its tokens, its page, its document, its operations. Part of `config.urls`."""

from django.urls import path, register_converter

from runtime.api import document, token_views
from runtime.api.door import AnythingConverter, door, nowhere
from runtime.api.interface import urls as interface

register_converter(AnythingConverter, "anything")

urlpatterns = [
    path("tokens/", token_views.tokens, name="api-tokens"),
    path("tokens/new/", token_views.token_new, name="api-token-new"),
    path("tokens/<uuid:pk>/revoke/", token_views.token_revoke, name="api-token-revoke"),
    path("api/v1/", document.page, name="api-page"),
    path("api/v1/openapi.json", document.openapi_view, name="api-document"),
    path("api/v1/", interface),
    path("api/v1/<anything:rest>", door(nowhere), name="api-nowhere"),
]
