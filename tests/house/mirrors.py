"""Where a test module belongs: beside the module it tests, in the same room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

# Folders whose tests are of a kind rather than of a module.
KINDS = {
    "house",
    "crash",
    "spark",
    "papers_whole",
    "demo",
    "agreement",
    "hostile",
    "journeys",
    "browser",
}
PAGES = "pages"  # the folder of the screens' pages: its modules are mirrored without it

# Modules of tests that stand for more than one module, with the reason.
FOR_SEVERAL = {
    "cli/test_bad_input.py": "whatever is wrong with what a command is given, on every command",
    "papers/test_any_words.py": "any words at all, through every writer",
    "papers/test_determinism.py": "the four writers together, twice over",
    "papers/test_engines.py": "the two engines inside the lock",
    "papers/test_validators.py": "whole papers under outside validators",
    "records/test_agreement.py": "every measure on every engine against a plain count",
    "register/test_invariants.py": "the metamodel's invariants as the whole register keeps them",
    "register/test_steps.py": "random steps of the whole register against a small model of it",
    "web/test_access.py": "who may read and write what, over every route",
    "web/test_every_page.py": "every page, walked by every post",
    "test_clusters.py": "the PostgreSQL that tests start for themselves",
    "test_regard.py": "the names that the package itself offers",
}


def without_a_source(tests: Iterable[str], sources: Iterable[str]) -> Iterator[str]:
    """Test modules, as paths below tests/, that mirror no module below src/regard/.

    `records/test_store.py` mirrors `records/store.py` or `records/store/`;
    `records/test_readers_police_uk.py` mirrors `records/readers/police_uk.py`.
    """
    known = {mirrored(PurePosixPath(one)) for one in sources}
    for test in tests:
        path = PurePosixPath(test)
        if not path.name.startswith("test_") or KINDS & set(path.parts) or test in FOR_SEVERAL:
            continue
        if flat(path.with_suffix(""), cut="test_") not in known:
            yield test


def mirrored(source: PurePosixPath) -> str:
    """The room and the name that a test of this module carries."""
    whole = source.with_suffix("")
    return flat(whole.parent if whole.name == "__init__" else whole)


def flat(path: PurePosixPath, *, cut: str = "") -> str:
    """A path as its room and one name: `a/b/c` as `a/b_c`.

    The package itself has neither.
    """
    names = [one.removeprefix(cut).lstrip("_") for one in path.parts[1:] if one != PAGES]
    return "/".join([*path.parts[:1], *(["_".join(names)] if names else [])])
