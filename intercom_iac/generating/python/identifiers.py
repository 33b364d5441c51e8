"""Names of the specs as names in Python."""

from __future__ import annotations

import keyword
import unicodedata

from ..names import camel_case

# What the generated module and its classes call by name: an attribute `date` would hide the type of another.
MODULE_NAMES = frozenset(
    [
        "Any",
        "AsyncClient",
        "AsyncIntercomData",
        "Attributes",
        "Client",
        "CompanyAttributes",
        "ContactAttributes",
        "Event",
        "IntercomData",
        "IntercomError",
        "InvalidValue",
        "Literal",
        "Money",
        "Never",
        "NotFound",
        "RateLimited",
        "Refused",
        "RichLink",
        "TYPE_CHECKING",
        "UNSET",
        "Unauthorized",
        "UnexpectedAnswer",
        "Unreachable",
        "Unset",
        "annotations",
        "attribute",
        "bool",
        "dataclass",
        "date",
        "datetime",
        "deprecated",
        "event",
        "float",
        "get_args",
        "int",
        "metadata",
        "object",
        "overload",
        "runtime",
        "self",
        "str",
        "undeclared",
    ]
)


def python_identifier(name: str) -> str:
    """The name itself where it can stand in Python, else the nearest that can: `job title` -> `job_title`.

    What is no letter or digit becomes `_`, a leading digit gets one before it, and a word of the language or of the
    generated module one behind it. Python reads compatible characters as one (NFKC), and two underscores at the
    beginning as its own. A name without a letter or a digit is spelled in code points.
    """
    if name.isascii() and name.isidentifier() and name[:2] != "__" and name.strip("_"):
        return _apart(name)
    composed = unicodedata.normalize("NFKC", name)
    spelled = "".join(character if f"a{character}".isidentifier() else "_" for character in composed)
    if not spelled.strip("_"):
        spelled = "_".join(f"u{ord(character):x}" for character in name)
    spelled = unicodedata.normalize("NFKC", spelled)
    if spelled.startswith("__"):
        spelled = "_" + spelled.lstrip("_")
    if not spelled.isidentifier():
        spelled = f"_{spelled}"
    return _apart(spelled)


def camel_identifier(name: str) -> str:
    """`plan_type` -> `planType`."""
    return python_identifier(camel_case(name))


def _apart(identifier: str) -> str:
    """Apart from the words of the language and of the module."""
    return f"{identifier}_" if keyword.iskeyword(identifier) or identifier in MODULE_NAMES else identifier


def pascal_name(identifier: str) -> str:
    """`plan_type` -> `PlanType`."""
    return "".join(word[0].upper() + word[1:] for word in identifier.split("_") if word)
