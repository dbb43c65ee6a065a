"""Running lists: editions that are never frozen, of actions, promises and board decisions."""

from __future__ import annotations

from typing import Literal

from regard.register.acting import Acts
from regard.register.entries import Speaker
from regard.register.kinds.frame import Edition, Instrument
from regard.register.kinds.reading import made
from regard.register.kinds.values import Window
from regard.register.register import Register
from regard.register.subjects import subject_of

Form = Literal["promises", "board actions", "programme", "lessons", "establishment"]


def running_list(
    register: Register, name: str, *, title: str, issuer: str, form: Form, by: Speaker
) -> str:
    """The running edition of that name, made with its instrument if there is none.

    Args:
        register: The register.
        name: Such as `actions-2015`.
        title: What it is called.
        issuer: Who issues it, in words.
        form: Of what it is a list.
        by: Who makes it; its role must enter instruments and editions.

    Returns:
        The subject of the edition.

    Raises:
        AccessRefused: the speaker may not.
    """
    with register.acting(by) as acts:
        return enter_list(acts, name, title=title, issuer=issuer, form=form)


def enter_list(acts: Acts, name: str, *, title: str, issuer: str, form: Form) -> str:
    """The same within an act; see `running_list`."""
    instrument, edition = subject_of("instrument", name), subject_of("edition", name)
    if acts.knowing.latest(instrument) is None:
        acts.enter(
            made(Instrument, title=title, issuer=issuer, form=form, force="aim"),
            subject=instrument,
        )
    if acts.knowing.latest(edition) is None:
        acts.enter(
            made(Edition, instrument=instrument, label="running list", in_force=Window()),
            subject=edition,
        )
    return edition
