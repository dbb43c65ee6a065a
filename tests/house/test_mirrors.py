"""Each test module mirrors a module of the package."""

from __future__ import annotations

from house.mirrors import FOR_SEVERAL, without_a_source
from house.sources import ROOT, SRC, source_modules

TESTS = sorted(
    p.relative_to(ROOT / "tests").as_posix() for p in (ROOT / "tests").rglob("test_*.py")
)
SOURCES = [module.path.relative_to(SRC / "regard").as_posix() for module in source_modules()]


def test_each_test_module_mirrors_a_module_of_the_package():
    assert not list(without_a_source(TESTS, SOURCES))


def test_every_exemption_still_stands():
    assert set(FOR_SEVERAL) <= set(TESTS)


def test_a_test_that_mirrors_nothing_is_caught():
    known = ["records/store.py", "records/readers/police_uk.py", "plan/__init__.py"]
    kept = ["records/test_store.py", "records/readers/test_police_uk.py", "crash/test_kill.py"]
    kept += ["records/test_readers_police_uk.py"]

    caught = list(without_a_source([*kept, "records/test_attic.py"], known))

    assert caught == ["records/test_attic.py"]
