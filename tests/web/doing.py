"""Runs the worker in the test's own process, and stands where a request of a post stands."""

from __future__ import annotations

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django_tasks_db.management.commands.db_worker import Worker

from regard.web.here import Here
from web.conftest import Site


def run_worker() -> None:
    """Do all that waits."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="of-a-test",
        excluded_queue_names=[],
    ).run()


def stands(site: Site, post: str) -> Here:
    """Where a request of a post stands."""
    request = RequestFactory().get("/")
    request.user = site.account(post)
    request.session = {"post": f"party:{post}"}
    return Here(request)


def queries(site: Site, post: str, address: str) -> tuple[int, str]:
    """How many questions a page puts to both databases, and what it says."""
    client = site.client(post)
    client.get(address)
    with (
        CaptureQueriesContext(site.register.connection) as of_register,
        CaptureQueriesContext(connection) as of_accounts,
    ):
        told = client.get(address)
    return len(of_register) + len(of_accounts), told.content.decode()
