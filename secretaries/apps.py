from django.apps import AppConfig


class SecretariesConfig(AppConfig):
    name = "secretaries"
