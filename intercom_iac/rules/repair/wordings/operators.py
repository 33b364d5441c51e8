"""Operators of other languages between a field and its value: `LIKE`, `begins with`, `5 < x`, `has tag`."""

from __future__ import annotations

import re

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.predicate import mirrored

from ...print.text import stands_bare
from .rewording import Found, Readings, Rewriter, Wording

_NEGATED = r"(?:(?:does|do|did|is|are|was|has|have)\s*(?:not|n['’]?t?)|not|never)"
_TO_THE_END = r"(?P<v>[\ue000-\uefff]|[^\s(),]+)$"
_ITEM = r"(?:[\ue000-\uefff]|[^\s,;|/()\[\]]+)"
_AMOUNTS = r"(?:more\s+than|less\s+than|fewer\s+than|greater\s+than|at\s+least|at\s+most|exactly|[<>=]=?)"
_LIKE_SIGNS = r"[%_\\\[]"
_META = lazy_pattern(r"[.*+?^$()\[\]{}|\\]")
_SEPARATORS = lazy_pattern(r"\s*(?:[,;|/]|\bor\b|\band\b)\s*", re.IGNORECASE)


def _content(found: Found, group: str) -> str:
    content = found.content(found[group])
    return found[group] if content is None else content


def _negation(found: Found) -> str:
    return "not " if found["not"] else ""


def _like(found: Found) -> Readings:
    """A pattern of SQL, whose `%` stand for any text; nothing where one stands inside, or a sign for any letter."""
    pattern, field, negation = _content(found, "v"), found["f"], _negation(found)
    if found["glob"]:
        # There `*` stands for any text, and `%` for itself.
        pattern = pattern.translate({ord("%"): "?", ord("*"): "%"})
    signs = r"[%?\[\\]" if found["glob"] else r"[%_\\|*+?{}()\[\]]" if found["similar"] else _LIKE_SIGNS
    asked = _like_pattern(pattern, signs)
    if asked is None:
        return ()
    operator, part = asked
    text = part if stands_bare(part) else found.text(part)
    if operator == "=":
        sign = "!=" if negation else "="
        return (f"{field} {negation}contains {text}", f"{field} {sign} {text}")
    return (f"{field} {negation}{operator} {text}",)


def _like_pattern(pattern: str, signs: str) -> tuple[str, str] | None:
    """The operator and the text of a pattern with `%` for any text; None where a sign is left in it."""
    part = pattern.strip("%")
    if not part or re.search(signs, part):
        return None
    before, behind = pattern.startswith("%"), pattern.endswith("%")
    if before and behind:
        return "contains", part
    return ("starts with" if behind else "ends with" if before else "="), part


def _regex(found: Found) -> Readings:
    """A regular expression that asks for plain texts at the start, at the end or anywhere."""
    negated = bool(found["not"] or found["bang"])
    pattern = _content(found, "v")
    if slashed := re.fullmatch(r"/(.*)/[a-z]*", pattern):
        pattern = slashed[1]
    if group := re.fullmatch(r"(\^?)\((?:\?:)?([^()]*)\)(\$?)", pattern):
        alternatives = [f"{group[1]}{part}{group[3]}" for part in group[2].split("|")]
    else:
        alternatives = pattern.split("|")
    asked = [_plain_pattern(alternative) for alternative in alternatives]
    if len(asked) == 1 and asked[0] is not None:
        operator, text = asked[0]
        return (f"{found['f']} {_NEGATIONS_OF[operator] if negated else operator} {found.text(text)}",)
    tests = [f"{found['f']} {one[0]} {found.text(one[1])}" for one in asked if one is not None]
    if len(tests) != len(asked):
        return ()
    chain = " or ".join(tests)
    return (f"not ({chain})" if negated else chain,)


_NEGATIONS_OF = {
    "=": "!=",
    "starts with": "not starts with",
    "ends with": "not ends with",
    "contains": "not contains",
}


def _plain_pattern(pattern: str) -> tuple[str, str] | None:
    """The operator and the text of a regular expression that is nothing but a text; None for any other."""
    starts, ends = pattern.startswith("^"), pattern.endswith("$") and not pattern.endswith("\\$")
    part = pattern.removeprefix("^").removesuffix("$") if ends else pattern.removeprefix("^")
    anywhere_before, anywhere_behind = part.startswith(".*"), part.endswith(".*")
    part = part.removeprefix(".*").removesuffix(".*")
    starts, ends = starts and not anywhere_before, ends and not anywhere_behind
    if not part or _META.search(re.sub(r"\\[.\-@/+_]", "", part)):
        return None
    text = re.sub(r"\\([.\-@/+_])", r"\1", part)
    return (
        "=" if starts and ends else "starts with" if starts else "ends with" if ends else "contains"
    ), text


def _values(text: str) -> list[str]:
    return [value for value in _SEPARATORS.split(text.strip()) if value]


def _written(found: Found, value: str) -> str:
    """A value, in quotes where it stands in none and needs them."""
    return value if found.content(value) is not None or stands_bare(value) else found.text(value)


def _like_any(found: Found) -> Readings:
    """Several patterns of SQL, of which one fits."""
    values = _values(found["l"])
    asked = [_like_pattern(_content_of(found, value), _LIKE_SIGNS) for value in values]
    tests = [f"{found['f']} {one[0]} {_written(found, one[1])}" for one in asked if one is not None]
    if not tests or len(tests) != len(values):
        return ()
    chain = " or ".join(tests)
    return (f"not ({chain})" if found["not"] else chain,)


def _content_of(found: Found, value: str) -> str:
    content = found.content(value)
    return value if content is None else content


def _list_values(found: Found) -> Readings:
    """A test for one of several values that stand without parentheses, or in others."""
    values = _values(found["l"])
    if not values:
        return ()
    return (f"{found['f']} {_negation(found)}in ({', '.join(values)})",)


def _list_excluded_values(found: Found) -> Readings:
    values = [value for value in re.split(r"\s*(?:[,;|/]|\bn?or\b|\band\b)\s*", found["l"]) if value]
    return (f"{found['f']} not in ({', '.join(values)})",)


def _part_of_each(word: str) -> Rewriter:
    def readings(found: Found) -> Readings:
        operator = " ".join(found["op"].casefold().split())
        tests = [f"{found['f']} {operator} {_written(found, value)}" for value in _values(found["l"])]
        chain = f" {word} ".join(tests)
        if found["not"]:
            return (f"not ({chain})",)
        return (chain,) if tests else ()

    return readings


_any_part, _every_part = _part_of_each("or"), _part_of_each("and")


def _turn_around(found: Found) -> Readings:
    return (f"{found['f']} {mirrored(found['s'])} {found['v']}",)


def _turn_both_around(found: Found) -> Readings:
    return (_both_bounds(found["f"], (mirrored(found["s"]), found["v"]), (found["t"], found["w"])),)


def _join_bounds(found: Found) -> Readings:
    return (_both_bounds(found["f"], (found["s"], found["n"]), (found["t"], found["m"])),)


def _both_bounds(field: str, first: tuple[str, str], last: tuple[str, str]) -> str:
    """Two comparisons of one field; of a company's they are asked of the same one."""
    bounds = {first[0]: first[1], last[0]: last[1]}
    if bounds.keys() == {">=", "<="}:
        return f"{field} between {bounds['>=']} and {bounds['<=']}"
    name = re.sub("^company[.]", "", field, flags=re.IGNORECASE)
    tests = f"{name} {' '.join(first)} and {name} {' '.join(last)}"
    return tests if name == field else f"company({tests})"


def _tags(found: Found) -> Readings:
    tags = _values(found["l"])
    chain = " or ".join(f"tag {tag}" for tag in tags)
    negated = found["not"] or (found["s"] or "").strip() in ("!=", "<>")
    of_company = "company " if found["company"] else ""
    chain = chain.replace("tag ", f"{of_company}tag ")
    if not tags:
        return ()
    return (f"not ({chain})" if negated and len(tags) > 1 else f"not {chain}" if negated else chain,)


def _joined_name(found: Found) -> Readings:
    """What is done, and whether it is, as the name of a boolean."""
    negated = bool(found["not"]) != bool(found["open"]) if "open" in found else bool(found["not"])
    written = found["b"].casefold()
    endings = dict.fromkeys((written, written.removesuffix("d"), f"{written.removesuffix('d')}d"))
    return (found[0], *(f"{'not ' if negated else ''}{found['a']}_{ending}" for ending in [*endings][:2]))


def _company_numbers(found: Found) -> Readings:
    name = "size" if found["what"].casefold().startswith("employee") else "user_count"
    amount = found["amount"].casefold().replace("over", "more than").replace("under", "less than")
    return (f"company.{name} {amount.replace('fewer', 'less')}",)


TAGS = (
    Wording(
        "tag",
        rf"^(?:is\s+|are\s+|was\s+|has\s+been\s+)?(?P<not>{_NEGATED}\s+|un)?(?:been\s+)?tagged"
        rf"\s+(?:with\s+|as\s+)?(?P<company>\b)?(?P<l>.+?)(?P<s>$)",
        lambda found: (f"{'not ' if found['not'] else ''}tag {found['l']}",),
    ),
    Wording(
        "tag",
        rf"^(?P<company>company[.\s]|companies\.|company\.)?(?:the\s+)?tags?(?:\.name|_name)?"
        rf"\s+(?P<not>{_NEGATED}\s+)?(?:contains?|includes?|in|is|are|has|have|(?P<s>=|!=))(?:"
        rf"\s+(?:any\s+of|one\s+of|the\s+tag))?\s*[(\[]?(?P<l>[^()\[\]]+?)[)\]]?$",
        _tags,
    ),
    Wording(
        "tag",
        r"^(?:has|have|with|having)\s+(?:the\s+|a\s+|an\s+)?tags?\s+(?:of\s+|called\s+|named\s+)?(?P<l>\S+)$",
        (r"tag \g<l>",),
        certain=True,
    ),
    Wording(
        "tag",
        rf"^(?:{_NEGATED}\s+(?:has|have)?\s*|without\s+|has\s+no\s+)(?:the\s+|a\s+|any\s+)?tags?\s+(?P<l>\S+)$",
        (r"not tag \g<l>",),
        certain=True,
    ),
    Wording("tag", r"^tags?[.:]\s*(?P<l>\S+)$", (r"tag \g<l>",)),
    Wording("tag", r"^(?P<l>\S+)\s+in\s+tags?$", (r"tag \g<l>",)),
    Wording("tag", r"^tags\s+(?P<l>\S+)$", (r"tag \g<l>",)),
)

_SEGMENTS = (
    Wording(
        "list segment cohort audience membership",
        rf"^(?:list|segment|cohort|audience)\s+(?:membership\s+)?(?P<not>{_NEGATED}\s+|is\s+not\s+)?(?:is\s+)?(?:an?\s+)?(?:member\s+of|in|is|contains?"
        rf"|membership|includes)\s*(?:the\s+)?(?P<l>\S+)$",
        lambda found: (f"{'not ' if found['not'] else ''}segment {found['l']}",),
    ),
    Wording(
        "cohort list audience",
        r"^(?:(?:the|in)\s+)*(?:cohort|list|audience)\s+(?P<l>\S+)$",
        (r"segment \g<l>",),
    ),
    Wording(
        "segment member belong cohort list",
        rf"^(?:is\s+|are\s+)?(?P<not>{_NEGATED}\s+)?(?:is\s+)?(?:an?\s+)?(?:(?:member|part)\s+of"
        rf"|(?:currently\s+)?in|belongs?\s+to|within|entered)\s+(?:the\s+)?(?:segment|cohort|list"
        rf"|audience)?s?\s*(?P<l>\S+)$",
        lambda found: (f"{'not ' if found['not'] else ''}segment {found['l']}",),
    ),
    Wording("segments", r"^segments\s+(?P<l>\S+)$", (r"segment \g<l>",)),
    Wording("segment", r"^segments?[.:]\s*(?P<l>\S+)$", (r"segment \g<l>",)),
    Wording(
        "segment", r"^segments?\s+(?:contains?|includes?|in)\s*\(?\s*(?P<l>\S+?)\s*\)?$", (r"segment \g<l>",)
    ),
)

_COMPANIES = (
    Wording(
        "company employer at",
        r"^(?:the\s+)?(?:company|employer|account)\s+(?:is|named|called|=)\s*(?:the\s+)?(?P<l>[\ue000-\uefff]|(?!(?:not|in|unknown|set|known)\b)\S+)$",
        (r"company.name = \g<l>",),
        note="an attribute called `company` stands in backticks",
    ),
    Wording(
        "company at for",
        r"^(?:(?:belongs?\s+to|is\s+in|in|from|of|member\s+of)\s+(?:the\s+)?(?:company|account)|works?\s+(?:at|for))\s+"
        r"(?P<l>[\ue000-\uefff]|\S+)$",
        (r"company.name = \g<l>",),
    ),
    Wording(
        "company companies account",
        r"^(?:company|companies|accounts?)\s+(?:with|has|have|having)\s+(?P<amount>(?:more\s+than|less\s+than|fewer\s+than|at\s+least"
        r"|at\s+most|over|under|exactly|[<>]=?)\s*\d+|between\s+\d+\s+and\s+\d+)\s+(?P<what>employees?|people|users?|persons?|contacts?)$",
        _company_numbers,
    ),
    Wording("company", r"^company\s*:\s*(?P<l>\S+\s*[=<>!].*)$", (r"company(\g<l>)",)),
    Wording(
        "company tagged",
        r"^company\s+(?:is\s+)?(?P<not>not\s+|un)?tagged\s+(?:with\s+|as\s+)?(?P<l>\S+)$",
        lambda found: (f"{'not ' if found['not'] else ''}company tag {found['l']}",),
    ),
    Wording("company", r"^(?:not|never)\s+in\s+an?y?\s+company$", ("company.company_id is unknown",)),
    Wording(
        "company companies",
        r"^(?:any|some|has\s+an?y?|has|in\s+an?|belongs\s+to\s+an?)\s+(?:company|companies)$",
        ("company.id has any value",),
    ),
    Wording(
        "company companies",
        r"^(?:no|without(?:\s+an?)?|has\s+no|not\s+in\s+an?)\s+(?:company|companies)$",
        ("company.id is unknown",),
    ),
    Wording(
        "company companies",
        r"^(?:any|some|a|an|has\s+an?y?|belongs\s+to\s+an?)\s+(?:company|companies)\s+(?:with|where"
        r"|that\s+has|whose|has|having)\s+(?P<l>.+)$",
        (r"company(\g<l>)",),
    ),
    Wording(
        "company companies",
        r"^(?:company|companies)\s+(?:with|where|that\s+has|whose|having|has)\s+(?P<l>.+)$",
        (r"company(\g<l>)",),
    ),
    Wording("company companies", r"^(?:any|some|a|an|the|his|her|their)\s+(?=company\b)", ("",)),
    Wording("companies account", r"^(?:companies|accounts?)\.(?=\w)", ("company.",)),
)

_TEXTS = (
    Wording(
        "like",
        rf"^{{F}}\s+(?P<not>{_NEGATED}\s+)?i?like\s+(?:any\s*|some\s*)?\(\s*(?:array\s*\[)?(?P<l>[^()\[\]]+)\]?\s*\)$",
        _like_any,
    ),
    Wording(
        "like glob similar",
        rf"^{{F}}\s+(?:is\s+)?(?P<not>{_NEGATED}\s+)?(?:is\s+)?(?:i?like|(?P<glob>glob)|(?P<similar>similar\s+to))"
        rf"\s+{_TO_THE_END}",
        _like,
        certain=True,
    ),
    Wording(
        "~ match reg rlike",
        rf"^{{F}}\s+(?:is\s+)?(?:(?P<bang>!)|(?P<not>{_NEGATED}\s+))?\s*(?:=~|~=|~\*?|match(?:es)?"
        rf"(?:\s+(?:the\s+)?(?:regexp?|pattern))?|regexp?(?:_like|_match(?:es)?)?|rlike|is\s+regex)"
        rf"\s*(?P<v>[\ue000-\uefff]|/.*/\w*|\S+)$",
        _regex,
    ),
    Wording(
        "with prefix",
        rf"(?<=\s)(?P<not>{_NEGATED}\s+)?(?:starts?|begins?|starting|beginning)[\s_-]?with\b(?!\s+word)",
        lambda found: (f"{_negation(found)}starts with",),
        certain=True,
    ),
    Wording("prefix", r"(?<=\s)(?:has|with)\s+prefix\b", ("starts with",), certain=True),
    Wording(
        "end finish",
        rf"(?<=\s)(?P<not>{_NEGATED}\s+)?(?:ends?|ending|finish(?:es)?)[\s_-]?(?:with|in)\b",
        lambda found: (f"{_negation(found)}ends with",),
        certain=True,
    ),
    Wording("suffix", r"(?<=\s)(?:has|with)\s+suffix\b", ("ends with",), certain=True),
    Wording(
        "any one",
        rf"^{{F}}\s+(?P<not>{_NEGATED}\s+)?(?P<op>contains?|starts\s+with|ends\s+with|includes?)"
        rf"\s+(?:any|one|either)\s+of\s*:?\s*[(\[](?P<l>{_ITEM}(?:\s*,\s*{_ITEM})*)\s*[)\]]$",
        _any_part,
        certain=True,
    ),
    Wording(
        "any one",
        rf"^{{F}}\s+(?P<not>{_NEGATED}\s+)?(?P<op>contains?|starts\s+with|ends\s+with|includes?)"
        rf"\s+(?:any|one|either)(?:\s+of)?\s*:?\s*[(\[]?(?P<l>[^()\[\]]+)[)\]]?$",
        _any_part,
    ),
    Wording(
        "all every both",
        rf"^{{F}}\s+(?P<not>{_NEGATED}\s+)?(?P<op>contains?|includes?)\s+(?:all|every|each|both)"
        rf"(?:\s+of)?\s*:?\s*[(\[]?(?P<l>[^()\[\]]+)[)\]]?$",
        _every_part,
    ),
    Wording("exact", r"(?<=\scontains)\s+exactly(?=\s)", (" word",)),
    Wording(
        "word",
        rf"(?<=\s)(?P<not>{_NEGATED}\s+)?(?:has|have|with|contains?|includes?|mentions?)\s+(?:the"
        rf"\s+)?(?:whole\s+|exact\s+)?word\b",
        lambda found: (f"{_negation(found)}contains word",),
    ),
    Wording(
        "exactly",
        rf"(?<=\s)(?P<not>{_NEGATED}\s+)?(?:contains?|includes?)\s+exactly\s+(?=\S+$)",
        lambda found: (f"{_negation(found)}contains word ",),
    ),
    Wording(
        "contain includ mention substring",
        rf"(?<=\s)(?:is\s+)?(?P<not>{_NEGATED}\s+)?(?:contain(?:s|ing)?|includ(?:es?|ing)|mentions?"
        rf"|has\s+(?:the\s+)?substring)\b(?:\s+(?:the\s+(?:text|string|phrase)|text|string))?(?!"
        rf"\s+word)",
        lambda found: (f"{_negation(found)}contains",),
        certain=True,
    ),
    Wording("exclud lack", r"(?<=\s)(?:exclud(?:es?|ing)|lacks?|omits?)\s+(?=\S+$)", ("not contains ",)),
    Wording(
        "has have",
        rf"^{{F}}\s+(?P<not>{_NEGATED}\s+)?(?:has|have)\s+(?!(?:any|an?|no|some|been|done|performed"
        rf"|not|never)\b){_TO_THE_END}",
        lambda found: (f"{found['f']} {_negation(found)}contains {found['v']}",),
    ),
)

_PRESENCE = (
    Wording("exists", r"^exists\s+{F}$", (r"\g<f> has any value",)),
    Wording("never", r"^{F}\s+(?:is\s+|was\s+|has\s+)?never$", (r"\g<f> is unknown",)),
    Wording(
        "complete completed done active activated enabled verified finished",
        r"^(?P<open>not\s+)?(?P<a>[a-z]+)\s+(?:(?:is|was|has\s+been)\s+)?(?P<not>not\s+)?(?P<b>complete|completed|done|active|activated|enabled|verified"
        r"|finished)$",
        _joined_name,
    ),
    Wording(
        "complete completed done activated verified finished",
        r"^(?:has|have|is)\s+(?P<not>not\s+)?(?P<b>completed?|done|activated?|verified|finished)\s+(?:the\s+|their\s+)?(?P<a>[a-z]+)$",
        _joined_name,
    ),
    Wording(
        "value exist present set known fill provid defin blank empty null missing",
        rf"^{{F}}\s+(?:(?:is|was|are)\s+)?(?:(?:{_NEGATED})\s+(?:is\s+)?(?:null|nil|none|empty"
        rf"|blank|unset|undefined|missing|unknown)|exists?|(?:has|have)\s+(?:an?|some|any)\s+value"
        rf"|has\s+value|(?:is\s+|was\s+|been\s+)(?:present|set|known|filled(?:\s+(?:in|out))?|provided"
        rf"|defined|populated|given))$",
        (r"\g<f> has any value",),
    ),
    Wording(
        "value exist present set known fill provid defin blank empty null missing",
        rf"^{{F}}\s+(?:(?:{_NEGATED})\s+(?:exists?|have\s+(?:an?|any)\s+value|set|known|present"
        rf"|defined|filled(?:\s+(?:in|out))?|provided|populated|given)|(?:has|have)\s+no\s+value"
        rf"|(?:is|was|=)\s+(?:blank|empty|missing|absent|null|unset))$",
        (r"\g<f> is unknown",),
    ),
    Wording(
        "distinct",
        r"^{F}\s+is\s+(?P<not>not\s+)?distinct\s+from\s+(?:null|none|nil)$",
        lambda found: (f"{found['f']} {'is unknown' if found['not'] else 'has any value'}",),
        certain=True,
    ),
    Wording("null", r"^{F}\s+(?:is_?)?null$", (r"\g<f> is unknown",)),
    Wording("null", r"^{F}\s+(?:is_?)?not_?null$", (r"\g<f> has any value",)),
    Wording(
        "empty blank null",
        r"^{F}\s+(?:is|=|equals)\s+(?:an?\s+)?(?:empty|blank|null)\s+(?:string|text|value)$",
        (r"\g<f> is unknown",),
    ),
    Wording("n/a", r"^{F}\s+(?:is|=)\s+n/a$", (r"\g<f> is unknown",)),
    Wording("n/a", r"^{F}\s+(?:is\s+not|!=)\s+n/a$", (r"\g<f> has any value",)),
    Wording(
        "no without missing lack",
        r"^(?:has\s+no|have\s+no|no|without|missing|lacks?)\s+(?:an?\s+|any\s+)?{F}$",
        (r"\g<f> is unknown",),
    ),
    Wording(
        "has have with",
        r"^(?:has|have|with|having)\s+(?:an?\s+|any\s+|the\s+)?{F}$",
        (r"\g<f>", r"\g<f> has any value"),
    ),
    Wording("is are was", r"^(?:is|are|was)\s+(?:an?\s+)?{F}$", (r"\g<f>",)),
    Wording("n't not", rf"^{_NEGATED}\s+(?:an?\s+)?{{F}}$", (r"not \g<f>",)),
    Wording("not", r"^{F}\s+(?:is\s+)?not\s+true$", (r"not \g<f>",)),
)

_RANGES = (
    Wording(
        "between",
        r"\b(?:(?:is|lies|falls|ranges?|in)\s+)*between\s*[(\[]?\s*{V}\s*(?:,|\bto\b|\band\b|–|-|\.\.\.?|&)\s*{W}\s*[)\]]?$",
        (r"between \g<v> and \g<w>",),
        certain=True,
    ),
    Wording(
        "-", r"^{F}\s+(?:=|is|in|of)?\s*(?P<v>\d+)\s*-\s*(?P<w>\d+)$", (r"\g<f> between \g<v> and \g<w>",)
    ),
    Wording(
        "from to .. – range",
        r"^{F}\s+(?:is\s+|=\s*)?(?:in\s+|within\s+)?(?:the\s+)?(?:ranges?\s*)?(?:from\s+|of\s+)?[(\[]?"
        r"\s*(?P<v>-?\d[\d.-]*?)\s*(?:,|\bto\b|–|\.\.\.?|-)\s*(?P<w>\d[\d.-]*)\s*[)\]]?$",
        (r"\g<f> between \g<v> and \g<w>",),
    ),
)

_LISTS = (
    Wording(
        "in any one either",
        rf"^{{F}}\s+(?:is\s+|are\s+)?(?P<not>{_NEGATED}\s+)?(?:in|any\s+of|one\s+of|either\s+of"
        rf"|either|among|any)\b\s*:?\s*(?:array\s*)?[(\[{{]?\s*(?P<l>[^()\[\]{{}}]+?)\s*[)\]}}]?$",
        _list_values,
    ),
    Wording(
        "none neither",
        r"^{F}\s+(?:is\s+|are\s+)?(?P<not>none\s+of|neither(?:\s+of)?)\b\s*:?\s*[(\[{]?\s*(?P<l>[^()\[\]{}]+?)"
        r"\s*[)\]}]?$",
        _list_excluded_values,
    ),
    Wording(
        ", ; | / or (",
        r"^{F}\s+(?:=|(?:is|of|equals?)\b)(?P<not>(?!))?\s*(?:any\s*)?(?:array\s*)?[(\[{]?\s*(?P<l>[^\s()\[\]{},;"
        r"|/]+(?:\s*(?:[,;|/]|\bor\b)\s*(?:\bor\s+)?[^\s()\[\]{},;|/]+)+)\s*[)\]}]?$",
        _list_values,
    ),
    Wording(
        ", ; | / or (",
        r"^{F}\s+(?P<not>!=|is\s+not|isn['’]t)\s*(?:any\s*)?[(\[{]?\s*(?P<l>[^\s()\[\]{},;|/]+"
        r"(?:\s*(?:[,;|/]|\bn?or\b)\s*(?:\bn?or\s+)?[^\s()\[\]{},;|/]+)+)\s*[)\]}]?$",
        _list_values,
    ),
)

_NEGATIONS = (
    Wording(
        "not",
        r"^{F}\s+(?:is\s+|was\s+)?not\s+(?P<rest>(?:before|after|on|exactly|(?:more|less|greater)\s+than"
        r"|at\s+(?:least|most)|within|[<>]=?)\s*\S.*)$",
        (r"not \g<f> \g<rest>",),
        certain=True,
    ),
    Wording(
        "not",
        r"^(?P<e>event\s.+?)\s+(?P<which>first|last)\s+(?:is\s+|was\s+)?not\s+(?P<rest>\S.*)$",
        (r"not \g<e> \g<which> \g<rest>",),
    ),
)

_COMPARISONS = (
    Wording("distinct", r"\bis\s+not\s+distinct\s+from\s+null$", ("is unknown",), certain=True),
    Wording("distinct", r"\bis\s+distinct\s+from\s+null$", ("has any value",), certain=True),
    Wording(
        "equal",
        rf"(?<=\s)(?:is\s+)?(?P<not>{_NEGATED}\s+)?equals?(?:\s+to)?\s+(?P<of>any|one|either|none)\s+of\b",
        lambda found: (f"{'not ' if found['not'] or found['of'].casefold() == 'none' else ''}in",),
        certain=True,
    ),
    Wording("distinct", r"\bis\s+not\s+distinct\s+from\b", ("=",), certain=True),
    Wording("distinct", r"\bis\s+distinct\s+from\b", ("!=",), certain=True),
    Wording(
        "+ or and",
        r"^{F}\s+(?:=|is|has|are|of)?\s*{N}(?:\s*\+|\s+(?:or|and)\s+(?:more|above|greater|higher|over|older|later))$",
        (r"\g<f> >= \g<n>",),
    ),
    Wording(
        "or and",
        r"^{F}\s+(?:=|is|has|are|of)?\s*{N}\s+(?:or|and)\s+(?:less|fewer|below|lower|under|smaller|earlier)$",
        (r"\g<f> <= \g<n>",),
    ),
    Wording(
        "equal",
        r"(?<=\s)(?:is\s+)?(?:greater|more|higher|bigger|larger)(?:\s+than)?\s+or\s+equal(?:s)?(?:\s+to)?\b",
        (">=",),
        certain=True,
    ),
    Wording(
        "equal",
        r"(?<=\s)(?:is\s+)?(?:less|fewer|lower|smaller)(?:\s+than)?\s+or\s+equal(?:s)?(?:\s+to)?\b",
        ("<=",),
        certain=True,
    ),
    Wording(
        "equal eq ne not same other differ n't unequal no",
        rf"(?<=\s)(?:{_NEGATED}\s+(?:equals?|eq|the\s+same\s+as|=)(?:\s+to)?|neq?|unequal\s+to"
        rf"|(?:is\s+)?(?:other|different)\s+(?:than|from|to)|differs\s+from|isn['’]?t|ain['’]?t)"
        rf"(?=\s+\S)",
        ("!=",),
        certain=True,
    ),
    Wording("is no", r"(?<=\s)is\s+no(?=\s+\S)", ("!=",)),
    Wording(
        "equal eq same match exact",
        r"(?<=\s)(?:is\s+)?(?:equals?(?:\s+to)?|eq|(?:is\s+)?exactly\s+equal(?:s)?\s+to|the\s+same"
        r"\s+as|same\s+as|exactly\s+matches|matches\s+exactly)(?=\s+\S)",
        ("=",),
        certain=True,
    ),
    Wording(
        "gte ge min below less fewer",
        r"(?<=\s)(?:is\s+)?(?:gte|ge|(?:a\s+)?(?:minimum|min)(?:\s+of)?|no\s+(?:less|fewer)\s+than"
        r"|at\s+minimum)(?=\s+\S)",
        (">=",),
        certain=True,
    ),
    Wording(
        "lte le most max no up",
        r"(?<=\s)(?:is\s+)?(?:lte|le|(?:a\s+)?(?:maximum|max)(?:\s+of)?|no\s+more\s+than|up\s+to|at\s+maximum)(?=\s+\S)",
        ("<=",),
        certain=True,
    ),
    # `not` is the complement, which those without a value pass.
    Wording(
        "above exceed",
        rf"(?<=\s)(?:is\s+)?(?:(?:not|isn['’]t)\s+above|{_NEGATED}\s+exceeds?)(?=\s+\S)",
        ("not more than",),
    ),
    Wording("below", r"(?<=\s)(?:is\s+)?(?:not|isn['’]t)\s+below(?=\s+\S)", ("not less than",)),
    Wording(
        "gt great more high big larg above over exceed",
        r"(?<=\s)(?:is\s+)?(?:gt|(?:greater|higher|bigger|larger)(?:\s+than)?|more(?!\s+than)|above"
        r"|over|exceeds?|surpass(?:es)?)(?=\s+-?[\d])",
        (">",),
        certain=True,
    ),
    Wording(
        "lt less few low small below under",
        r"(?<=\s)(?:is\s+)?(?:lt|(?:lower|smaller|fewer)(?:\s+than)?|less(?!\s+than)|below|under"
        r"|beneath)(?=\s+-?[\d])",
        ("<",),
        certain=True,
    ),
    Wording("<= >= < >", r"^{V}\s*{S}\s*{F}\s*{T}\s*{W}$", _turn_both_around, certain=True),
    Wording(
        "<",
        r"^{F}\s*(?P<s>>=?)\s*{N}\s*(?P<t><=?)\s*{M}$",
        _join_bounds,
        certain=True,
    ),
    Wording(
        ">",
        r"^{F}\s*(?P<s><=?)\s*{N}\s*(?P<t>>=?)\s*{M}$",
        _join_bounds,
        certain=True,
    ),
    Wording("= < >", r"^(?P<v>[\ue000-\uefff]|-?\d[\d.-]*)\s*{S}\s*{F}$", _turn_around, certain=True),
    Wording(
        "not",
        r"^{F}\s+not\s+(?P<v>[\ue000-\uefff]|(?!(?:in|contains|starts|ends|between|within|is|like)\b)[^\s(),]+)$",
        (r"\g<f> != \g<v>",),
    ),
    Wording(" ", r"^{F}\s+{N}$", (r"\g<f> = \g<n>",)),
    Wording(
        " ",
        rf"^(?P<test>{{F}}\s+(?:is\s+)?(?:{_AMOUNTS}\s*)?{{N}})\s+(?!(?:days?|weeks?|ago|and|or|to)\b)[^\W\d]+$",
        (r"\g<test>",),
    ),
    Wording(
        "before after on than of from",
        r"\b(?P<before>before|after|on|than|[<>=]+)\s+(?:the\s+)?(?:property|attribute|field|trait|date|value(?:\s+of|\s+in)?)\s+"
        r"(?=(?:[\uf000-\uf8ff]|[\w.]+)$)",
        (r"\g<before> ",),
    ),
    Wording(
        "on in at from of",
        r"^{F}\s+is\s+(?:on|in|at|from|of)\s+(?:the\s+|an?\s+)?(?P<v>[\ue000-\uefff]|[^\s(),\d]\S*)$",
        (r"\g<f> = \g<v>",),
    ),
    Wording("are was were be", r"^{F}\s+(?:are|was|were|be)\s+(?=\S)", (r"\g<f> is ",)),
)

OPERATORS = (*_NEGATIONS, *_SEGMENTS, *_COMPANIES, *_PRESENCE, *_TEXTS, *_RANGES, *_COMPARISONS, *_LISTS)
