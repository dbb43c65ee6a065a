"""The house rules of code hold, and each of them can fail."""

from __future__ import annotations

import pytest

from house import code_rules
from house.sources import all_modules, planted, source_modules

OF_SOURCES = {
    code_rules.sizes: "def long():\n" + "    x = 1\n" * 80,
    code_rules.imports: "def f():\n    import os\n    return os",
    code_rules.values_in_refusals: "def f():\n    raise FileRefused('not a month')",
    code_rules.documented: '"""A module."""\n\nclass Bare:\n    pass',
    code_rules.units_said: 'def wait(x: float) -> float:\n    """How long it took."""',
    code_rules.no_print: "print('x')",
    code_rules.no_dangerous_calls: "subprocess.run('ls', shell=True)",
    code_rules.nothing_left_undone: "x = 1  # TODO mend",
}
MORE_FAULTS = [
    (code_rules.sizes, "x = 1\n" * 801),
    (code_rules.imports, "from . import core"),
    (code_rules.imports, "from os import *"),
    (code_rules.values_in_refusals, "raise ValueError('wrong')"),
    (code_rules.values_in_refusals, "raise ValueError(f'wrong')"),
    (code_rules.values_in_refusals, "raise ValueError('wrong ' + 'twice', expected=f'{x}')"),
    (code_rules.values_in_refusals, "raise ValueError"),
    (code_rules.values_in_refusals, "raise Exception(f'wrong {x}')"),
    (code_rules.documented, '"""A module."""\nclass A:\n    """A."""\n    def b(self): pass'),
    (code_rules.documented, "x = 1"),
    (code_rules.no_dangerous_calls, "eval('1')"),
    (code_rules.nothing_left_undone, "raise NotImplementedError(f'{x}')"),
    (code_rules.units_said, 'def f(*, x: NDArray) -> None:\n    """How long it took."""'),
]
KEPT = [
    (code_rules.values_in_refusals, "raise FileRefused(problems)"),
    (code_rules.values_in_refusals, "raise FileRefused('row ' + str(row))"),
    (code_rules.values_in_refusals, "try:\n    f()\nexcept OSError as reason:\n    raise"),
    (code_rules.values_in_refusals, "raise reason"),
    (code_rules.values_in_refusals, "raise place.refused('names no source')"),
    (code_rules.units_said, 'def wait(x: float) -> float:\n    """Minutes waited."""'),
    (code_rules.documented, '"""A module."""\ndef _private(): pass'),
]


@pytest.mark.parametrize("rule", OF_SOURCES, ids=lambda rule: rule.__name__)
def test_rule_holds_throughout_the_package(rule):
    against = [fault for module in source_modules() for fault in rule(module)]

    assert not against, "\n".join([rule.__doc__, *against])


@pytest.mark.parametrize("rule", [code_rules.sizes, code_rules.named_for_what_it_holds])
def test_rule_holds_in_tests_and_benchmarks_too(rule):
    against = [fault for module in all_modules() for fault in rule(module)]

    assert not against, "\n".join([rule.__doc__, *against])


@pytest.mark.parametrize(
    ("rule", "fault"),
    [*OF_SOURCES.items(), *MORE_FAULTS],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_rule_catches_a_planted_fault(rule, fault):
    assert list(rule(planted(fault)))


@pytest.mark.parametrize(("rule", "kept"), KEPT, ids=lambda one: getattr(one, "__name__", ""))
def test_rule_lets_pass_what_keeps_it(rule, kept):
    assert not list(rule(planted(kept)))


@pytest.mark.parametrize("name", ["rooms/utils.py", "misc/rooms.py"])
def test_a_module_named_for_nothing_is_caught(name):
    assert list(code_rules.named_for_what_it_holds(planted("", name)))


def test_every_exemption_names_a_function_that_is_there():
    functions = {
        (module.where, one.name) for module in source_modules() for one in module.functions
    }

    assert {*code_rules.WITHOUT_VALUE, *code_rules.WITHOUT_UNIT} <= functions


def test_the_ten_longest_are_seen(record_property):
    functions = sorted(
        (
            (code_rules.length(one), f"{module.where}:{one.lineno} {one.name}")
            for module in source_modules()
            for one in module.functions
        ),
        reverse=True,
    )
    modules = sorted(((module.lines, module.where) for module in source_modules()), reverse=True)
    for lines, what in functions[:10] + modules[:10]:
        record_property("longest", f"{lines} {what}")

    assert functions[0][0] <= code_rules.LONGEST_FUNCTION
    assert modules[0][0] <= code_rules.LONGEST_MODULE
