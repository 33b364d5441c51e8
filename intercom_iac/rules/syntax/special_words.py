"""Words that say something else to a person than the text they are spelled like, all in lower case."""

from __future__ import annotations

import unicodedata

from intercom_iac.lazy_pattern import lazy_pattern

# Hyphens, underscores and dots inside a word say nothing: `not-set` and `not_set` are `notset`.
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
        *("specified", "given", "entered", "applicable", "any", "anything", "something", "isset"),
        *("nonnull", "notnull", "nonempty", "notempty", "nonblank", "notblank"),
    }
)
TRUTHS = {"true": True, "false": False, "yes": True, "no": False}
# Days by their name, each as so many days from today.
DAYS = {"now": 0, "today": 0, "yesterday": -1, "tomorrow": 1}
# The moment that is, here and in SQL: as a date it is today.
NOW = frozenset({"now", "current_date", "current_timestamp", "curdate", "getdate", "sysdate"})
# Behind `contains word` these begin what follows the test, and `word` is the text; a text like these is quoted there.
_CONNECTIVES = frozenset({"and", "or", "not", "is", "in", "on", "at", "no", "then", "followed"})
_BEGINNINGS = frozenset(
    {
        *("count", "first", "last", "within", "during", "over", "between", "before", "after", "since"),
        *("until", "more", "greater", "less", "fewer", "exactly", "once", "twice", "never"),
    }
)
# Words of time and of comparison, which as a text stand in quotes. Those that are a text as often (`expired`,
# `monday`, `high`) are left out.
TIMES = frozenset(
    {
        *("never", "ever", "always", "recently", "lately", "soon", "ago", "currently", "anytime", "sometime"),
        *("tonight", "since", "until", "before", "after", "within", "during", "older", "newer", "earlier"),
        *("later", "once", "twice", "first", "last", "next", "previous", "past", "future", "upcoming"),
        *("recent", "latest", "earliest", *(NOW - DAYS.keys())),
        *(
            f"{which}{unit}"
            for which in ("last", "this", "next")
            for unit in ("day", "week", "month", "year")
        ),
    }
)
COMPARISONS = frozenset(
    {
        *("greater", "less", "more", "fewer", "larger", "smaller", "bigger", "higher", "lower", "least"),
        *("most", "than", "between", "above", "below", "over", "under", "exactly", "equal", "equals"),
        *("contains", "like", "gt", "gte", "lt", "lte", "eq", "neq", "greaterthan", "lessthan", "morethan"),
    }
)
# `NA` is North America and Namibia as well: nothing is asked for by it.
ABBREVIATIONS = frozenset({"na"})
_WITHOUT_JOINTS = str.maketrans("", "", "-_.")
_DAY_AND_NUMBER = lazy_pattern(rf"(?:{'|'.join(DAYS)})[-_]?\d+")


def fold_word(word: str) -> str:
    """The word in lower case, letters of another width as the usual ones and without what nobody sees."""
    if word.isascii():
        return word.casefold()
    usual = unicodedata.normalize("NFKC", word)
    return "".join(letter for letter in usual if unicodedata.category(letter) != "Cf").casefold()


def presence(word: str) -> bool | None:
    """Whether a bare word asks for a value, True, or for none, False; None where it asks for neither."""
    plain = fold_word(word).translate(_WITHOUT_JOINTS)
    return True if plain in PRESENT else False if plain in ABSENT else None


def reading(word: str) -> str | None:
    """What a bare word reads as where a text is asked for, and is no form of rule there: a time, a comparison, or no
    value. None for a text, and for the words of the other tables."""
    folded = fold_word(word)
    plain = folded.translate(_WITHOUT_JOINTS)
    if folded in TIMES or plain in TIMES or _DAY_AND_NUMBER.fullmatch(folded):
        return "a time"
    if plain in COMPARISONS:
        return "a comparison"
    return "no value" if plain in ABBREVIATIONS else None


def needs_quotes(word: str) -> bool:
    """Whether a text stands in quotes, so that it is read as nothing else."""
    folded = fold_word(word)
    return presence(word) is not None or folded in TRUTHS or folded in DAYS or reading(word) is not None


def begins_other(word: str) -> bool:
    """Whether a bare word behind `contains word` is not the text that is looked for."""
    return word.casefold() in _CONNECTIVES | _BEGINNINGS
