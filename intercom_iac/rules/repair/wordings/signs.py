"""Signs and frames of other languages around a clause: `WHERE`, `;`, `===`, `!x`."""

from __future__ import annotations

import re

from .rewording import Found, Readings, Wording

_PEOPLE = (
    r"(?:users?|people|persons?|contacts?|customers?|leads?|members?|profiles?|subscribers?"
    r"|everyone|anyone|those)"
)

_OF_WHAT = (
    r"(?:contact|user|person|people|customer|profile|custom|computed|calculated|sql|standard|default|data|event"
    r"|company|account|audience|the|a|an|with|has|have)"
)


def _name_in_brackets(found: Found) -> Readings:
    name = found.content(found["v"]) or ""
    return (name,) if re.fullmatch(r"\$?[\w.-]+", name) else ()


FRAMES = (
    Wording(
        "{{ {% [[",
        r"(?:\{\{|\{%|\[\[)\s*(?:if\s+|unless\s+)?(?P<name>[\w.]+)\s*(?:\|[^{}]*)?(?:\}\}|%\}|\]\])",
        (r"\g<name>",),
    ),
    Wording("[", r"(?<![\w\ue000-\uf8ff])\w+\s*\[\s*(?P<v>[\ue000-\uefff])\s*\]", _name_in_brackets),
    Wording("[", r"^\[(?P<name>\w+)\]", (r"\g<name>",)),
    Wording("$", r"^\$(?=[^\W\d])", ("",)),
    Wording(
        "also but else additionally furthermore just only please moreover",
        r"^(?:(?:also|else|but|additionally|furthermore|moreover|just|only|please)\s+)+(?=\S)",
        ("",),
    ),
    Wording("where", r"^(?:select\b.*?\s)?(?:from\s+\S+\s+)?where\s+", ("",), certain=True),
    Wording(
        "order limit group", r"\s+(?:order\s+by|group\s+by|limit)\s+[\w.]+(?:\s+(?:asc|desc))?;?$", ("",)
    ),
    Wording(";", r"\s*;+$", ("",), certain=True),
    Wording("? , . !", r"\s*[?,!]+$|(?<=[^\W\d])\.+$", ("",)),
    Wording(
        "who whose that with where having",
        rf"^(?:all\s+|any\s+|every\s+|only\s+)?{_PEOPLE}\s+(?:whose|who|that|where|with|having"
        rf"|for\s+whom)\s+(?:the\s+)?",
        ("",),
    ),
    Wording(
        "who whose having filter if when",
        r"^(?:whose|who|having|filter(?:ed)?\s+(?:by|on)|if|when)\s+",
        ("",),
    ),
    Wording(
        "property properties attribute trait field",
        rf"^(?:{_OF_WHAT}\s+)*(?:propert(?:y|ies)|attribute|trait|field)\s*[:|]?\s+(?=\S+\s+\S)",
        ("",),
    ),
    Wording(
        "timestamp date datetime number numeric string text boolean integer float value",
        r"(?<=\s)is\s+(?:an?\s+|the\s+)?(?:timestamp|date|datetime|number|numeric|string|text|boolean|integer"
        r"|float|value)\s+(?!value\b)(?=\S)",
        ("is ",),
    ),
    Wording("either both", r"^(?:either|both)\s+(?=\S+\s)", ("",)),
    Wording("neither", r"^neither\s+(?=\S+\s)", ("not ",)),
    Wording("is", r"(?<=\s)is\s+(?=[<>=!])", ("",)),
)

_ROLES = {"user": "user", "users": "user", "lead": "lead", "leads": "lead"}


def _role(found: Found) -> Readings:
    sign = "!=" if found["not"] else "="
    return (f"role {sign} {_ROLES[found['role'].casefold()]}",)


ROLES = (
    Wording(
        "user lead",
        r"^(?:(?:all|any|every|each|the|only|just|is|are|was|were)\s+)*(?P<not>(?:not|no|non-|isn['’]?t)\s*)?(?:an?\s+|the\s+)?"
        r"(?P<role>users?|leads?)$",
        _role,
    ),
    Wording(
        "everyone everybody anyone all every any",
        r"^(?:everyone|everybody|anyone|anybody|all|(?:all|every|any)\s+(?:contacts?|people|persons?|customers?))$",
        ("role in (user, lead)",),
        note="these are all contacts",
    ),
)

SIGNS = (
    Wording("= <> ≠", r"!==|=!=|<>|≠", ("!=",), certain=True),
    Wording("==", r"={2,}", ("=",), certain=True),
    Wording("=>", r"=>", (">=",), certain=True),
    Wording("=<", r"=<", ("<=",), certain=True),
    Wording("≤", "≤", ("<=",), certain=True),
    Wording("≥", "≥", (">=",), certain=True),
    Wording("&&", r"\s*&&\s*", (" and ",), certain=True),
    Wording("||", r"\s*\|\|\s*", (" or ",), certain=True),
    Wording("!", r"(?:^|(?<=[\s(]))!\s*(?=[\w(\uf000-\uf8ff])", ("not ",), certain=True),
    Wording("::", r"::\s*\w+", ("",)),
    Wording(":", r"^{F}\s*:=?\s*(?=\S)", (r"\g<f> = ",)),
)
