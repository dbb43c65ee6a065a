"""Every example in a docstring of the package is true."""

from __future__ import annotations

import doctest
import importlib
import re

import pytest

from house.sources import source_modules

SHOWN = re.compile(r">>> (?!.*doctest: \+SKIP)")  # an example that needs no store to be true
WITH_EXAMPLES = [module.name for module in source_modules() if SHOWN.search(module.text)]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_in_docstrings_are_true(name):
    done = doctest.testmod(importlib.import_module(name), raise_on_error=False)

    assert done.attempted
    assert not done.failed


def test_a_false_example_is_caught(capsys):
    def planted():
        """
        >>> 1 + 1
        3
        """

    runner = doctest.DocTestRunner(verbose=False)
    for one in doctest.DocTestFinder().find(planted, "planted", globs={}):
        runner.run(one)

    assert runner.failures == 1
    assert "Expected" in capsys.readouterr().out
