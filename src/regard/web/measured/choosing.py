"""What a reader chooses on the pages of measures: the words, the area, the method, the step."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from regard.register.kinds.speech import Act
from regard.signals.methods import BY_KIND, METHODS
from regard.web.forms import Form, ReasonField
from regard.web.measured.listing import ORDER
from regard.web.measured.records import Records
from regard.web.needs import decides

LONGEST_WORDS = 100  # characters of a search for a measure
LONGEST_REASON = 2_000  # characters of the reason for a decision
DECIDES = decides(Act.ACCEPT)  # what deciding on a step needs


class Chosen:
    """What the address of the list says.

    Attributes:
        words: Words that the name of a measure must hold.
        tier: How much attention it asks for; empty for any.
    """

    def __init__(self, given: Mapping[str, str], records: Records) -> None:
        self.words = str(given.get("q", ""))[:LONGEST_WORDS].strip()
        tier = str(given.get("attention", ""))
        self.tier = tier if tier in ORDER else ""
        self._records = records

    @property
    def asking(self) -> str:
        """The end of an address that asks for the same."""
        return self._records.asking(q=self.words, attention=self.tier)


def _methods() -> list[tuple[str, object]]:
    named = [(name, one.version.title) for name, one in METHODS.items()]
    return [(BY_KIND, _("The method for its kind")), *named]


class Method(Form):
    """By which method a measure is read."""

    method = forms.ChoiceField(label=_("Read it by"), choices=_methods)


class Step(Form):
    """Whether a step is accepted, and why."""

    ACCEPT, REFUSE = "accept", "refuse"

    month = forms.CharField(
        label=_("First month of the new level"),
        help_text=_("For example, 2013-04 for April 2013"),
        max_length=7,
        widget=forms.TextInput({"class": "govuk-input--width-5", "spellcheck": "false"}),
        error_messages={"required": _("Enter the first month of the new level")},
    )
    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (ACCEPT, _("Accept: a new average is drawn from this month")),
            (REFUSE, _("Refuse: the average stays as it was")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you accept or refuse it")},
    )
    reason = ReasonField(
        help_text=_("In your post’s words. The register keeps them, and papers quote them."),
        max_length=LONGEST_REASON,
        rows=4,
    )
