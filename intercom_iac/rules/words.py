"""Words that say something else to a person than the text they are spelled like, all in lower case."""

from __future__ import annotations

ABSENT = frozenset(
    {
        *("null", "none", "nil", "nan", "unset", "undefined", "undef", "not-set", "not-known", "not-defined"),
        *("unknown", "missing", "absent", "empty", "blank", "nothing", "non-existent"),
    }
)
PRESENT = frozenset(
    {
        *(
            "known",
            "set",
            "present",
            "exists",
            "existing",
            "defined",
            "filled",
            "any",
            "anything",
            "something",
        ),
        *("nonnull", "non-null", "notnull", "not-null", "nonempty", "non-empty", "not-empty"),
    }
)
TRUTHS = {"true": True, "false": False, "yes": True, "no": False}
# Days by their name, each as so many days from today.
DAYS = {"now": 0, "today": 0, "yesterday": -1, "tomorrow": 1}
# Texts that stand in quotes, so that they are read as nothing else.
NEVER_BARE = ABSENT | PRESENT | TRUTHS.keys() | DAYS.keys()
