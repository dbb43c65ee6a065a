"""Forged proofs, and the test vectors of others, as lines of evidence."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

from bench.children import ROOT
from bench.figures import CLAIMS, Line, measured
from bench.register_proofs import FAULTS, FORGERIES, SEED, measure_forgeries
from regard.register.tree import verify_consistency, verify_inclusion

SMALL_FORGERIES = 1_000
NAMED = "REGARD_MERKLE_VECTORS"
BESIDE = ROOT.parent / "shared" / "data" / "merkle-vectors"
FAULT_NAMES = ("unmarked", "unmeasured", "unweighed", "headless")
"""The faults of `bench.register_proofs.FAULTS`, in their order, as claims name them."""


def lines(folder: Path, *, small: bool = False) -> list[Line]:
    """Forgeries against the verifier and against faulty ones, and the vectors where they are."""
    n = SMALL_FORGERIES if small else FORGERIES
    tried, accepted = measure_forgeries(n, SEED)
    found = [measured("register.forged", accepted, n=tried, seed=SEED, note="two verifiers agree")]
    for name, fault in zip(FAULT_NAMES, FAULTS, strict=True):
        tried, accepted = measure_forgeries(n, SEED, fault)
        found.append(
            measured(
                f"register.forged-control.{name}", accepted, n=tried, seed=SEED, note=fault.name
            )
        )
    return [*found, *_vectors()]


def _vectors() -> list[Line]:
    folder = Path(os.environ.get(NAMED, BESIDE))
    if not folder.is_dir():
        return [CLAIMS["register.vectors"]]
    held = [
        (kind, json.loads(file.read_text("utf-8")))
        for kind in ("inclusion", "consistency")
        for file in sorted((folder / kind).rglob("*.json"))
    ]
    wrong = [one["desc"] for kind, one in held if _classed(kind, one) is one["wantErr"]]
    return [
        measured(
            "register.vectors", len(held) - len(wrong), n=len(held),
            note=f"classed otherwise: {'; '.join(wrong) or 'none'}; both roots of that one have 12 "
            "bytes, and here a root has 32",
        )
    ]  # fmt: skip


def _classed(kind: str, held: dict[str, Any]) -> bool:
    def bytes_of(name: str) -> bytes:
        return base64.b64decode(held.get(name) or "")

    path = [base64.b64decode(one) for one in held["proof"] or ()]
    if kind == "inclusion":
        leaf, root = bytes_of("leafHash"), bytes_of("root")
        return verify_inclusion(leaf, held["leafIdx"], held["treeSize"], path, root)
    return verify_consistency(
        held["size1"], held["size2"], path, bytes_of("root1"), bytes_of("root2")
    )
