"""Signs and frames of other languages around a clause: `WHERE`, `;`, `===`, `!x`."""

from __future__ import annotations

from .rewording import Wording

_PEOPLE = (
    r"(?:users?|people|persons?|contacts?|customers?|leads?|members?|profiles?|subscribers?"
    r"|everyone|anyone|those)"
)

FRAMES = (
    Wording("where", r"^(?:select\b.*?\s)?(?:from\s+\S+\s+)?where\s+", ("",), certain=True),
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
        "property attribute trait field",
        r"^(?:contact|user|person|custom)?\s*(?:propert(?:y|ies)|attribute|trait|field)\s*[:|]?\s+(?=\S+\s+\S)",
        ("",),
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
