"""Keys of the specs as fields and arguments in Python: their names, their types, and what says what they may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Attribute, DataType
from intercom_iac.model.payload import PayloadField

from .identifiers import pascal_name
from .source_text import string_literal

_TYPES = {
    DataType.STRING: "str",
    DataType.INTEGER: "int",
    DataType.FLOAT: "float",
    DataType.BOOLEAN: "bool",
    DataType.DATE: "datetime | date",
}
# What metadata takes beside a text or a number.
_OBJECTS = {DataType.STRING: "RichLink", DataType.INTEGER: "Money", DataType.FLOAT: "Money"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonField:
    """A key in Python. `alias` is the name of the type of its options, None where it has none."""

    identifier: str
    alias: str | None
    field: PayloadField
    declared: str | None

    @property
    def type(self) -> str:
        """The type of a value that is given, None aside."""
        kind = _TYPES.get(self.field.type, self.alias or "str")
        in_metadata = _OBJECTS.get(self.field.type) if self.field.owner == "event" else None
        return kind if in_metadata is None else f"{kind} | {in_metadata}"

    @property
    def optional_type(self) -> str:
        """The type of a value that may be left out, and cleared where it can be."""
        return f"{self.type} | Unset" + (" | None" if self.field.nullable else "")

    @property
    def alias_lines(self) -> list[str]:
        """The declaration of the type of its options; open ones take any text beside them."""
        if self.alias is None:
            return []
        options = [f"    {string_literal(option)}" for option in self.field.options]
        lines = [f"{self.alias} = Literal[", *(f"{option}," for option in options), "]"]
        if len(options) == 1:
            lines = [f"{self.alias} = Literal[{options[0].strip()}]"]
        if self.field.open_options:
            lines[-1] += " | str"
        return lines

    @property
    def key_arguments(self) -> list[str]:
        """The arguments that `attribute` and `metadata` have in common."""
        arguments = [string_literal(self.field.name), string_literal(self.field.type.value)]
        if self.field.options and not self.field.open_options:
            arguments.append(f"get_args({self.alias})")
        if self.declared is not None:
            arguments.append(f"declared={string_literal(self.declared)}")
        return arguments


def python_fields(
    groups: Iterable[tuple[str, str | None, Iterable[PayloadField]]],
    taken: Iterable[str],
    spell: Callable[[str], str],
) -> list[list[PythonField]]:
    """The fields of each group, which is a name, the address of an event, and its keys; `spell` names each in Python.

    The type of a field's options is named for both (`ContactPlanType`), apart from what is `taken`.
    """
    used = set(taken)
    found: list[list[PythonField]] = []
    for owner, address, fields in groups:
        group: list[PythonField] = []
        for field in fields:
            identifier = spell(field.name)
            alias = None
            if field.type is DataType.OPTIONS:
                alias = _free_name(owner + pascal_name(identifier), used)
                used.add(alias)
            group.append(
                PythonField(
                    identifier=identifier, alias=alias, field=field, declared=_declaration(field, address)
                )
            )
        found.append(group)
    return found


def _declaration(field: PayloadField, event: str | None) -> str | None:
    """`attribute.contact.plan_type, specs/billing.yaml`: without the line, which an edit above it would change."""
    if field.declared is None:
        return None
    address = field.declared.address if isinstance(field.declared, Attribute) else event
    span = field.declared.span
    return f"{address}" if span is None else f"{address}, {span.file.path}"


def _free_name(name: str, used: AbstractSet[str]) -> str:
    while name in used:
        name += "_"
    return name
