from importlib import import_module

from django.apps import AppConfig


class SecretariesConfig(AppConfig):
    name = "secretaries"

    def ready(self) -> None:
        import_module("secretaries.receivers")
