"""`python -m regard.web`: Django's own commands on the site, and the worker.

`python -m regard.web worker` does long work; anything else is a command of Django's, such as
`check --deploy` or `migrate`.
"""

import os
import sys
from pathlib import Path

import django
from django.core.management import execute_from_command_line

from regard.web.settings import configure

INTERVAL = "0.5"  # seconds between two looks for work


def main() -> None:
    """Settle the settings, then do what is asked."""
    configure(Path(os.environ.get("REGARD_HOME", "regard-home")))
    django.setup()
    words = sys.argv[1:]
    if words[:1] == ["worker"]:
        words = ["db_worker", "--interval", INTERVAL, "--queue-name", "*", *words[1:]]
    execute_from_command_line(["python -m regard.web", *words])


if __name__ == "__main__":
    main()
