"""SPEC18x: drift that the project file ignores."""

from __future__ import annotations

from ..registry import Code, Example

_SPEC = "version: 1\nattributes:\n  contact:\n    seats: {type: integer}\n"


def _ignoring(*addresses: str, more: str = "", run: str = "drift") -> Example:
    """A project that ignores drift at these addresses, and whose one attribute the workspace does not have."""
    entries = "".join(f"    - {{address: '{address}', reason: Known{more}}}\n" for address in addresses)
    project = f"version: 1\ndrift:\n  ignore:\n{entries}" if addresses else "version: 1\n"
    return Example({"intercom-iac.yaml": project, "specs/example.yaml": _SPEC}, run=run)


_USED = _ignoring("attribute.contact.seats")

IGNORED_TWICE = Code(
    "SPEC180",
    "drift that is ignored twice",
    "Each pattern stands in `drift.ignore` once: of two, nobody knows whose reason and day hold.",
    wrong=_ignoring("attribute.contact.seats", "attribute.contact.seats"),
    right=_USED,
)
IGNORES_EVERYTHING = Code(
    "SPEC181",
    "a pattern that ignores everything",
    "A pattern such as `*` or `segment.*` ignores whatever will ever drift there, also what nobody had in mind when "
    "it was written: `drift` would find nothing and seem to say that all is well.",
    wrong=_ignoring("*"),
    right=_USED,
    severity="warning",
)
IGNORE_EXPIRED = Code(
    "SPEC182",
    "ignored drift whose last day is over",
    "`until` is the last day on which the drift is ignored. It is still there, and reported again.",
    wrong=Example(
        {
            "intercom-iac.yaml": "version: 1\ndrift:\n  ignore:\n"
            "    - {address: attribute.contact.seats, reason: Known, until: 2024-01-31}\n"
            "    - {address: 'attribute.contact.s*', reason: Known}\n",
            "specs/example.yaml": _SPEC,
        },
        run="drift",
    ),
    right=_USED,
    severity="warning",
)
IGNORE_UNUSED = Code(
    "SPEC183",
    "ignored drift that is not there",
    "Nothing drifts at this address: it was mended, adopted, or the pattern is misspelt. An entry that stays would "
    "hide the next drift there.",
    wrong=_ignoring("attribute.contact.seats", "attribute.contact.saets"),
    right=_USED,
    severity="warning",
)
