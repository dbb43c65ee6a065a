"""The checker that a third party runs with nothing of Regard."""

from __future__ import annotations

import ast
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bench.forging import forged_documents
from bench.register_proofs import SEED, true_documents

from regard.register import check_proof
from regard.register.proofs import Proven, check, make_consistency
from regard.register.tree import Tree, leaf_hash, node_hash

TRUE = true_documents(random.Random(SEED))
LEAVES = [leaf_hash(bytes([number])) for number in range(40)]
REFUSALS = (ValueError, LookupError, TypeError, AttributeError)


def stands_alone(document, head=None):
    try:
        return bool(check_proof.proven(document, head))
    except REFUSALS:
        return False


def test_it_needs_the_standard_library_alone():
    source = Path(check_proof.__file__).read_text(encoding="utf-8")
    taken = {
        name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in (
            [one.name for one in node.names] if isinstance(node, ast.Import) else [node.module]
        )
    }

    assert taken == {"__future__", "hashlib", "io", "json", "pathlib", "re", "sys", "typing"}
    assert taken <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ([], 0, " Compare the head with one printed on an issued paper.\n"),
        (["HEAD"], 0, ", and the words given are its words.\n"),
        (["64 · 000000000000"], 1, ", not 64 · 000000000000\n"),
    ],
)
def test_it_runs_from_any_folder_and_says_one_sentence(tmp_path, more, code, said):
    shutil.copy(check_proof.__file__, tmp_path / "check_proof.py")
    text, head = TRUE[-1]
    (tmp_path / "proof.json").write_text(text, encoding="utf-8")
    more = [head if one == "HEAD" else one for one in more]

    done = subprocess.run(
        [sys.executable, "-I", "check_proof.py", "proof.json", *more],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=30,
    )

    assert (done.returncode, done.stderr) == (code, b"")
    assert done.stdout.decode().endswith(said)
    assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize("held", [b"", b"{}", b"\xff", b"[1.5]", b"[" * 100_000, None])
def test_a_file_that_is_no_proof_ends_with_one_and_no_traceback(
    tmp_path, monkeypatch, capsys, held
):
    if held is not None:
        (tmp_path / "proof.json").write_bytes(held)
    monkeypatch.setattr(sys, "argv", ["check_proof.py", str(tmp_path / "proof.json")])

    code = check_proof.main()

    assert code == 1
    assert capsys.readouterr().out.startswith("Not proven: ")


def test_no_file_named_ends_with_one(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["check_proof.py"])

    assert check_proof.main() == 1
    assert "IndexError" in capsys.readouterr().out


def test_true_documents_are_proven_by_both_checkers():
    assert all(stands_alone(text, head) for text, head in TRUE)
    assert all(isinstance(check(text, head=head), Proven) for text, head in TRUE)


@pytest.mark.parametrize("second", [1, 2, 7, 8, 40])
def test_heads_are_proven_by_both_checkers(second):
    tree = Tree(LEAVES)
    made = [make_consistency(tree, first, second).as_json() for first in range(1, second + 1)]

    assert all(stands_alone(one, tree.head(second).said) for one in made)
    assert all(check(one, head=tree.head(second)) for one in made)


def made_to_fit(header, *, size=1, path=(), words=None, salt="5a" * 16):
    """A document whose root, sentence and body hash all follow from what is wrong with it."""
    if words is not None:
        salted = bytes.fromhex(salt) + check_proof.canonical(words)
        header = header | {"body": check_proof.digest(salted).hex()}
    root = leaf_hash(check_proof.canonical(header))
    for beside in path:
        root = node_hash(beside, root)
    which = "; its words are not given" if words is None else ", and the words given are its words"
    held = {
        "form": "regard-proof/1",
        "proves": "entry",
        "says": f"Entry {header['seq']} stands in the register with the head "
        f"{size} · {root.hex()[:12]}{which}.",
        "header": header,
        "size": size,
        "root": root.hex(),
        "path": [one.hex() for one in path],
    }
    return held if words is None else held | {"salt": salt, "words": words}


def twice_named(held):
    return json.dumps(held).replace('{"seq": 1}', '{"seq": 9, "seq": 1}')


@pytest.mark.parametrize(
    "held",
    [
        made_to_fit({"seq": 1}),
        made_to_fit({"seq": 2}, size=2, path=[LEAVES[0]]),
        made_to_fit({"seq": 1}, words={"reason": "met"}),
    ],
)
def test_what_was_made_to_fit_and_is_right_is_proven_by_both_checkers(held):
    assert stands_alone(json.dumps(held))
    assert check(held)


@pytest.mark.parametrize(
    "held",
    [
        made_to_fit({"seq": True}),
        made_to_fit({"seq": 1}, size=True),
        made_to_fit({"seq": 0}),
        made_to_fit({"seq": 2}),
        made_to_fit({"seq": 1.0}),
        made_to_fit({"seq": 1, "share": 0.5}),
        made_to_fit({"seq": 1, "share": float("nan")}),
        made_to_fit({"seq": 1}, size=2**63, path=[LEAVES[0]] * 63),
        made_to_fit({"seq": 1}, path=[LEAVES[0]]),
        made_to_fit({"seq": 2}, size=2, path=[LEAVES[0], LEAVES[1]]),
        made_to_fit({"seq": 1}, size=2),
        made_to_fit({"seq": 1}, words={"reason": "met"}, salt="5a" * 15),
        made_to_fit({"seq": 1}, words={"reason": "met"}, salt="5a" * 65),
        made_to_fit({"seq": 1}, words={"share": 0.5}),
        made_to_fit({"seq": 1}) | {"salt": "5a" * 16},
        made_to_fit({"seq": 1}) | {"note": "and assured"},
        made_to_fit({"seq": 1}) | {"form": "regard-proof/2"},
        made_to_fit({"seq": 1}) | {"proves": "heads"},
    ],
)
def test_what_was_made_to_fit_and_is_wrong_is_refused_by_both_checkers(held):
    assert not stands_alone(json.dumps(held))
    assert not check(json.dumps(held))


def test_name_that_stands_twice_is_refused_by_both_checkers():
    text = twice_named(made_to_fit({"seq": 1}))

    assert json.loads(text) == made_to_fit({"seq": 1})
    assert not stands_alone(text)
    assert not check(text)


def test_nesting_that_one_part_reads_and_another_does_not_never_raises():
    text = json.dumps(made_to_fit({"seq": 1}, words={"reason": "met"}))
    nested = ["[" * depth + "]" * depth for depth in range(850, 1_000)]

    assert not any(check(f'{{"form": {one}}}') for one in nested)
    assert not any(check(text.replace('"met"', one)) for one in nested)
    assert not any(check(text.replace('{"seq": 1', f'{{"x": {one}, "seq": 1')) for one in nested)


def spoilt_heads():
    tree = Tree(LEAVES)
    for first in range(1, 41):
        true = json.loads(make_consistency(tree, first).as_json())
        other = tree.head(first % 40 + 1)
        yield true | {"path": true["path"][1:]} if true["path"] else true | {"path": ["00" * 32]}
        yield true | {"path": [*true["path"], "00" * 32]}
        yield true | {"first": {"size": other.size, "root": true["first"]["root"]}}
        yield true | {"first": {"size": first, "root": other.root.hex()}}
        yield true | {"first": true["second"], "second": true["first"], "path": true["path"] + [1]}
        yield true | {"says": true["says"].upper()}


def test_spoilt_documents_are_refused_by_both_checkers():
    entries = [
        (one.claim.text, one.claim.head) for one in forged_documents(random.Random(SEED), 500, TRUE)
    ]
    heads = [(json.dumps(one), Tree(LEAVES).head().said) for one in spoilt_heads()]

    assert [one for one in entries + heads if stands_alone(*one)] == []
    assert [one for one in entries + heads if check(one[0], head=one[1])] == []
