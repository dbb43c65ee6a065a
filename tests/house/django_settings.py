"""What mypy's Django plugin reads to know the tables. Nothing else reads it.

The screens settle their settings from a data folder: `regard.web.settings`.
"""

from pathlib import Path

from regard.web.settings import settings_of

_HELD = settings_of(Path("regard-home"), {"REGARD_SECRET_KEY": "read by mypy alone"})

INSTALLED_APPS = _HELD["INSTALLED_APPS"]
MIDDLEWARE = _HELD["MIDDLEWARE"]
DATABASES = _HELD["DATABASES"]
USE_TZ = True
AUTH_USER_MODEL = _HELD["AUTH_USER_MODEL"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = "read by mypy alone"  # noqa: S105
