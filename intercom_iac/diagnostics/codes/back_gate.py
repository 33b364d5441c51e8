"""BACK79x: what `breaking` says of acceptances, of the release, and of the revision compared with."""

from __future__ import annotations

from ..registry import Code, Example
from .back import between, contact

_SEATS = contact("seats: {type: integer}")
_NONE = contact("")
_WORKSPACES = "version: 1\ndefault_workspace: kept\nworkspaces: {}\n"
_FUTURE, _PAST = "2999-12-31", "2024-01-31"


def _accepting(expires: str = _FUTURE, *, code: str = "BACK701", address: str = "seats") -> str:
    return (
        "version: 1\n"
        "accept:\n"
        f"  - address: attribute.contact.{address}\n"
        f"    code: {code}\n"
        "    reason: nobody has filled it since 2023\n"
        f"    expires: {expires}\n"
    )


def _released(old: str, new: str) -> Example:
    """An attribute is added between two releases."""
    example = between(_NONE, _SEATS, f"version: 1\nrelease: {new}\n")
    return Example(
        {**example.files, "before/intercom-iac.yaml": f"version: 1\nrelease: {old}\n"}, example.run
    )


_ACCEPTED = between(_SEATS, _NONE, _accepting())

ACCEPTS_NOTHING = Code(
    "BACK790",
    "an acceptance that can accept nothing",
    "An entry of `accept` names the code of a breaking change, as `breaking` prints it, and is there once.",
    wrong=between(_SEATS, _SEATS, _accepting(code="BACK713")),
    right=_ACCEPTED,
)
ACCEPTANCE_EXPIRED = Code(
    "BACK791",
    "an acceptance has expired",
    "`expires` is the last day on which the change is accepted. The change is still there, and breaking again.",
    wrong=between(_SEATS, _NONE, _accepting(_PAST)),
    right=_ACCEPTED,
)
ACCEPTANCE_UNUSED = Code(
    "BACK792",
    "an acceptance that is not used",
    "There is no such change against this revision: it was merged, taken back, or the address is misspelt. An "
    "entry that stays would let the same change through unseen another time.",
    wrong=between(_SEATS, _SEATS, _accepting()),
    right=_ACCEPTED,
    severity="warning",
)
BUMP_TOO_SMALL = Code(
    "BACK793",
    "the release is too small a step",
    "A breaking change asks for a new major version, accepted or not; an addition or a risky change for a minor "
    "one; any other for a patch. Before 1.0.0 a breaking change asks for a minor version and the rest for a "
    "patch. `release` stands in the project file.",
    wrong=_released("1.2.0", "1.2.1"),
    right=_released("1.2.0", "1.3.0"),
)
RELEASE_BACKWARDS = Code(
    "BACK794",
    "the release is lower than before",
    "Whoever orders releases by their numbers would take the older one for the newer.",
    wrong=_released("1.2.0", "1.1.0"),
    right=_released("1.2.0", "1.3.0"),
)
RELEASE_GONE = Code(
    "BACK798",
    "the project file no longer has a release",
    "Without it nobody would see that a step is too small. A project that is to have no releases any more takes the "
    "line out in a change of its own, which this error tells once.",
    wrong=Example(
        {**_released("1.2.0", "1.3.0").files, "intercom-iac.yaml": "version: 1\n"},
        "breaking --against-folder before",
    ),
    right=_released("1.2.0", "1.3.0"),
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
PARTIAL = Code(
    "BACK795",
    "the specs compared with have mistakes",
    "That they cannot be read was accepted, as BACK780 of the project file. What could not be read of them is not "
    "compared, and what it declared seems to be added.",
    wrong=between(
        "attributes:\n  contact:\n    seats: {type: number}\n",
        _SEATS,
        _accepting(code="BACK780").replace("attribute.contact.seats", "specs"),
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
