"""Checks a proof from a Regard register, with nothing of Regard: `check_proof.py FILE [HEAD]`.

HEAD is the head printed on an issued paper, such as "131 · 83f8e3a5ce2a"; of a proof about two
heads, the later. Standard library alone; RFC 9162, sections 2.1.3.2 and 2.1.4.2.
Exit code 0: proven; 1: not. It says one sentence either way.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
from pathlib import Path
from typing import Any, NoReturn


def refuse(why: object) -> NoReturn:
    """End the check with the reason."""
    raise ValueError(f"{why}")


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different."""
    return dict(pairs) if len(dict(pairs)) == len(pairs) else refuse("a name stands twice")


def digest(start: bytes, *parts: bytes) -> bytes:
    """SHA-256 over a leaf (0) or a node (1)."""
    return hashlib.sha256(start + b"".join(parts)).digest()


def canonical(value: object) -> bytes:
    """Sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def hash_of(letters: str) -> bytes:
    """32 bytes from 64 small hexadecimal letters."""
    return bytes.fromhex(letters if re.fullmatch("[0-9a-f]{64}", letters) else refuse(letters))


def head_of(held: dict[str, Any]) -> tuple[int, bytes, str]:
    """Size, root, and both as a paper prints them."""
    size, root = held["size"], hash_of(held["root"])
    if type(size) is not int or not 1 <= size < 2**63:
        refuse(f"no register has {size} entries")
    return size, root, f"{size} · {root.hex()[:12]}"


def climb(start: bytes, here: int, last: int, path: list[bytes]) -> tuple[bytes, bytes]:
    """The roots that the path leads to: of what stands left of here, and of the whole."""
    earlier = later = start
    for beside in path:
        if last == 0:
            refuse("the path is too long")
        if here % 2 or here == last:
            earlier, later = digest(b"\1", beside, earlier), digest(b"\1", beside, later)
            while here and here % 2 == 0:
                here, last = here // 2, last // 2
        else:
            later = digest(b"\1", later, beside)
        here, last = here // 2, last // 2
    return (earlier, later) if last == 0 else refuse("the path is too short")


def entry(held: dict[str, Any], path: list[bytes]) -> tuple[str, tuple[int, bytes]]:
    """What a proof about one entry proves, and the head it stands under."""
    header, (size, root, said) = held["header"], head_of(held)
    place, words = header["seq"], "; its words are not given"
    if type(place) is not int or not 1 <= place <= size:
        refuse(f"there is no entry {place} among {size}")
    if climb(digest(b"\0", canonical(header)), place - 1, size - 1, path)[1] != root:
        refuse("the path does not lead from this entry to that root")
    if "words" in held or "salt" in held:
        words, salt = ", and the words given are its words", held["salt"]
        if not re.fullmatch("([0-9a-f]{2}){16,64}", salt):
            refuse("the salt is not 16 to 64 bytes in hexadecimal letters")
        if digest(bytes.fromhex(salt), canonical(held["words"])).hex() != header["body"]:
            refuse("the words are not those of the entry")
    return f"Entry {place} stands in the register with the head {said}{words}.", (size, root)


def heads(held: dict[str, Any], path: list[bytes]) -> tuple[str, tuple[int, bytes]]:
    """What a proof about two heads proves, and the later head."""
    (first, root1, said1), (size, root, said) = head_of(held["first"]), head_of(held["second"])
    start = path if first & (first - 1) else [root1, *path]
    here, last = first - 1, size - 1
    while here % 2:
        here, last = here // 2, last // 2
    same = first == size and not path and root1 == root
    grown = first < size and path and climb(start[0], here, last, start[1:]) == (root1, root)
    if not (same or grown):
        refuse("the path does not lead from the earlier root to the later")
    said = f"The register with the head {said} begins with all of the register with {said1}."
    return said, (size, root)


FORMS: dict[str, Any] = {"entry": (entry, 7, {"salt", "words"}), "heads": (heads, 6, set())}


def proven(text: str, printed: str | None = None) -> str:
    """The sentence that a document proves; a ValueError or another error where it proves none."""
    held = json.loads(text, object_pairs_hook=once_each, parse_float=refuse, parse_constant=refuse)
    path = [hash_of(one) for one in held["path"]]
    read, names, more = FORMS[held["proves"]]
    if held["form"] != "regard-proof/1" or len(held.keys() - more) != names:
        refuse("it is no document of the form regard-proof/1")
    said, (size, root) = read(held, path)
    if held["says"] != said:
        refuse("it does not say what its values prove")
    if printed is None:
        return f"{said} Compare the head with one printed on an issued paper."
    given = re.fullmatch(r"\s*([\d,]+)[\s·.:-]+([0-9a-f]{12,64})\s*", printed.lower())
    if not given or int(given[1].replace(",", "")) != size or not root.hex().startswith(given[2]):
        refuse(f"its head is {size} · {root.hex()[:12]}, not {printed}")
    return said


def main() -> int:
    """Check the file named on the command line."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        sys.stdout.write(proven(Path(sys.argv[1]).read_text("utf-8"), *sys.argv[2:3]) + "\n")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError) as reason:
        sys.stdout.write(f"Not proven: {type(reason).__name__}: {reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
