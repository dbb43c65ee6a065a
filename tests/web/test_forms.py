"""Forms: every field names itself in what is wrong with it, and the summary leads to it."""

from __future__ import annotations

import re
from html import unescape
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django import forms

from regard.web import judged, measured, pages
from regard.web.forms import CodeField, DayField, Form, ReasonField, WordsField, called

SAID_OF_DJANGO = ("This field", "Select a valid", "Enter a valid", "Ensure", "Enter a list")


class Asks(Form):
    """A field of each kind."""

    name = forms.CharField(label="Name of the post (optional)", max_length=5)
    text = WordsField(label="What is to be done?", said="what is to be done", max_length=9)
    reason = ReasonField()
    level = forms.ChoiceField(label="Level", choices=[("1", "One")])
    held = forms.MultipleChoiceField(label="How they sign in", choices=[("1", "One")])
    due = DayField(label="By which day?", said="the day by which it is due")
    on = DayField(label="Day of the meeting")
    amount = forms.DecimalField(label="Amount", max_digits=4, decimal_places=1)
    file = forms.FileField(label="The edition's file")
    code = CodeField(label="Code", error_messages={"required": "Give 100% of the code"})


def sent(**more):
    return Asks({"name": "x", "text": "x", "reason": "x", "level": "1", **more})


def test_what_is_left_out_is_named():
    form = Asks({}, {})

    assert {name: said for name, (said,) in form.errors.items()} == {
        "name": "Enter the name of the post",
        "text": "Enter what is to be done",
        "reason": "Enter the reason",
        "level": "Choose the level",
        "held": "Choose how they sign in",
        "due": "Enter the day by which it is due",
        "on": "Enter the day of the meeting",
        "amount": "Enter the amount",
        "file": "Choose the edition's file",
        "code": "Give 100% of the code",
    }


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"name": "too long"}, "name", "The name of the post must be 5 characters or fewer"),
        ({"text": "far too long"}, "text", "What is to be done must be 9 characters or fewer"),
        ({"name": "\0"}, "name", "The name of the post holds a character that cannot be kept"),
        ({"level": "9"}, "level", "Choose the level"),
        ({"held": ["9"]}, "held", "Choose how they sign in"),
        ({"amount": "x"}, "amount", "The amount must be a number"),
        ({"amount": "12345"}, "amount", "The amount must have 4 digits or fewer"),
        ({"amount": "1.23"}, "amount", "The amount must have 1 decimal places or fewer"),
    ],
)
def test_what_is_wrong_is_said_of_the_field_by_name(given, field, says):
    assert sent(**given).errors[field][0] == says


@pytest.mark.parametrize(
    ("day", "month", "year", "says"),
    [
        ("31", "2", "2027", "The day by which it is due must be a real date"),
        ("x", "2", "2027", "The day by which it is due must be a real date"),
        ("", "2", "2027", "The day by which it is due must include a day"),
        ("3", "", "2027", "The day by which it is due must include a month"),
        ("3", "2", "", "The day by which it is due must include a year"),
    ],
)
def test_a_day_that_is_wrong_is_told_by_what_is_wrong_with_it(day, month, year, says):
    form = sent(due_0=day, due_1=month, due_2=year, due_day=day, due_month=month, due_year=year)

    assert form.errors["due"] == [says]


def test_the_summary_leads_to_the_field_which_is_drawn_as_wrong():
    page = unescape(str(Asks({}, {})))

    led_to = re.findall(r'class="regard-sentence" href="#([^"]+)"', page)
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert len(led_to) == len(Asks.base_fields)
    assert set(led_to) <= ids
    assert re.search(r'<textarea[^>]*class="govuk-textarea govuk-textarea--error"', page)


def test_a_question_without_another_name_is_quoted():
    assert called(forms.CharField(label="Who met?"), "body") == "the answer to “Who met?”"
    assert called(forms.CharField(), "kept_by") == "the kept by"
    assert called(forms.CharField(label="TOML file"), "x") == "the TOML file"
    assert called(forms.CharField(label="A short name"), "x") == "a short name"


def every_form():
    for package in (pages, judged, measured):
        for one in iter_modules(package.__path__):
            module = import_module(f"{package.__name__}.{one.name}")
            for held in vars(module).values():
                if isinstance(held, type) and issubclass(held, Form) and held.base_fields:
                    yield held


@pytest.mark.parametrize("kind", sorted(set(every_form()), key=lambda one: one.__qualname__))
def test_no_field_of_any_page_speaks_in_the_words_of_the_framework(kind):
    form = Form({}, {})
    form.fields = {name: field for name, field in kind.base_fields.items() if not field.disabled}
    for field in form.fields.values():
        field.error_messages = dict(field.error_messages)

    said = [one for held in form.errors.values() for one in held]

    assert [one for one in said if one.startswith(SAID_OF_DJANGO)] == []
