"""What mypy's Django plugin reads to know the register's tables. Nothing else reads it.

The register sets Django up itself, from a data folder or a URL: `regard.register.database`.
"""

INSTALLED_APPS = ["regard.register"]
DATABASES: dict[str, dict[str, object]] = {"default": {}}
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = "read by mypy alone"
