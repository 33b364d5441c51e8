"""BACK78x: how many people a change of rules exchanges, counted among people in files or in a workspace."""

from __future__ import annotations

from ...registry import Code, Example
from .examples import segment

_LIMIT = "version: 1\nsafety: {max_audience_change_percent: 25}\n"
_PEOPLE = "".join(
    f'{{"type": "contact", "id": "{number}", "role": "user", "custom_attributes": {{"team_size": {size}}}}}\n'
    for number, size in enumerate((5, 20, 30, 40, 50, 60, 70, 80, 90, 100))
)


def _counting(rule: str) -> Example:
    """Ten people in a file, and a rule that was `team_size > 10`."""
    return Example(
        {
            "before/intercom-iac.yaml": "version: 1\n",
            "before/specs/example.yaml": f"version: 1\n{segment('name: Large teams')}",
            "intercom-iac.yaml": _LIMIT,
            "specs/example.yaml": f"version: 1\n{segment(f'name: Large teams, rule: {rule}')}",
            "people.ndjson": _PEOPLE,
        },
        "breaking --against-folder before --contacts people.ndjson",
    )


def _planning(rule: str) -> Example:
    """A workspace of twenty people, and a rule that was `company.size > 10`."""
    return Example(
        {
            "before/intercom-iac.yaml": "version: 1\n",
            "before/specs/example.yaml": f"version: 1\n{segment('name: Large, rule: company.size > 10')}",
            "intercom-iac.yaml": _LIMIT,
            "specs/example.yaml": f"version: 1\n{segment(f'name: Large, rule: {rule}')}",
        },
        "plan --against-folder before",
        before=("sandbox seed --people 20",),
    )


AUDIENCE_CHANGE = Code(
    "BACK782",
    "a change of rules exchanges more people than the project allows",
    "`safety.max_audience_change_percent` is the share of the people of a segment who may enter and leave it by one "
    "change of the specs. They are counted among the people of `breaking --contacts`, or by `plan --against` in the "
    "workspace. A single person may always, unless the limit is 0.",
    wrong=_counting("team_size > 50"),
    right=_counting("team_size > 20"),
)
AUDIENCE_CHANGE_UNKNOWN = Code(
    "BACK783",
    "a change of rules may exchange more people than the project allows",
    "Contact search does not know companies, events and some fields. Where a rule reads these, a plan has bounds in "
    "place of counts, and cannot say whether `safety.max_audience_change_percent` is kept.",
    wrong=_planning("company.size > 5"),
    right=_planning("company.size > 10"),
    severity="warning",
)
