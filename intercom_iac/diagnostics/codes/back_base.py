"""BACK78x: what hides the specs that others are compared with."""

from __future__ import annotations

from ..registry import Code, Example
from .back import between, contact

_SEATS = contact("seats: {type: integer}")
_MOVED = {"specs/example.yaml": f"version: 1\n{_SEATS}"}

NOT_COMPARABLE = Code(
    "BACK780",
    "the specs compared with cannot be read",
    "What cannot be read of the old specs would seem to be added, and what it lost would not be told at all, so "
    "nothing is compared: a mistake in the old specs or their project file, specs that are a submodule, a "
    "pointer of Git LFS or encrypted, a project that was in another folder. One that was moved says from where: "
    "`moved_from: old/folder` in the project file. Otherwise compare with a revision, or by `--against-folder` "
    "with a folder, that has them. The change that repairs old specs accepts this, like a breaking change, in "
    "the project file: `accept: [{address: specs, code: BACK780, reason: ..., expires: YYYY-MM-DD}]`. Then what "
    "can be read is compared, and the rest is told. Names that are spelled wrong (SPEC130, SPEC154) and characters "
    "that nobody sees (SPEC153) hide nothing in old specs, which are compared all the same.",
    wrong=between("attributes:\n  contact:\n    seats: {type: number}\n", _SEATS),
    right=between(_SEATS, _SEATS),
)
MOVED_ALREADY = Code(
    "BACK781",
    "a project that was moved is there already",
    "The revision has the project where it is now, so that `moved_from` is not asked. An entry that stays would be "
    "asked again where the project is moved another time.",
    wrong=Example(
        {"intercom-iac.yaml": "version: 1\nmoved_from: crm\n", **_MOVED},
        run="breaking --against HEAD",
        committed=("intercom-iac.yaml", "specs/example.yaml"),
    ),
    right=Example(
        {"intercom-iac.yaml": "version: 1\n", **_MOVED},
        run="breaking --against HEAD",
        committed=("intercom-iac.yaml", "specs/example.yaml"),
    ),
    severity="warning",
)
