"""What is asked of many occurrences, or of two events, in other words: `sum(order.total)`, `event a -> event b`."""

from __future__ import annotations

from .rewording import Found, Readings, Wording

_FUNCTIONS = {
    **dict.fromkeys(("sum", "total"), "sum"),
    **dict.fromkeys(("average", "avg", "mean"), "average"),
    **dict.fromkeys(("minimum", "min", "lowest", "smallest"), "minimum"),
    **dict.fromkeys(("maximum", "max", "highest", "largest"), "maximum"),
}
_FUNCTION = rf"(?P<function>{'|'.join(_FUNCTIONS)})"
_NAME = "(?:[\ue000-\uf8ff]|[\\w.-]+)"
_AMOUNT = (
    r"(?P<amount>(?:is\s+)?(?:[<>]=?|!?=|at\s+least|at\s+most|more\s+than|less\s+than|exactly)\s*\d[\d.]*)"
)
_DID = (
    r"(?:(?:users?|people|they|who)\s+)*(?:(?:has|have)\s+)?(?:(?:did|do|does|done|performed|triggered|completed|made)\s+)?"
    r"(?:(?:the|an?|custom)\s+)*(?:events?\s+)?"
)
_LATER = (
    r"(?:,?\s*(?:and\s+)?(?:then|later|afterwards|followed\s+by)(?:\s+(?:later|did|does|do))?"
    r"|\s*(?:->|→|=>|>>)|\s+before|,?\s+and\s+after\s+that)"
)


def _total(found: Found) -> Readings:
    function = _FUNCTIONS[found["function"].casefold()]
    return (f"event {found['event']} {function} of {found['key']} {found['amount']}{found['rest']}",)


def _since(found: Found) -> Readings:
    words = {
        ">": "more than",
        "<": "less than",
        ">=": "at least",
        "<=": "at most",
        "=": "exactly",
        "over": "more than",
    }
    amount = " ".join(found["amount"].casefold().split())
    which = found["which"].casefold() or "last"
    return (f"event {found['event']} {which} {words.get(amount, amount)} {found['n']} days ago",)


EVENT_FORMS = (
    Wording(
        ".",
        r"^(?:events?\s+)?(?P<event>[\w-]+)\.(?P<key>[\w-]+)(?P<rest>\s*(?:[=<>!]|\s(?:is|in|not|contains|starts|ends|between|at|more|less)\s).*)$",
        (r"event \g<event> where \g<key>\g<rest>",),
    ),
    Wording(
        "since",
        rf"^(?:(?:number\s+of\s+)?days|time)\s+since\s+(?:the\s+)?(?:(?P<which>first|last)\s+)?(?:event\s+)?(?P<event>{_NAME})\s*(?:is\s+)?"
        r"(?P<amount>[<>]=?|=|more\s+than|less\s+than|at\s+least|at\s+most|over|exactly)\s*(?P<n>\d+)(?:\s+days)?$",
        _since,
    ),
    Wording(
        "more than less",
        rf"^(?:(?:number\s+of\s+)?days|time)\s+since\s+(?:the\s+)?(?:(?P<which>first|last)\s+)?(?:event\s+)?(?P<event>{_NAME})\s+(?:is\s+)?"
        r"(?P<amount>more\s+than|less\s+than|at\s+least|at\s+most)\s+(?P<n>\d+)\s+days\s+ago$",
        _since,
    ),
    Wording(
        "event_name",
        rf"^event_?(?:name|type|key)\s*(?:=|is)\s*(?P<event>{_NAME})$",
        (r"event \g<event>",),
        certain=True,
    ),
    Wording(
        "event",
        rf"^event\s+where\s+(?:event_?|event\s+)?name\s*(?:=|is)\s*(?P<event>{_NAME})$",
        (r"event \g<event>",),
        certain=True,
    ),
    Wording(
        "after",
        rf"^{_DID}(?P<second>{_NAME})\s+after\s+(?:event|did|doing|performing)\s+(?P<first>{_NAME})(?P<rest>(?:\s+within\s+\d+\s+\w+)?)$",
        (r"event \g<first> then event \g<second>\g<rest>",),
    ),
    Wording(
        " ".join(_FUNCTIONS),
        rf"^{_FUNCTION}\s+of\s+(?:event\s+)?(?P<event>[\w-]+)\.(?P<key>[\w-]+)\s*{_AMOUNT}(?P<rest>.*)$",
        _total,
    ),
    Wording(
        " ".join(_FUNCTIONS),
        rf"^event\s+(?P<event>{_NAME})\s+(?:where\s+)?(?P<key>{_NAME})\s+{_FUNCTION}\s*{_AMOUNT}(?P<rest>.*)$",
        _total,
    ),
    Wording(
        " ".join(_FUNCTIONS),
        rf"^event\s+(?P<event>{_NAME})\s+where\s+(?:the\s+)?{_FUNCTION}\s+(?:of\s+)?(?P<key>{_NAME})\s*{_AMOUNT}(?P<rest>.*)$",
        _total,
    ),
    Wording(
        "(",
        rf"^{_FUNCTION}\s*\(\s*(?:event\s+)?(?P<event>[\w-]+)\.(?P<key>[\w-]+)\s*\)\s*{_AMOUNT}(?P<rest>.*)$",
        _total,
    ),
    Wording(
        "(",
        rf"^event\s+(?P<event>{_NAME})\s+{_FUNCTION}\s*\(\s*(?P<key>{_NAME})\s*\)\s*{_AMOUNT}(?P<rest>.*)$",
        _total,
    ),
    Wording(
        " ".join(_FUNCTIONS),
        rf"^event\s+(?P<event>{_NAME})\s+{_FUNCTION}\s+(?!of\b)(?P<key>{_NAME})\s+{_AMOUNT}(?P<rest>.*)$",
        _total,
    ),
    Wording(
        " ".join(_FUNCTIONS),
        rf"^(?:(?:the|aggregate|aggregated)\s+)*{_FUNCTION}\s+(?:of\s+)?(?P<key>{_NAME})\s+(?:of|in|for|on|over|across)\s+"
        rf"(?:the\s+)?(?:events?\s+)?(?P<event>{_NAME})\s+{_AMOUNT}(?P<rest>.*)$",
        _total,
    ),
    Wording(
        "time",
        rf"^(?:event\s+)?(?P<event>{_NAME})\s+(?:is\s+)?between\s+(?P<n>\d+)\s+(?:and|to)\s+(?P<m>\d+)"
        rf"\s+times(?P<rest>.*)$",
        (r"event \g<event> count between \g<n> and \g<m>\g<rest>",),
        certain=True,
    ),
    Wording(
        "day",
        rf"^{_DID}(?P<event>{_NAME})\s+on\s+(?P<amount>at\s+least\s+|at\s+most\s+|more\s+than\s+|less\s+than\s+|exactly\s+)?(?P<n>\d+)(?P<more>\s*\+|\s+or\s+more)?\s+"
        r"(?:(?:different|distinct|separate|unique)\s+)?days(?P<rest>.*)$",
        lambda found: (
            (f"event {found['event']} on at least {found['n']} days{found['rest']}",)
            if found["more"]
            else (f"event {found['event']} on {found['amount']}{found['n']} days{found['rest']}",)
            if found["amount"]
            else tuple(
                f"event {found['event']} on {amount} {found['n']} days{found['rest']}"
                for amount in ("at least", "exactly")
            )
        ),
    ),
    Wording(
        "then later followed before after -> → => >>",
        rf"^{_DID}(?P<first>{_NAME}){_LATER}\s+{_DID}(?P<second>{_NAME})"
        r"(?P<rest>(?:\s+within\s+\d+\s+\w+)?)$",
        (r"event \g<first> then event \g<second>\g<rest>",),
    ),
)
"""Rows whose events are called by their own names."""
