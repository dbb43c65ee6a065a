"""The methods by name, behind the one `read`."""

from __future__ import annotations

import pytest

from regard.signals.methods import METHODS, read
from regard.signals.others import METHODS_OF_OTHERS
from signals.test_others_basing import crime_rate


@pytest.mark.parametrize("name", METHODS_OF_OTHERS)
def test_each_method_stands_among_all_and_names_itself(name):
    reading = read(crime_rate(), method=name)

    assert METHODS[name].version == METHODS_OF_OTHERS[name][0]
    assert str(reading.method) == f"{name} 1"
    assert read(crime_rate(), method=name) == reading
