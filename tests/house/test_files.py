"""The house rules of files hold, and each of them can fail."""

from __future__ import annotations

import pytest

from house import file_rules
from house.sources import ROOT, text_files

PAGES = [path for path in text_files() if path.suffix == ".md"]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("rule", [file_rules.no_place_of_a_machine, file_rules.the_project_alone])
def test_rule_holds_in_every_file(rule):
    against = [
        fault
        for path in text_files()
        for fault in rule(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    ]

    assert not against, "\n".join([rule.__doc__, *against])


@pytest.mark.parametrize("fault", ["read /ho" + "me/kim/crime.csv", "from pypi" + ".org/simple"])
def test_a_place_of_a_machine_is_caught(fault):
    assert list(file_rules.no_place_of_a_machine("planted.md", fault))


@pytest.mark.parametrize("fault", ["as asked this ses" + "sion", "written with chat" + "gpt"])
def test_words_about_something_else_are_caught(fault):
    assert list(file_rules.the_project_alone("planted.md", fault))


@pytest.mark.parametrize("rule", [file_rules.lock_names_no_host, file_rules.lock_is_hashed])
@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_files_hold_hashes_and_no_address(rule, lock):
    assert not list(rule(lock.name, lock.read_text(encoding="utf-8")))


def test_an_address_in_a_lock_file_is_caught():
    assert list(file_rules.lock_names_no_host("x.txt", "duckdb @ https://example.org/duckdb.whl"))
    assert list(file_rules.lock_names_no_host("x.txt", "--index-" + "url https://example.org"))


@pytest.mark.parametrize("fault", ["duckdb==1.5.6\n", "duckdb>=1.5 \\\n    --hash=sha256:ab\n"])
def test_a_package_without_hash_or_pin_is_caught(fault):
    assert list(file_rules.lock_is_hashed("x.txt", fault))


def test_every_dependency_gives_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert not list(file_rules.dependencies_give_reasons(text))


def test_a_dependency_without_a_reason_is_caught():
    fault = (
        '[build-system]\nrequires = [\n"hatchling",  # builds\n]\n'
        '[project]\ndependencies = [\n"duckdb",\n]\n'
    )

    assert list(file_rules.dependencies_give_reasons(fault)) == ["duckdb"]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_resolve(page):
    assert not list(file_rules.links_resolve(page, page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("fault", ["[x](nowhere.md)", "[x](page.md#no-such-heading)", "[x](#none)"])
def test_a_link_that_leads_nowhere_is_caught(tmp_path, fault):
    page = tmp_path / "page.md"
    page.write_text(f"# A heading\n\n{fault} and [y](page.md#a-heading)\n")

    assert len(list(file_rules.links_resolve(page, page.read_text()))) == 1
