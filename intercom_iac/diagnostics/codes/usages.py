"""USE1xx: what is wrong with code that sends or reads what the specs declare, besides its values (PAYL9xx)."""

from __future__ import annotations

from ..registry import Code, Example

_SPECS = """\
version: 1
attributes:
  contact:
    plan_type: {type: string, messenger_writable: true}
"""
_SEGMENT = """\
segments:
  paying:
    name: Paying customers
    rule: plan_type = pro
"""


def _code(text: str, specs: str = _SPECS, path: str = "app.js") -> Example:
    """A project with a file of code."""
    return Example({"specs/example.yaml": specs, path: f"{text}\n"}, "usages")


_SENDS = 'Intercom("update", { plan_type: "pro" });'

NEVER_SENT = Code(
    "USE101",
    "declared, read by a rule, and used by no code",
    "No file that was read sends the attribute or event, and a segment asks for it. Either something else sends it, "
    "such as an import or another repository, or the segment selects nobody.",
    wrong=_code('Intercom("update", {});', _SPECS + _SEGMENT),
    right=_code(_SENDS, _SPECS + _SEGMENT),
    severity="info",
)
UNUSED = Code(
    "USE102",
    "declared, and used by no code and no rule",
    "Nothing that was read sends it or asks for it. If nothing else does, archive it: a workspace has room for 250 "
    "attributes and 120 events. Code that was not read, such as that of another repository, is not known.",
    wrong=_code('Intercom("update", {});'),
    right=_code(_SENDS),
    severity="warning",
)
NOT_KNOWN = Code(
    "USE103",
    "a name or a record that the code does not write out",
    "What is sent here is decided while the program runs, and is not checked. A name that is sent in this way alone "
    "counts as unused, unless code has it as a text.",
    wrong=_code('Intercom("update", settings);'),
    right=_code(_SENDS),
    severity="info",
)
NOT_READ = Code(
    "USE104",
    "a file that was not read, or only in part",
    "It is not written in the language that its name says, or not in UTF-8; it is very large, or cannot be opened. "
    "What stands there is not known.",
    wrong=_code(f"{_SENDS}\nfunction ( {{"),
    right=_code(_SENDS),
    severity="warning",
)
