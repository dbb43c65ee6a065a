"""What the register's tests may ask for: two forces, founded once and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from register.forces import Founding, FreshDatabase, World, build
from register.watching import watched


@pytest.fixture(scope="session")
def founding(
    tmp_path_factory: pytest.TempPathFactory, fresh_database: FreshDatabase
) -> Iterator[Founding]:
    """A founded register of two forces, with posts of every role."""
    home = tmp_path_factory.mktemp("founding")
    with fresh_database() as url:
        build(home, url)
        yield Founding(home, url, fresh_database)


@pytest.fixture
def world(founding: Founding, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """The two forces in a register of the test's own, in which every write has its entry."""
    with founding.world(tmp_path / "home") as one:
        with watched(one.register.connection) as watch:
            yield one
        assert watch.orphans == [] or getattr(request.function, "past_the_journal", False)


@pytest.fixture(scope="module")
def shared_world(founding: Founding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The two forces for all tests of a module, which use subjects of their own."""
    with founding.world(tmp_path_factory.mktemp("shared") / "home") as one:
        yield one


Worlds = Iterator[World]


@pytest.fixture
def worlds(founding: Founding, tmp_path: Path):
    """Gives a world for each example of a property."""
    number = iter(range(1_000_000))

    @contextmanager
    def world_of() -> Worlds:
        with founding.world(tmp_path / f"home-{next(number)}") as one:
            yield one

    return world_of
