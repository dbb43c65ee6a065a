"""Long work in the background: who asked for it, how far it is, and how it ended.

A page asks with `ask` and leads to `work.one`; a worker (`python -m regard.web worker`) takes it up
and does it for the post that asked. Nothing of it runs in a request. A work is registered where
its page stands:

    @work("import-records", needs=BRINGS_IN)
    def import_records(doing: Doing) -> Ended: ...
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import task

from regard.core.errors import AccessRefused, DefinitionRefused, NotKnown, RegardError
from regard.core.markings import OFFICIAL, Marking
from regard.register.access import Standing, may_read
from regard.register.entries import Speaker
from regard.register.posting import Holdings
from regard.register.register import Register
from regard.web.here import Here, home, the_register
from regard.web.models import Work
from regard.web.needs import A_POST, Need

log = logging.getLogger(__name__)

WAITING, RUNNING, DONE, REFUSED, FAILED = "waiting", "running", "done", "refused", "failed"
BEAT = 5.0  # seconds between two signs of life of a worker
LEASE = timedelta(seconds=30)  # after which a work whose worker gave none is given up
WRITES_APART = 0.5  # seconds between two words of progress that are written down
QUEUE_KEPT_DAYS = 7  # after which the queue forgets a task that ended; its work stays listed
LONGEST_NOW = 300  # characters of what it is doing now


@dataclass(frozen=True)
class Ended:
    """What came of a work.

    Attributes:
        said: In words, for the one who asked.
        leads_to: The page that shows it; empty if the page of the work says it all.
        found: What that page shows of it, as JSON has it.
    """

    said: str
    leads_to: str = ""
    found: dict[str, Any] = field(default_factory=dict)


class RefusedWith(Exception):  # noqa: N818 - it is no fault
    """A refusal with something to show beside its sentence.

    Args:
        refusal: What was refused.
        leads_to: The page that shows it.
        found: What that page shows of it, as JSON has it.
    """

    def __init__(self, refusal: RegardError, *, leads_to: str, found: dict[str, Any]) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
        self.leads_to = leads_to
        self.found = found


class Doing:
    """A work that is being done, for the function that does it.

    Args:
        row: What was asked.
        standing: What the post that asked may do now.
    """

    def __init__(self, row: Work, standing: Standing) -> None:
        self.number = int(row.pk)
        self.asked: dict[str, Any] = dict(row.asked)
        self.standing = standing
        self._written = float("-inf")
        self._last: dict[str, Any] = {}

    @property
    def speaker(self) -> Speaker:
        """For whom it is done: what it enters, it enters as this speaker."""
        return self.standing.speaker

    @property
    def register(self) -> Register:
        """The register of the site."""
        return the_register()

    @property
    def home(self) -> Path:
        """The data folder of the site."""
        return home()

    def progress(self, done: int, of: int, now: str = "") -> None:
        """Say how far it is; written down at most twice a second.

        Args:
            done: How many parts are done.
            of: How many there are; 0 while nobody knows.
            now: What it is doing now, in words.
        """
        self._last = {"done": done, "of": of, "now": now[:LONGEST_NOW]}
        if time.monotonic() - self._written >= WRITES_APART:
            self._written = time.monotonic()
            _written(self.number, **self._last, beat_at=timezone.now())

    @property
    def last(self) -> dict[str, Any]:
        """The last word of progress, written down or not."""
        return self._last


@dataclass(frozen=True)
class Kind:
    """A work that can be asked for.

    Attributes:
        name: By which it is asked for.
        does: What does it.
        needs: What is needed of the post, asked again when it begins.
        after: Told what was asked, once it ended well, was refused or failed.
    """

    name: str
    does: Callable[[Doing], Ended]
    needs: Need = A_POST
    after: Callable[[dict[str, Any]], None] = lambda asked: None


_KINDS: dict[str, Kind] = {}


def work(
    name: str,
    *,
    needs: Need = A_POST,
    after: Callable[[dict[str, Any]], None] = lambda asked: None,
) -> Callable[[Callable[[Doing], Ended]], Callable[[Doing], Ended]]:
    """Register a function as the one that does a work.

    Args:
        name: By which it is asked for.
        needs: What is needed of the post that asks.
        after: What is done with what was asked once the work ended well, refused or failed; not
            where its worker was lost, as it can be asked again then.
    """

    def registered(does: Callable[[Doing], Ended]) -> Callable[[Doing], Ended]:
        if name in _KINDS and _KINDS[name].does.__qualname__ != does.__qualname__:
            raise ValueError(f"{name} is done by {_KINDS[name].does.__qualname__} already")
        _KINDS[name] = Kind(name, does, needs, after)
        return does

    return registered


def kind_named(name: str) -> Kind:
    """A work by its name; the pages that register them are read first.

    Raises:
        NotKnown: nobody registered it.
    """
    import_module(settings.ROOT_URLCONF)  # type: ignore[misc]
    if name not in _KINDS:
        raise NotKnown("work", name, _KINDS)
    return _KINDS[name]


def ask(here: Here, name: str, said: str, *, marking: Marking = OFFICIAL, **asked: Any) -> Work:
    """Ask for a work; a worker does it as soon as one is free.

    Args:
        here: Who asks, and for which post.
        name: Which work.
        said: What it does, in words for the one who asks: `Bring in 3 files`.
        marking: How closely these words and what comes of it are held.
        asked: What it is asked with, as JSON has it.

    Raises:
        NotKnown: nobody registered such a work.
        AccessRefused: the post may not ask for it.
    """
    kind, standing = kind_named(name), here.standing
    _must_allow(kind, standing)
    return _enqueued(
        Work(
            what=name,
            said=said[:300],
            asked=asked,
            post=standing.speaker.post,
            holder=standing.speaker.holder,
            body=standing.force,
            marking=str(marking),
        )
    )


def ask_again(here: Here, row: Work) -> Work:
    """Ask again for a work whose worker was lost.

    Raises:
        DefinitionRefused: it waits, runs or ended by itself.
        AccessRefused: it was asked for another post, or the post may no longer ask for it.
    """
    if not can_be_asked_again(row):
        raise DefinitionRefused(
            f"work {row.pk} is {row.state}", expected="work whose worker ended before it"
        )
    if (row.post, row.holder) != (here.speaker.post, here.speaker.holder):
        raise AccessRefused(
            f"work {row.pk} was asked by {row.holder} for {row.post}",
            expected="the post and the account that asked for it",
        )
    made = ask(here, row.what, row.said, marking=Marking.parse(row.marking), **row.asked)
    Work.objects.filter(pk=row.pk).update(found={**row.found, "again": made.pk})
    return made


def going_on(standing: Standing, name: str, asked: dict[str, Any]) -> Work | None:
    """A work that this very post asked for with the very same, and that waits or runs."""
    give_up_lost()
    speaker = standing.speaker
    held = Work.objects.filter(
        what=name, state__in=(WAITING, RUNNING), post=speaker.post, holder=speaker.holder
    )
    return next((one for one in held if one.asked == asked), None)


def can_be_asked_again(row: Work) -> bool:
    """Whether its worker was lost and nobody has asked again yet."""
    return row.state == FAILED and bool(row.found.get("lost")) and not row.found.get("again")


def seen_by(standing: Standing) -> QuerySet[Work]:
    """The works that a post sees, the last first: its own; a keeper, those of its body."""
    own = Q(post=standing.speaker.post, holder=standing.speaker.holder)
    keeps = any(role.name == "register-keeper" for role in standing.roles)
    return Work.objects.filter(own | Q(body=standing.force) if keeps else own)


def may_see_words(standing: Standing, row: Work) -> bool:
    """Whether a post sees what a work says: its own, or what it may read of that marking."""
    speaker = standing.speaker
    if (row.post, row.holder) == (speaker.post, speaker.holder):
        return True
    marking = Marking.parse(row.marking)
    return may_read(standing, "document", marking=marking, force=row.body)


def give_up_lost() -> int:
    """Give up works whose worker gave no sign of life; how many they were."""
    with transaction.atomic(using="default"):
        lost = Work.objects.filter(state=RUNNING, beat_at__lt=timezone.now() - LEASE)
        return lost.update(
            state=FAILED,
            ended_at=timezone.now(),
            outcome=gettext("The worker ended before the work did. Nothing is half kept."),
            found={"lost": True},
        )


def prune() -> None:
    """Delete what the queue kept of tasks that ended days ago; the list of works is kept."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=QUEUE_KEPT_DAYS, verbosity=0)


def _must_allow(kind: Kind, standing: Standing) -> None:
    if not kind.needs.allows(standing):
        raise AccessRefused(
            f"{standing.speaker.post} may not ask for {kind.name}", expected=kind.needs.said
        )


def _enqueued(row: Work) -> Work:
    with transaction.atomic(using="default"):
        row.save(using="default")
        do.enqueue(row.pk)
    return row


def _written(number: int, **fields: Any) -> None:
    Work.objects.filter(pk=number).update(**fields)


@task()
def do(number: int) -> None:
    """Do a work: in a worker, once."""
    give_up_lost()
    prune()
    begins = {"state": RUNNING, "began_at": timezone.now(), "beat_at": timezone.now()}
    if not Work.objects.filter(pk=number, state=WAITING).update(**begins):
        return
    row = Work.objects.get(pk=number)
    with _beating(number):
        fields = _done(row)
    _written(number, ended_at=timezone.now(), **fields)
    if not fields.get("found", {}).get("lost"):
        _after(row)


def _done(row: Work) -> dict[str, Any]:
    """Do it; what to write down of how it ended."""
    doing: Doing | None = None
    try:
        kind = kind_named(row.what)
        register = the_register()
        standing = Holdings(register, register.today()).standing(Speaker(row.holder, row.post))
        _must_allow(kind, standing)
        doing = Doing(row, standing)
        ended = kind.does(doing)
    except RefusedWith as told:
        return _last(doing) | {
            "state": REFUSED,
            "outcome": str(told.refusal),
            "leads_to": told.leads_to,
            "found": told.found,
        }
    except RegardError as refusal:
        return _last(doing) | {"state": REFUSED, "outcome": str(refusal)}
    except Exception:
        log.exception("work %s (%s) failed", row.pk, row.what)
        return _last(doing) | {"state": FAILED, "outcome": _AT_FAULT.format(number=row.pk)}
    except BaseException:
        # The worker is being ended: the next look at this work must not wait for the lease.
        _written(
            row.pk,
            state=FAILED,
            ended_at=timezone.now(),
            outcome=gettext("The worker was ended before the work was done."),
            found={"lost": True},
        )
        raise
    return _last(doing) | {
        "done": doing.last.get("of", 0),
        "state": DONE,
        "outcome": ended.said,
        "leads_to": ended.leads_to,
        "found": ended.found,
    }


_AT_FAULT = (
    "Regard itself failed. Nothing of it is kept. Tell whoever keeps Regard for you the number of "
    "this work: {number}."
)


def _last(doing: Doing | None) -> dict[str, Any]:
    return {**(doing.last if doing is not None else {}), "now": ""}


def _after(row: Work) -> None:
    try:
        kind_named(row.what).after(dict(row.asked))
    except Exception:
        log.exception("what is done after work %s (%s) failed", row.pk, row.what)


@contextmanager
def _beating(number: int) -> Iterator[None]:
    """Signs of life, for as long as the block lasts, from a thread of their own."""
    ended = threading.Event()

    def beat() -> None:
        try:
            while not ended.wait(BEAT):
                _written(number, beat_at=timezone.now())
        finally:
            connection.close()

    thread = threading.Thread(target=beat, daemon=True, name=f"work-{number}")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
