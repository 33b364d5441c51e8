"""Names that a Python file imports from generated code, and what a call of them sends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Final

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.payload import standard

from ..mentions import Mention, SentEvent, SentRecord
from ..syntax_tree import node_text
from ..values import Constant, Entry, Handle, Record, entry_name

if TYPE_CHECKING:
    from tree_sitter import Node

# What the generated module exports besides its records and the functions of events: its clients, values and errors.
NO_EVENTS: Final = frozenset(
    {
        "AsyncIntercomData",
        "IntercomData",
        "IntercomError",
        "Event",
        "InvalidValue",
        "Money",
        "NotFound",
        "RateLimited",
        "Refused",
        "RichLink",
        "UNSET",
        "Unauthorized",
        "UnexpectedAnswer",
        "Unreachable",
        "Unset",
        "runtime",
    }
)
_CONTACT: Final = "ContactAttributes"
_COMPANY: Final = "CompanyAttributes"


@dataclass(frozen=True, slots=True)
class GeneratedNames:
    """`names` are the imported ones with what they are called in the generated module, `modules` the names that the
    module itself has here."""

    names: Mapping[str, str] = field(default_factory=dict[str, str])
    modules: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names or self.modules)

    def name(self, called: str) -> str | None:
        """The record or event that is called, by its name in the generated module."""
        module, _, last = called.rpartition(".")
        name = self.names.get(called) if not module else last if module in self.modules else None
        return None if name in NO_EVENTS else name


def generated_names(statements: Iterable[Node], modules: Collection[str]) -> GeneratedNames:
    """What a file's imports take from these folders of generated code."""
    names: dict[str, str] = {}
    aliases: set[str] = set()
    for statement in statements:
        module = statement.child_by_field_name("module_name")
        dotted = "" if module is None else node_text(module)
        for imported in statement.children_by_field_name("name"):
            original, local = _import_names(imported)
            if module is None:
                if _is_generated(original, modules):
                    aliases.add(local)
            elif _is_generated(dotted, modules):
                names[local] = original
            elif _is_generated(f"{dotted}.{original}", modules):
                aliases.add(local)
    return GeneratedNames(names=names, modules=frozenset(aliases))


def generated_mention(name: str, record: Record) -> Mention:
    """What a call of generated code sends."""
    if name == _CONTACT:
        return _attributes("contact", record, standard.CONTACT_WRITABLE)
    if name == _COMPANY:
        return _attributes("company", record, standard.COMPANY_WRITABLE)
    return SentEvent(name=Handle(record.span, name), metadata=record, generated=True)


def _attributes(kind: str, record: Record, own: Collection[str]) -> Mention:
    """Generated code has Intercom's own attributes and those of the specs side by side."""
    names = {spelling for key in own for spelling in (key, _camel_case(key))}
    top = tuple(entry for entry in record.entries if entry_name(entry) in names)
    custom = tuple(entry for entry in record.entries if entry_name(entry) not in names)
    nested = Entry(Constant(record.span, "custom_attributes"), Record(record.span, custom, record.rest))
    return SentRecord(
        kind="company" if kind == "company" else "contact",
        value=Record(record.span, (*top, nested)),
        generated=True,
    )


def _camel_case(key: str) -> str:
    """One of Intercom's own keys as `--case camel` has it: `signedUpAt`."""
    first, *others = key.split("_")
    return first + "".join(word.capitalize() for word in others)


def _import_names(node: Node) -> tuple[str, str]:
    """What is imported, and the name that it has here."""
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    if name is None or alias is None:
        return node_text(node), node_text(node)
    return node_text(name), node_text(alias)


def _is_generated(dotted: str, modules: Collection[str]) -> bool:
    parts = [part for part in dotted.split(".") if part]
    return bool(parts) and any(module.split("/")[-len(parts) :] == parts for module in modules)
