"""The reference is what the code says, and every page keeps to the real command line."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest
from docs import build_reference
from typer.main import get_command

from house import reference_rules
from house.sources import ROOT, text_files
from regard.cli.main import app
from regard.core.errors import error_classes
from regard.records.contracts import contracts
from regard.records.measures import measures

REFERENCE = ROOT / "docs" / "reference"
PAGES = [path for path in text_files() if path.suffix == ".md"]


@pytest.fixture(scope="module")
def commands():
    """Every command by the words that call it."""
    root = get_command(app)
    context = root.make_context("regard", [], resilient_parsing=True)
    return dict(build_reference.walk(root, context))


@pytest.fixture(scope="module")
def options(commands):
    """The options of every command."""
    return {
        path: {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        for path, command in commands.items()
    }


def test_generated_reference_is_current():
    assert build_reference.outdated() == []


@pytest.mark.parametrize("change", ["edited", "removed"])
def test_a_page_that_is_not_current_is_caught(tmp_path, change):
    copy = shutil.copytree(REFERENCE, tmp_path / "reference")
    (copy / "errors.md").unlink(missing_ok=True)
    if change == "edited":
        (copy / "errors.md").write_text("# Refusals\n")

    assert "errors.md" in build_reference.outdated(copy)


def test_every_command_and_option_says_what_it_does_in_a_sentence(commands):
    against = [
        fault
        for path, command in commands.items()
        for fault in reference_rules.unexplained(path, command)
    ]

    assert not against, "\n".join(against)


def test_help_without_a_full_stop_is_caught():
    option = SimpleNamespace(name="area", help="The area")
    command = SimpleNamespace(help="Show it", params=[option])

    assert len(list(reference_rules.unexplained("measure show", command))) == 2


def test_every_command_and_option_is_in_the_reference(commands, options):
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")

    missing = reference_rules.unnamed(page, [f"regard {path}" for path in commands])
    missing += [
        one
        for every in options.values()
        for one in every
        if one.startswith("--") and one not in page and one != "--help"
    ]

    assert not missing


def test_every_measure_dataset_column_and_error_is_in_the_reference():
    told = {name: (REFERENCE / name).read_text("utf-8") for name in build_reference.pages()}

    missing = reference_rules.unnamed(told["measures.md"], list(measures()))
    missing += reference_rules.unnamed(told["datasets.md"], list(contracts()))
    columns = [column.name for one in contracts().values() for column in one.columns]
    missing += reference_rules.unnamed(told["datasets.md"], columns)
    missing += reference_rules.unnamed(told["errors.md"], [e.__name__ for e in error_classes()])

    assert not missing


def test_what_a_page_does_not_name_is_caught():
    assert reference_rules.unnamed("# Measures\n\n`burglary`\n", ["burglary", "robbery"]) == [
        "robbery"
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_pages_show_only_commands_that_are_there(page, options):
    text = page.read_text(encoding="utf-8")

    assert not list(reference_rules.made_up(page.name, text, options))


@pytest.mark.parametrize(
    "fault",
    ["`regard measure guess burglary`", "```\nregard measure show burglary --colour red\n```\n"],
)
def test_a_command_that_is_made_up_is_caught(fault):
    known = {"measure show": {"--area"}}

    assert len(list(reference_rules.made_up("planted.md", fault, known))) == 1
