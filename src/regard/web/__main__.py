"""`python -m regard.web`: Django's own commands on the site, and the worker.

`python -m regard.web worker` does long work; anything else is a command of Django's, such as
`check --deploy` or `migrate`.
"""

import os
import sys
from contextlib import nullcontext
from pathlib import Path

import django
from django.conf import settings
from django.core.management import execute_from_command_line

from regard.web.background.heartbeat import beating
from regard.web.settings import configure

INTERVAL = "0.5"  # seconds between two looks for work


def main() -> None:
    """Settle the settings, then do what is asked."""
    home = Path(os.environ.get("REGARD_HOME", "regard-home"))
    configure(home)
    django.setup()
    words = sys.argv[1:]
    works = words[:1] == ["worker"]
    if works:
        loud = "0" if settings.REGARD_DEMO else "1"  # type: ignore[misc]
        words = ["db_worker", "--interval", INTERVAL, "--queue-name", "*", *words[1:]]
        words += ["--verbosity", loud]
    with beating(home) if works else nullcontext():
        execute_from_command_line(["python -m regard.web", *words])


if __name__ == "__main__":
    main()
