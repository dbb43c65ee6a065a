"""The screens as a Django app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from regard.web.signing.sessions import began


class WebConfig(AppConfig):
    """Its name, by which models, templates and static files are found."""

    name = "regard.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Note when each session begins."""
        user_logged_in.connect(began, dispatch_uid="regard.web.signing.sessions")
