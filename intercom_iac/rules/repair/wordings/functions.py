"""Calls of functions, as SQL and programs have them: `lower(email)`, `exists(email)`, `x.contains('y')`."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from .rewording import Found, Readings, Wording
from .times import days_from_field

_METHODS = {
    **dict.fromkeys(("contains", "includes", "include", "has", "icontains"), "contains"),
    **dict.fromkeys(("startswith", "beginswith"), "starts with"),
    "endswith": "ends with",
    **dict.fromkeys(("equals", "eq", "is"), "="),
    **dict.fromkeys(("notequals", "ne"), "!="),
}
_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ABSENCE = (
    r"(?:is_?null|is_?empty|is_?blank|is_?unset|is_?undefined|is_?missing|empty|blank|missing|not_?exists"
    r"|is_?na)"
)
_PRESENCE = (
    r"(?:is_?not_?null|not_?null|is_?not_?empty|not_?empty|is_?not_?blank|is_?present|present|is_?set|isset|exists?"
    r"|is_?defined|defined|is_?known|has|has_?value)"
)
_TODAY = (
    r"(?:now|today|current_date|current_timestamp|getdate|sysdate|curdate|getutcdate|utcnow|localtimestamp"
    r"|date\.now|current_time|systimestamp)"
)


def _method(found: Found) -> Readings:
    name = found["method"].replace("_", "").casefold()
    operator = _METHODS.get(name)
    field = found["field"]
    if operator is None:
        return ()
    return (f"{field} {operator} {found['v']}",)


def _call(found: Found) -> Readings:
    operator = _METHODS.get(found["method"].replace("_", "").casefold())
    return () if operator is None else (f"{found['f']} {operator} {found['v']}",)


def _position(found: Found) -> Readings:
    """Where a text begins in a field, compared with the first place or with none."""
    found_at_all = (found["s"], found["n"]) in ((">", "0"), (">=", "1"), ("!=", "0"))
    nowhere = (found["s"], found["n"]) == ("=", "0")
    starts = (found["s"], found["n"]) == ("=", "1")
    field = found["f"] or found["g"] or found["h"]
    text = found["v"] or found["w"] or found["x"]
    operator = "contains" if found_at_all else "not contains" if nowhere else "starts with" if starts else ""
    return (f"{field} {operator} {text}",) if operator else ()


def _side(found: Found) -> Readings:
    """The first or the last letters of a field, compared with as many."""
    side, sign = found["side"].casefold(), found["s"]
    if len(found.content(found["v"]) or "") != int(found["n"]) or sign not in ("=", "!="):
        return ()
    if (side in ("left", "right")) == bool(found["from"]):
        return ()
    operator = "ends with" if side == "right" else "starts with"
    return (f"{found['f']} {'not ' if sign == '!=' else ''}{operator} {found['v']}",)


def _difference(found: Found, later: str, earlier: str) -> Readings:
    """The days between two fields, compared with a number."""
    if found["s"] == "!=" or found["n"].startswith("-"):
        return ()
    return days_from_field(later, found["s"], f"{found['n']} days", earlier, before=False)


def _with_default(found: Found) -> Readings:
    """A comparison that holds for those without a value just if it does for the default."""
    default, value = (found.content(found[group]) for group in ("v", "w"))
    if (default is None) != (value is None):
        return ()
    test = f"{found['f']} {found['s']} {found['w']}"
    if default is None or value is None:
        sides = Decimal(found["v"]), Decimal(found["w"])
        holds = _HOLDS[found["s"]](*sides)
    elif found["s"] in ("=", "!="):
        holds = _HOLDS[found["s"]](default.casefold(), value.casefold())
    else:
        return ()
    # `!=` alone holds for those without a value.
    if holds == (found["s"] == "!="):
        return (test,)
    return (f"{test} or {found['f']} is unknown",) if holds else (f"{test} and {found['f']} has any value",)


FUNCTIONS = (
    Wording(
        "now today current getdate sysdate curdate getutcdate utcnow localtimestamp systimestamp",
        rf"\b(?:{_TODAY}\s*\(\s*\)|(?:current_date|current_timestamp|sysdate|localtimestamp)\b|now\b(?!\s*\())",
        ("today",),
        certain=True,
    ),
    Wording(
        "all",
        r"^{F}\s*!=\s*all\s*\(\s*(?:array)?\s*[\[(](?P<l>[^()\[\]]*)[\])]\s*\)",
        (r"\g<f> not in (\g<l>)",),
        certain=True,
    ),
    Wording("any", r"\bany\s*\(\s*(?:array)?\s*\[(?P<l>[^\[\]]*)\]\s*\)", (r"(\g<l>)",), certain=True),
    Wording(
        "coalesce ifnull nvl",
        r"\b(?:coalesce|ifnull|nvl)\s*\(\s*{F}\s*,\s*(?P<v>[\ue000-\uefff])\s*\)\s*(?P<s>!?=)\s*(?P=v)",
        lambda found: (
            ()
            if found.content(found["v"])
            else (f"{found['f']} {'is unknown' if found['s'] == '=' else 'has any value'}",)
        ),
    ),
    Wording(
        "coalesce ifnull nvl isnull",
        r"\b(?:coalesce|ifnull|nvl|isnull)\s*\(\s*{F}\s*,\s*(?P<v>[\ue000-\uefff]|-?\d+(?:\.\d+)?)\s*\)\s*{S}"
        r"\s*(?P<w>[\ue000-\uefff]|-?\d+(?:\.\d+)?)$",
        _with_default,
        certain=True,
    ),
    Wording(
        "datediff date_diff",
        r"^date_?diff\s*\(\s*(?:[\ue000-\uefff]|days?)\s*,\s*(?P<f>[\w.]+)\s*,\s*(?P<g>(?!today\b)[\w.]+)\s*\)\s*{S}\s*{N}$",
        lambda found: _difference(found, found["g"], found["f"]),
    ),
    Wording(
        "datediff date_diff",
        r"^date_?diff\s*\(\s*(?P<f>(?!days?\b|today\b)[\w.]+)\s*,\s*(?P<g>(?!today\b)[\w.]+)\s*(?:,\s*(?:[\ue000-\uefff]|days?)\s*)?\)"
        r"\s*{S}\s*{N}$",
        lambda found: _difference(found, found["f"], found["g"]),
    ),
    Wording(
        "-",
        r"^\(?(?P<f>[a-z_][\w.]*)\s+-\s+(?P<g>[a-z_][\w.]*)\)?\s*{S}\s*{N}(?: days?)?$",
        lambda found: _difference(found, found["f"], found["g"]),
    ),
    Wording(
        "since",
        r"^(?:number\s+of\s+)?days\s+since\s+(?:the\s+)?(?P<f>[\w.]+)\s*(?:is\s+)?(?P<amount>[<>]=?|=|more\s+than|less\s+than|at\s+least|at\s+most|exactly)"
        r"\s*{N}(?: days?)?$",
        (r"\g<f> \g<amount> \g<n> days ago", r"days since \g<f> \g<amount> \g<n> days"),
    ),
    Wording("date(", r"\b(?:to_?)?date\s*\(\s*(?=today)today\s*\)", ("today",), certain=True),
    Wording(
        "lower upper trim lcase ucase casefold initcap coalesce ifnull nvl",
        r"\b(?:lower|upper|[lr]?trim|lcase|ucase|casefold|to_?lower|to_?upper|initcap)\s*\(\s*{F}\s*\)",
        (r"\g<f>",),
    ),
    Wording(
        "lower upper trim",
        r"(?P<f>[\w.-]+)\.(?:to_?)?(?:lower|upper)(?:case)?\(\s*\)|(?P<g>[\w.-]+)\.trim\(\s*\)",
        (r"\g<f>\g<g>",),
    ),
    Wording(
        "date trunc timestamp day",
        r"\b(?:date|to_?date|trunc|timestamp|to_?timestamp|day|date_trunc\s*\(\s*(?P<unit>[\ue000-\uefff])"
        r"\s*,)\s*\(?\s*{F}\s*\)",
        lambda found: () if found["unit"] and found.content(found["unit"]) != "day" else (found["f"],),
    ),
    Wording(
        "strpos instr charindex position locate",
        r"^(?:(?:strpos|instr)\s*\(\s*{F}\s*,\s*{V}|(?:charindex|locate)\s*\(\s*(?P<w>[\ue000-\uefff])\s*,\s*(?P<g>[\w.]+)"
        r"|position\s*\(\s*(?P<x>[\ue000-\uefff])\s+in\s+(?P<h>[\w.]+))\s*\)\s*(?P<s>>|>=|=|!=)\s*(?P<n>[01])$",
        _position,
    ),
    Wording(
        "left right substr",
        r"^(?P<side>left|right|substr(?:ing)?)\s*\(\s*{F}\s*,\s*(?P<from>1\s*,\s*)?(?P<n>\d+)\s*\)\s*{S}\s*(?P<v>[\ue000-\uefff])$",
        _side,
    ),
    Wording(
        "regexp_like regexp_contains regexp_matches",
        r"^(?:regexp_?(?:like|contains|matches|match))\s*\(\s*{F}\s*,\s*(?:r(?=[\ue000-\uefff]))?{V}\s*\)$",
        (r"\g<f> matches \g<v>",),
    ),
    Wording(
        "len",
        r"^(?:char_?)?len(?:gth)?\s*\(\s*{F}\s*\)\s*(?P<s>>|=|!=)\s*0$",
        lambda found: (f"{found['f']} {'is unknown' if found['s'] == '=' else 'has any value'}",),
    ),
    Wording(
        "year",
        r"^(?:year\s*\(\s*|extract\s*\(\s*year\s+from\s+)(?P<f>[\w.]+)\s*\)\s*=\s*(?P<y>(?:19|20)\d\d)$",
        (r"\g<f> between \g<y>-01-01 and \g<y>-12-31",),
    ),
    Wording(
        "number string boolean datetime int float str",
        r"^(?:number|string|boolean|datetime|int|float|str|bool|date)\s*\(\s*(?P<v>[\ue000-\uefff]|[\w.]+)\s*\)(?=\s*[=<>!])",
        lambda found: (found.content(found["v"]) or found["v"],),
    ),
    Wording(
        "in",
        r"^(?P<v>[\ue000-\uefff])\s+(?P<not>not\s+)?in\s+(?P<f>[\w.]+)$",
        lambda found: (f"{found['f']} {'not ' if found['not'] else ''}contains {found['v']}",),
    ),
    Wording("cast", r"\b(?:try_)?cast\s*\(\s*{F}\s+as\s+\w+\s*\)", (r"\g<f>",)),
    Wording(
        "date timestamp",
        r"\b(?:date|timestamp|datetime|to_?date|parse_?date|to_?timestamp)\s*\(?\s*(?P<v>[\ue000-\uefff])"
        r"(?:\s*,\s*[\ue000-\uefff])?(?:\s*\)|(?=\s|$))",
        lambda found: (found.content(found["v"]) or "",),
    ),
    Wording(
        "datediff days_since dayssince date_diff age days_between",
        r"\b(?:date_?diff\s*\(\s*(?:(?:[\ue000-\uefff]|day|days)\s*,\s*)?(?:{F}\s*,\s*today|today"
        r"\s*,\s*(?P<g>[\w.-]+))|"
        r"(?:days_?since|age|days_?between)\s*\(\s*(?P<h>[\w.-]+)(?:\s*,\s*today)?)\s*\)\s*{S}\s*{N}(?:\s*days?)?$",
        (r"\g<f>\g<g>\g<h> \g<s> \g<n> days ago",),
    ),
    Wording(
        "null empty blank unset undefined missing exist na",
        rf"\b(?<!\.){_ABSENCE}\s*\(\s*{{F}}\s*\)",
        (r"\g<f> is unknown",),
        certain=True,
    ),
    Wording(
        "null empty blank present set exist defined known has",
        rf"\b(?<!\.){_PRESENCE}\s*\(\s*{{F}}\s*\)",
        (r"\g<f> has any value",),
        certain=True,
    ),
    Wording(
        "null empty blank unset undefined missing exist",
        rf"(?P<f>[\w-]+(?:\.[\w-]+)*)\.{_ABSENCE}\s*\(\s*\)",
        (r"\g<f> is unknown",),
        certain=True,
    ),
    Wording(
        "null empty blank present set exist defined known has",
        rf"(?P<f>[\w-]+(?:\.[\w-]+)*)\.{_PRESENCE}\s*\(\s*\)",
        (r"\g<f> has any value",),
        certain=True,
    ),
    Wording(
        "match search regex",
        r"(?P<f>[\uf000-\uf8ff]|[\w-]+(?:\.[\w-]+)*)\.(?:match(?:es)?|search|test)\s*\(\s*{V}\s*\)",
        (r"\g<f> matches \g<v>",),
    ),
    Wording(
        "(",
        r"(?P<field>[\uf000-\uf8ff]|[\w-]+(?:\.[\w-]+)*)\.(?P<method>[A-Za-z_]+)\s*\(\s*{V}\s*\)",
        _method,
        certain=True,
    ),
    Wording("(", r"\b(?P<method>[A-Za-z_]+)\s*\(\s*{F}\s*,\s*{V}\s*\)", _call, certain=True),
    Wording("in(", r"\bin\s*\(\s*{F}\s*,\s*(?P<l>[^()]+)\)", (r"\g<f> in (\g<l>)",)),
    Wording("between", r"\bbetween\s*\(\s*{F}\s*,\s*{V}\s*,\s*{W}\s*\)", (r"\g<f> between \g<v> and \g<w>",)),
    Wording(
        "count sum number",
        r"\b(?:count|number)\s*\(\s*(?:distinct\s+)?(?:events?\s*[\s.:]\s*)?(?P<e>[^()]+?)\s*\)\s*{S}\s*{N}",
        (r"event \g<e> count \g<s> \g<n>",),
    ),
    Wording(
        "event tag segment did performed has done",
        r"\b(?P<k>event|tag|segment|did|performed|has_?event|has_?tag|has_?done|in_?segment|did_?event)s?"
        r"\s*\(\s*(?P<e>[^()]+?)\s*\)",
        lambda found: (
            f"{'tag' if 'tag' in found['k'].lower() else 'segment' if 'segment' in found['k'].lower() else 'event'}"
            f" {found['e']}",
        ),
    ),
)
