"""What `breaking` says of the release in the project file."""

from __future__ import annotations

from ...registry import Code, Example
from .examples import between, contact

_SEATS = contact("seats: {type: integer}")
_NONE = contact("")


def _release_example(old: str, new: str) -> Example:
    """An attribute is added between two releases."""
    example = between(_NONE, _SEATS, f"version: 1\nrelease: {new}\n")
    return Example(
        {**example.files, "before/intercom-iac.yaml": f"version: 1\nrelease: {old}\n"}, example.run
    )


BUMP_TOO_SMALL = Code(
    "BACK793",
    "the release is too small a step",
    "A breaking change asks for a new major version, accepted or not; an addition or a risky change for a minor "
    "one; any other for a patch. Before 1.0.0 a breaking change asks for a minor version and the rest for a "
    "patch. `release` stands in the project file.",
    wrong=_release_example("1.2.0", "1.2.1"),
    right=_release_example("1.2.0", "1.3.0"),
)
RELEASE_BACKWARDS = Code(
    "BACK794",
    "the release is lower than before",
    "Whoever orders releases by their numbers would take the older one for the newer.",
    wrong=_release_example("1.2.0", "1.1.0"),
    right=_release_example("1.2.0", "1.3.0"),
)
RELEASE_GONE = Code(
    "BACK798",
    "the project file no longer has a release",
    "Without it nobody would see that a step is too small. A project that is to have no releases any more takes the "
    "line out in a change of its own, which this error tells once.",
    wrong=Example(
        {**_release_example("1.2.0", "1.3.0").files, "intercom-iac.yaml": "version: 1\n"},
        "breaking --against-folder before",
    ),
    right=_release_example("1.2.0", "1.3.0"),
)
