"""What `breaking` says of the revision that the specs are compared with."""

from __future__ import annotations

from ...registry import Code, Example
from .examples import accepting, between, contact

_SEATS = contact("seats: {type: integer}")
_NONE = contact("")
_MOVED = {"specs/example.yaml": f"version: 1\n{_SEATS}"}
_WORKSPACES = "version: 1\ndefault_workspace: kept\nworkspaces: {}\n"

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
PARTIAL = Code(
    "BACK795",
    "the specs compared with have mistakes",
    "That they cannot be read was accepted, as BACK780 of the project file. What could not be read of them is not "
    "compared, and what it declared seems to be added.",
    wrong=between(
        "attributes:\n  contact:\n    seats: {type: number}\n",
        _SEATS,
        accepting(code="BACK780").replace("attribute.contact.seats", "specs"),
    ),
    right=between(_SEATS, _SEATS),
    severity="warning",
)
NOT_THERE_YET = Code(
    "BACK796",
    "there was no project at that revision",
    "The project file does not stand there, nor does another one that is gone now, so that everything is new. Where "
    "the project was in another repository, compare with a copy of it: `--against-folder`.",
    wrong=Example(
        {"README.md": "", "intercom-iac.yaml": "version: 1\n", "specs/example.yaml": f"version: 1\n{_SEATS}"},
        run="breaking --against HEAD",
        committed=("README.md",),
    ),
    right=between(_SEATS, _SEATS),
    severity="info",
)
COUNTED = Code(
    "BACK797",
    "how the specs differ from a revision",
    "A plan that was made with `--against` counts the changes of each level and tells those that are breaking or "
    "risky; `breaking` tells them all.",
    wrong=between(_NONE, _SEATS, run="plan --against-folder before"),
    right=between(_NONE, _SEATS, run="plan"),
    severity="info",
)
WORKSPACE_GONE = Code(
    "BACK799",
    "a workspace is no longer in the project",
    "Plans are not made for it any more, and Intercom keeps what it has. What was declared for no other workspace "
    "is compared with what is declared for any now, so that an entry which only it had is not lost unseen. A "
    "workspace with another name but the same `app_id`, `sandbox` or `base_url` is still there.",
    wrong=Example(
        {
            "before/intercom-iac.yaml": _WORKSPACES.format(
                "{old: {sandbox: old.db}, kept: {sandbox: kept.db}}"
            ),
            "before/specs/example.yaml": "version: 1\n",
            "intercom-iac.yaml": _WORKSPACES.format("{kept: {sandbox: kept.db}}"),
            "specs/example.yaml": "version: 1\n",
        },
        "breaking --against-folder before",
    ),
    right=between(_SEATS, _SEATS),
    severity="warning",
)
