from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "runtime.workspace"
    label = "workspace"
