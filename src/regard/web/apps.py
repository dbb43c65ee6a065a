"""The screens as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Its name, by which models, templates and static files are found."""

    name = "regard.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
