"""Forms as the GOV.UK Design System has them: a label, a hint, an error, and a summary on top."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from regard.core.errors import RegardError

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),  # to Django one of the radios below
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.widgets.Input, "govuk-input"),
)


class Renderer(TemplatesSetting):
    """Draws a form and a field by our own templates."""

    form_template_name = "regard/fields/form.html"
    field_template_name = "regard/fields/field.html"


class Form(forms.Form):
    """A form whose every field looks and speaks alike.

    Browsers do not check it first: what is wrong is said once, by Regard, in its own words.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("auto_id", "%s")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            for kind, classes in _CLASSES:
                if isinstance(field.widget, kind):
                    held = field.widget.attrs.get("class", "")
                    field.widget.attrs["class"] = f"{classes} {held}".strip()
                    break

    def refuse(self, refusal: RegardError, field: str | None = None) -> None:
        """Say a refusal of the rooms below at the top of the form, or at one field."""
        self.add_error(field, str(refusal))


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
    """A day, given as day, month and year."""

    widget = DayWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("require_all_fields", False)
        parts = [forms.CharField(required=False) for _ in range(3)]
        super().__init__(parts, **kwargs)

    def compress(self, parts: list[Any]) -> Any:
        """A date of three boxes; None if all are empty."""
        held = [str(one).strip() for one in parts or [] if str(one or "").strip()]
        if not held:
            return None
        day, month, year = (*(str(one or "").strip() for one in parts), "", "", "")[:3]
        return forms.DateField(
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": self.error_messages["invalid"]},
        ).clean(f"{year}-{month.zfill(2)}-{day.zfill(2)}")
