"""What every test may ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from pathlib import Path
from shutil import disk_usage

import django
import pytest
from django.db.migrations.loader import MigrationLoader
from hypothesis import settings

from clusters import Cluster, binaries, cluster, drop_database, may_be_absent, new_database
from regard.web.settings import configure

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"

pytest_plugins = ["house.longest"]  # prints the ten longest functions and modules

# Few examples while one works; `make test-properties` gives each law 200 (reliability, section 5).
EXAMPLES = int(os.environ.get("REGARD_EXAMPLES", "25"))
settings.register_profile("regard", deadline=None, max_examples=EXAMPLES, print_blob=True)
settings.load_profile("regard")


# Folders whose tests give whole commands and open whole pages: run by `make test-screens`.
SCREENS = ("cli", "journeys", "web")
# What the fast suite chooses, as pyproject.toml says it, and the folders it chooses nothing of.
FAST = "not slow and not screens"
NOTHING_FAST = (*SCREENS, "agreement")
# Where Linux keeps files in memory, and the bytes free there from which tests use it.
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
ROOM = 1 << 30


# Tests whose folders may lie there; those of crashes are about the disk itself.
NO_DISK = (FAST, "screens and not slow", "web or browser", "screens and not slow or web")


def pytest_configure(config: pytest.Config) -> None:
    """Lay folders of tests in memory: these commit thousands of times to a disk else."""
    if config.option.markexpr in NO_DISK and MEMORY.is_dir() and disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave folders unread of which the fast suite runs no test."""
    placed = collection_path.parent == ROOT / "tests" and collection_path.name in NOTHING_FAST
    return True if placed and config.option.markexpr == FAST else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name the tests of the screens by where they stand, before any are chosen by name."""
    folders = [ROOT / "tests" / one for one in SCREENS]
    for item in items:
        if any(folder in item.path.parents for folder in folders):
            item.add_marker(pytest.mark.screens)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no rubbish among tests while they are collected, nor among them ever after."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data beside the project."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real data is not here: no folder shared/data beside {ROOT.name}")
    return SHARED_DATA


# Where the register's tests keep their register: unset for SQLite in the test's own home,
# `postgres` for a PostgreSQL that the run starts, or the URL of a server's superuser.
ASKED = "REGARD_TEST_DATABASE"
# No test ever writes to the database that the shell happens to name.
os.environ.pop("DATABASE_URL", None)

FreshDatabase = Callable[..., AbstractContextManager[str]]

# One Django a process: that of the screens, on which a register works as it does without them.
configure(ROOT / "regard-home", {"REGARD_SECRET_KEY": "of the tests alone"})
django.setup()


@pytest.fixture(scope="session", autouse=True)
def steps_read_once() -> Iterator[None]:
    """The steps that make tables are read from their files once, and not for each register."""
    read, held = MigrationLoader.load_disk, {}

    def load_disk(loader: MigrationLoader) -> None:
        if not held:
            read(loader)
            names = ("disk_migrations", "unmigrated_apps", "migrated_apps")
            held.update({name: copy(getattr(loader, name)) for name in names})
        vars(loader).update({name: copy(value) for name, value in held.items()})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MigrationLoader, "load_disk", load_disk)
        yield


@pytest.fixture(scope="session")
def postgres_installed() -> None:
    """Skips where PostgreSQL is not installed; fails where it is asked for, as in CI."""
    if binaries() is None:
        reason = "PostgreSQL is not installed here: no initdb"
        (pytest.skip if may_be_absent() else pytest.fail)(reason)


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A PostgreSQL server, as its superuser: the one that is named, else one of the run's own."""
    asked = os.environ.get(ASKED, "")
    if "://" in asked:
        yield asked
        return
    request.getfixturevalue("postgres_installed")
    with cluster(fast=True) as server:
        yield server.url


@pytest.fixture
def own_postgres(postgres_installed: None) -> Iterator[Cluster]:
    """A PostgreSQL of the test's own, with fsync on: to be killed, damaged and started again."""
    with cluster() as server:
        yield server


@pytest.fixture(scope="session")
def fresh_database(request: pytest.FixtureRequest) -> FreshDatabase:
    """Gives a context with the URL of an empty database, for each example of a property.

    `""` where the run is on SQLite. `template=` is the URL of a database to copy instead.
    """
    asked = os.environ.get(ASKED, "")
    if asked not in ("", "postgres") and "://" not in asked:
        pytest.fail(f"{ASKED}={asked}: say postgres, or the URL of a server's superuser")

    @contextmanager
    def fresh(*, template: str = "") -> Iterator[str]:
        if not asked:
            yield ""
            return
        server = request.getfixturevalue("postgres_url")
        made = new_database(server, template=template)
        try:
            yield made
        finally:
            drop_database(server, made)

    return fresh


@pytest.fixture(scope="session")
def database_template() -> str:
    """The URL that `database_url` copies; a room that fills databases alike gives its own."""
    return ""


@pytest.fixture
def database_url(fresh_database: FreshDatabase, database_template: str) -> Iterator[str]:
    """The test's own database: `""` for SQLite in its home, else a PostgreSQL URL."""
    with fresh_database(template=database_template) as url:
        yield url
