"""The register as a Django application."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Its name, by which migrations and models are found."""

    name = "regard.register"
    label = "register"
    verbose_name = "Register"
