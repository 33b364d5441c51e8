"""Names of the specs as names in Python."""

from __future__ import annotations

import keyword

from ..names import camel_case, plain_identifier

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

    A word of the language or of the generated module gets a `_` behind it.
    """
    return _apart(plain_identifier(name))


def camel_identifier(name: str) -> str:
    """`plan_type` -> `planType`."""
    return python_identifier(camel_case(name))


def _apart(identifier: str) -> str:
    """Apart from the words of the language and of the module."""
    return f"{identifier}_" if keyword.iskeyword(identifier) or identifier in MODULE_NAMES else identifier


def pascal_name(identifier: str) -> str:
    """`plan_type` -> `PlanType`; a digit at the beginning keeps the `_` before it."""
    name = "".join(word[0].upper() + word[1:] for word in identifier.split("_") if word)
    return name if name.isidentifier() else f"_{name}"
