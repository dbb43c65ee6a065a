"""What `import regard` offers to a notebook."""

import subprocess
import sys

import pytest

import regard


@pytest.mark.parametrize("name", regard.__all__)
def test_every_name_it_offers_is_there(name):
    assert getattr(regard, name) is not None


def test_a_name_it_does_not_offer_is_refused_with_those_it_does():
    with pytest.raises(
        AttributeError, match="regard offers no 'frame'; it offers Configured, Counter"
    ):
        regard.frame  # noqa: B018 - asking is the act


def test_its_names_are_listed():
    assert dir(regard) == regard.__all__


def test_importing_it_reads_no_room():
    read = "import sys, regard; print(sorted(m for m in sys.modules if m.startswith('regard')))"

    told = subprocess.run([sys.executable, "-c", read], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "['regard']"
