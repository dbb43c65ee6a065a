"""What a server such as gunicorn calls: `gunicorn regard.web.wsgi:application`."""

import os
from pathlib import Path
from threading import Thread

from django.core.wsgi import get_wsgi_application

from regard.capability.warming import warm
from regard.web.settings import configure

configure(Path(os.environ.get("REGARD_HOME", "regard-home")))

application = get_wsgi_application()

# Beside the first pages: whoever asks the first stress test of a process need not wait for it.
Thread(target=warm, name="warm", daemon=True).start()
