"""Forms as the GOV.UK Design System has them: a label, a hint, an error, and a summary on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.core.errors import RegardError

Said = Any  # words of a page, looked up in the reader's language when they are shown

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),  # to Django one of the radios below
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.widgets.Input, "govuk-input"),
)
_DRAWN_WRONG = frozenset({"govuk-textarea", "govuk-select", "govuk-file-upload", "govuk-input"})

LONGEST_WORDS = 5_000  # characters of a reason, or of words that are as long

_OPTIONAL = " ("  # what stands behind the name of a field in its label: `Note (optional)`
_WITH_THEIR_OWN = ("a ", "an ", "the ", "your ", "how ", "of which ", "what ", "where ")


class Renderer(TemplatesSetting):
    """Draws a form and a field by our own templates."""

    form_template_name = "regard/fields/form.html"
    field_template_name = "regard/fields/field.html"


class Form(forms.Form):
    """A form whose every field looks and speaks alike.

    Browsers do not check it first: what is wrong is said once, by Regard, in its own words, and
    names the field, by its label or by what the field calls itself in `said`: `Enter the day of
    the meeting`. A field says something else of an error by its own `error_messages`.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("auto_id", "%s")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if classes := _classes_of(field.widget):
                held = field.widget.attrs.get("class", "")
                field.widget.attrs["class"] = f"{classes} {held}".strip()

    def full_clean(self) -> None:
        """Look at what was sent; each field names itself in what is wrong with it."""
        for name, field in self.fields.items():
            _speak_of(field, name)
        super().full_clean()

    def add_error(self, field: str | None, error: Any) -> None:
        """Say what is wrong, and draw the field as one that is."""
        super().add_error(field, error)
        if field in self.fields:
            widget = self.fields[field].widget
            for one in getattr(widget, "widgets", (widget,)):
                if (classes := _classes_of(one)) in _DRAWN_WRONG:
                    held = one.attrs.get("class", "").split()
                    one.attrs["class"] = " ".join(dict.fromkeys((*held, f"{classes}--error")))

    def refuse(self, refusal: RegardError, field: str | None = None) -> None:
        """Say a refusal of the rooms below at the top of the form, or at one field."""
        self.add_error(field, str(refusal))


class WordsField(forms.CharField):
    """Words of several lines.

    Args:
        rows: How many lines its box shows.
        said: What it is called in what is wrong with it, where its label is a question.
    """

    def __init__(
        self, *, rows: int = 3, said: Said = "", max_length: int = LONGEST_WORDS, **kwargs: Any
    ) -> None:
        self.said = said
        super().__init__(max_length=max_length, widget=forms.Textarea({"rows": rows}), **kwargs)


class ReasonField(WordsField):
    """Why something is said or decided."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Why?"))
        kwargs.setdefault("said", _("the reason"))
        super().__init__(**kwargs)


class CodeField(forms.CharField):
    """A code by which something is known: small letters, digits and hyphens."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"class": "govuk-input--width-20", "spellcheck": "false"})
        super().__init__(max_length=120, widget=widget, **kwargs)


class DayWidget(forms.MultiWidget):
    """Day, month and year as three boxes, which every device can fill."""

    template_name = "regard/fields/day.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput(
                {
                    "inputmode": "numeric",
                    "class": f"govuk-input govuk-date-input__input govuk-input--width-{width}",
                }
            )
            for name, width in (("day", 2), ("month", 2), ("year", 4))
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Three boxes of a date."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayField(forms.MultiValueField):
    """A day, given as day, month and year.

    Args:
        said: What it is called in what is wrong with it, where its label is a question.
    """

    widget = DayWidget

    def __init__(self, *, said: Said = "", **kwargs: Any) -> None:
        self.said = said
        kwargs.setdefault("require_all_fields", False)
        parts = [forms.CharField(required=False) for _ in range(3)]
        super().__init__(parts, **kwargs)

    def compress(self, parts: list[Any]) -> Any:
        """A date of three boxes; None if all are empty."""
        day, month, year = (*(str(one or "").strip() for one in parts or ()), "", "", "")[:3]
        if not (day or month or year):
            return None
        for given, missing in ((day, "no_day"), (month, "no_month"), (year, "no_year")):
            if not given:
                raise ValidationError(self.error_messages[missing], code=missing)
        return forms.DateField(
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": self.error_messages["invalid"]},
        ).clean(f"{year}-{month.zfill(2)}-{day.zfill(2)}")


def called(field: forms.Field, name: str) -> str:
    """What a field is called within a sentence: `the day of the meeting`.

    Args:
        field: The field.
        name: Its name in the form, for one that has no label.
    """
    if said := str(getattr(field, "said", "")):
        return said
    label = str(field.label or name.replace("_", " ")).partition(_OPTIONAL)[0].strip()
    if label.endswith("?"):
        return gettext("the answer to “%(question)s”") % {"question": label}
    if label[1:2].islower() or label[1:2] == " ":
        label = label[0].lower() + label[1:]
    if label.startswith(_WITH_THEIR_OWN):
        return label
    return gettext("the %(name)s") % {"name": label}


def _classes_of(widget: forms.Widget) -> str:
    return next((classes for kind, classes in _CLASSES if isinstance(widget, kind)), "")


def _speak_of(field: forms.Field, name: str) -> None:
    """Let a field name itself in each error for which it has no words of its own."""
    own = {
        code: said
        for code, said in field.error_messages.items()
        if code not in _of_django(field) or said is not _of_django(field)[code]
    }
    what = called(field, name)
    of_all = {"what": what, "What": what[:1].upper() + what[1:]}
    derived = {code: str(said) % of_all for code, said in _errors_of(field).items()}
    if "required" in own:
        derived.pop("required", None)
    if isinstance(field, forms.ChoiceField):
        derived["invalid_choice"] = derived["invalid_list"] = str(
            own.get("required", derived.get("required", ""))
        ).replace("%", "%%")
    field.error_messages = {**field.error_messages, **derived, **own}


def _of_django(field: forms.Field) -> dict[str, Any]:
    """The words that Django has for the errors of a field of this kind."""
    held: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        held |= getattr(kind, "default_error_messages", {})
    return held


def _errors_of(field: forms.Field) -> Mapping[str, Said]:
    for kind, said in _ERRORS:
        if isinstance(field, kind):
            return said
    return _OF_WORDS


_OF_WORDS: dict[str, Said] = {
    "required": _("Enter %(what)s"),
    "invalid": _("%(What)s is not in the right form"),
    "max_length": _("%(What)s must be %%(limit_value)d characters or fewer"),
    "min_length": _("%(What)s must be %%(limit_value)d characters or more"),
    "null_characters_not_allowed": _("%(What)s holds a character that cannot be kept"),
}
_ERRORS: tuple[tuple[type[forms.Field], dict[str, Said]], ...] = (
    (forms.ChoiceField, {"required": _("Choose %(what)s")}),
    (
        forms.FileField,
        {
            "required": _("Choose %(what)s"),
            "invalid": _("%(What)s did not arrive: choose it again"),
            "missing": _("%(What)s did not arrive: choose it again"),
            "empty": _("%(What)s is empty"),
            "max_length": _("The name of %(what)s must be %%(max)d characters or fewer"),
        },
    ),
    (
        DayField,
        {
            "required": _("Enter %(what)s"),
            "invalid": _("%(What)s must be a real date"),
            "incomplete": _("Enter %(what)s"),
            "no_day": _("%(What)s must include a day"),
            "no_month": _("%(What)s must include a month"),
            "no_year": _("%(What)s must include a year"),
        },
    ),
    (
        forms.DecimalField,
        {
            "required": _("Enter %(what)s"),
            "invalid": _("%(What)s must be a number"),
            "max_digits": _("%(What)s must have %%(max)d digits or fewer"),
            "max_decimal_places": _("%(What)s must have %%(max)d decimal places or fewer"),
            "max_whole_digits": _("%(What)s must have %%(max)d digits or fewer before the point"),
        },
    ),
)
