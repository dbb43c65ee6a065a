"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"

pytest_plugins = ["house.longest"]  # prints the ten longest functions and modules

settings.register_profile("regard", deadline=None, max_examples=100, print_blob=True)
settings.load_profile("regard")


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
