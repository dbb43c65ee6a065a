"""What a server such as gunicorn calls: `gunicorn regard.web.wsgi:application`."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application

from regard.web.settings import configure

configure(Path(os.environ.get("REGARD_HOME", "regard-home")))

application = get_wsgi_application()
