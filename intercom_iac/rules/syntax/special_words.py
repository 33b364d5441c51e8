"""Words that say something else to a person than the text they are spelled like, all in lower case."""

from __future__ import annotations

# Hyphens and underscores inside a word say nothing: `not-set` and `not_set` are `notset`.
ABSENT = frozenset(
    {
        *("null", "none", "nil", "nan", "void", "nothing", "missing", "absent", "empty", "blank"),
        *("unknown", "unset", "undefined", "undef", "unspecified", "nonexistent", "isnull", "isempty"),
        *("notset", "notknown", "notdefined", "notspecified", "notprovided", "notpresent"),
    }
)
PRESENT = frozenset(
    {
        *("known", "set", "present", "exists", "existing", "defined", "filled", "populated", "provided"),
        *("specified", "any", "anything", "something", "isset"),
        *("nonnull", "notnull", "nonempty", "notempty", "nonblank", "notblank"),
    }
)
TRUTHS = {"true": True, "false": False, "yes": True, "no": False}
# Days by their name, each as so many days from today.
DAYS = {"now": 0, "today": 0, "yesterday": -1, "tomorrow": 1}
# Behind `contains word` these begin what follows the test, and `word` is the text; a text like these is quoted there.
_CONNECTIVES = frozenset({"and", "or", "not", "is", "in", "on", "at", "no", "then", "followed"})
_BEGINNINGS = frozenset(
    {
        *(
            "count",
            "first",
            "last",
            "within",
            "during",
            "over",
            "between",
            "before",
            "after",
            "since",
            "until",
        ),
        *("more", "greater", "less", "fewer", "exactly", "once", "twice", "never"),
    }
)
_WITHOUT_JOINTS = str.maketrans("", "", "-_")


def presence(word: str) -> bool | None:
    """Whether a bare word asks for a value, True, or for none, False; None where it asks for neither."""
    plain = word.casefold().translate(_WITHOUT_JOINTS)
    return True if plain in PRESENT else False if plain in ABSENT else None


def needs_quotes(word: str) -> bool:
    """Whether a text stands in quotes, so that it is read as nothing else."""
    folded = word.casefold()
    return presence(word) is not None or folded in TRUTHS or folded in DAYS


def begins_other(word: str) -> bool:
    """Whether a bare word behind `contains word` is not the text that is looked for."""
    return word.casefold() in _CONNECTIVES | _BEGINNINGS
