"""Typed rule -> a formula of z3, with what the world guarantees, and what z3 finds.

z3 comes with the extra `prove`.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .assignment import Assignment, OccurrenceGroup, Subject
    from .logic import Logic
    from .solving import (
        STEPS,
        Refuted,
        Undecided,
        find_assignment,
        find_last_day,
        satisfiable_rules,
    )

__all__ = [
    "STEPS",
    "Assignment",
    "Logic",
    "OccurrenceGroup",
    "Refuted",
    "Subject",
    "Undecided",
    "find_assignment",
    "find_last_day",
    "satisfiable_rules",
]

__getattr__ = lazy_names(
    __name__,
    {
        "assignment": ["Assignment", "OccurrenceGroup", "Subject"],
        "logic": ["Logic"],
        "solving": [
            "STEPS",
            "Refuted",
            "Undecided",
            "find_assignment",
            "find_last_day",
            "satisfiable_rules",
        ],
    },
)
