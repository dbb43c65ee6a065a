"""The house rules of the templates, each with a fault planted that it must catch."""

from __future__ import annotations

import subprocess
import sys

import pytest

from house import template_rules
from house.sources import ROOT, SRC

TEMPLATES = sorted((SRC / "regard" / "web" / "templates").rglob("*.html"))
RULES = {
    template_rules.words_can_be_translated: "<p>Plain words</p>",
    template_rules.nothing_unsafe: "{{ value|safe }}",
    template_rules.every_form_has_its_token: '<form method="post"><button>x</button></form>',
}
MORE_FAULTS = [
    (template_rules.words_can_be_translated, '<img alt="A chart">'),
    (template_rules.nothing_unsafe, '<p style="color:red">'),
    (template_rules.nothing_unsafe, "<script>run()</script>"),
    (template_rules.nothing_unsafe, '<a onclick="go()">'),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_in_every_template(rule):
    assert TEMPLATES
    against = [
        fault
        for file in TEMPLATES
        for fault in rule(file.relative_to(SRC).as_posix(), file.read_text(encoding="utf-8"))
    ]

    assert not against, "\n".join([rule.__doc__, *against])


@pytest.mark.parametrize(
    ("rule", "fault"),
    [*RULES.items(), *MORE_FAULTS],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_rule_catches_a_planted_fault(rule, fault):
    assert list(rule("planted.html", fault))


def test_the_catalogues_hold_every_word_of_the_pages():
    told = subprocess.run(
        [sys.executable, "-m", "docs.build_words", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout + told.stderr
