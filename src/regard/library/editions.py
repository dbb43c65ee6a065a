"""Edition files: TOML in, an `EditionFile` out, and a refusal that names every wrong node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from regard.core.errors import DefinitionRefused, shown
from regard.library.canonical import sealed
from regard.library.model import (
    ASPECT,
    CONFIRMED,
    DATES,
    FORMS,
    LEGAL_FORCES,
    LONGEST_QUOTATION,
    MODES,
    NODE_KINDS,
    QUOTED,
    WORDS,
    Citation,
    EditionFile,
    Node,
)
from regard.library.tables import Problems, Table, headed, listed


@dataclass(frozen=True)
class _Usual:
    """What holds for every node of an edition that says nothing else."""

    documents: Mapping[str, str]
    schemes: Mapping[str, str]
    scale: str = ""
    rule: str = ""
    aspects: tuple[str, ...] = ()


def edition_of(raw: dict[str, Any], file: str, problems: Problems) -> EditionFile | None:
    """An edition from the tables of its file; None if its head was refused.

    Args:
        raw: The tables.
        file: The file's name, for messages.
        problems: Takes every refusal.
    """
    try:
        head = headed(raw, "edition", ("judging", "node"), file)
        usual = _usual(head, raw, file)
    except DefinitionRefused as refusal:
        problems.add(refusal)
        return None
    found = problems.made(head, lambda table: _head(table, usual))
    tables = listed(raw, "node", file, problems)
    made = [problems.made(table, lambda one: _node(one, usual)) for table in tables]
    nodes = _in_their_places([one for one in made if one is not None], file, problems)
    if found is None:
        return None
    return sealed(replace(found, nodes=nodes, file=file))


def _usual(head: Table, raw: dict[str, Any], file: str) -> _Usual:
    documents, schemes = dict(head.pairs("documents")), dict(head.pairs("terms"))
    if not isinstance(raw.get("judging", {}), dict):
        raise head.refused(
            "has [judging], which is not a table but a list", expected="[judging], once"
        )
    judging = Table(file, "[judging]", raw.get("judging", {}))
    usual = _Usual(
        documents=documents,
        schemes=schemes,
        scale=judging.versioned("scale", ""),
        rule=judging.versioned("rule", ""),
        aspects=judging.texts("aspects"),
    )
    judging.nothing_else()
    return usual


def _head(table: Table, usual: _Usual) -> EditionFile:
    document = table.name("document")
    if document not in usual.documents:
        raise table.refused(
            f"has document = {shown(document)}",
            expected=f"one of its documents: {', '.join(usual.documents) or 'it names none'}",
        )
    made = EditionFile(
        id=table.name("id"),
        instrument=table.name("instrument"),
        title=table.text("title"),
        label=table.text("label"),
        issuer=table.text("issuer"),
        form=table.choice("form", FORMS),
        legal_force=table.choice("legal_force", LEGAL_FORCES),
        in_force_from=table.day("in_force_from"),
        in_force_to=table.day("in_force_to", None),
        dates=table.choice("dates", DATES, CONFIRMED),
        corrects=table.name("corrects", ""),
        document=usual.documents[document],
        documents=tuple(usual.documents.items()),
        schemes=tuple(usual.schemes.items()),
        nodes=(),
        note=table.text("note", ""),
    )
    if made.in_force_to is not None and made.in_force_to < made.in_force_from:
        raise table.refused(
            f"has in_force_to = {made.in_force_to}, before {made.in_force_from}",
            expected="a last day that is not before the first",
        )
    return made


def _node(table: Table, usual: _Usual) -> Node:
    code = table.code("code")
    judged = table.flag("judged")
    node = Node(
        code=code,
        kind=table.choice("kind", NODE_KINDS),
        text=table.text("text"),
        words=table.choice("words", WORDS),
        cites=_cites(table, usual),
        parent=table.code("parent", code.rpartition("/")[0]),
        terms=tuple(_terms(table, usual)),
        mode=table.choice("mode", MODES, MODES[0]),
        judged=judged,
        scale=table.versioned("scale", usual.scale if judged else ""),
        rule=table.versioned("rule", usual.rule if judged else ""),
        aspects=table.texts("aspects", usual.aspects if judged else ()),
        note=table.text("note", ""),
    )
    _judged_by_a_rule(table, node)
    length = len(node.text.split())
    if node.words == QUOTED and length > LONGEST_QUOTATION:
        raise table.refused(
            f"quotes {length} words", expected=f"at most {LONGEST_QUOTATION} words, or a paraphrase"
        )
    return node


def _cites(table: Table, usual: _Usual) -> tuple[Citation, ...]:
    cites = []
    for one in table.texts("cites"):
        document, _, place = (part.strip() for part in one.partition(":"))
        if document not in usual.documents or not place:
            raise table.refused(
                f"has cites = {shown(one)}",
                expected="document: place, the document being one of "
                f"{', '.join(usual.documents) or 'the documents of the edition, which names none'}",
            )
        cites.append(Citation(document, usual.documents[document], place))
    if not cites:
        raise table.refused(
            "cites nothing",
            expected='cites = ["document: paragraph"] for every node',
            next_step="add the place it was taken from, or remove the node",
        )
    return tuple(cites)


def _terms(table: Table, usual: _Usual) -> list[str]:
    terms = []
    for role, code in table.pairs("terms"):
        if role not in usual.schemes or role == ASPECT:
            roles = [one for one in usual.schemes if one != ASPECT]
            raise table.refused(
                f"has a term of the role {shown(role)}",
                expected=f"one of {', '.join(roles) or 'the roles in terms of the edition'}",
            )
        terms.append(f"{usual.schemes[role]}/{code}")
    return terms


def _judged_by_a_rule(table: Table, node: Node) -> None:
    for name, value in (("scale", node.scale), ("rule", node.rule)):
        if node.judged and not value:
            raise table.refused(
                f"is judged and names no {name}",
                expected=f'{name} = "name@version", here or in [judging]',
            )
        if not node.judged and value:
            raise table.refused(
                f"has {name} = {shown(value)} and is not judged", expected="judged = true"
            )
    if not node.judged and node.aspects:
        raise table.refused(
            f"has aspects = {', '.join(node.aspects)} and is not judged", expected="judged = true"
        )


def _in_their_places(nodes: list[Node], file: str, problems: Problems) -> tuple[Node, ...]:
    """The nodes, each with the terms of those above it; a wrong parent is a problem."""
    known: dict[str, Node] = {}
    for node in nodes:
        if node.code in known:
            problems.add(
                DefinitionRefused(
                    f"{file}: node {shown(node.code)} stands twice", expected="a code for each node"
                )
            )
        known.setdefault(node.code, node)
    return tuple(
        replace(node, terms=_with_those_above(node, known, file, problems)) for node in nodes
    )


def _with_those_above(
    node: Node, known: Mapping[str, Node], file: str, problems: Problems
) -> tuple[str, ...]:
    terms = {term.rpartition("/")[0]: term for term in node.terms}
    seen, above = {node.code}, node.parent
    while above:
        if above not in known or above in seen:
            wrong = "does not exist" if above not in known else "lies below itself"
            # A wrong parent higher up is the problem of the node that names it.
            if above == node.parent or above in seen:
                problems.add(
                    DefinitionRefused(
                        f"{file}: node {shown(node.code)} has the parent {shown(node.parent)}, "
                        f"which {wrong}",
                        expected="the code of another node above it, or none",
                    )
                )
            break
        seen.add(above)
        for term in known[above].terms:
            terms.setdefault(term.rpartition("/")[0], term)
        above = known[above].parent
    return tuple(terms[scheme] for scheme in sorted(terms))
