"""A property's JSON Schema as a type of the specs, and what of it they cannot say.

Readers of other formats put what they read into a JSON Schema first, so that one value has one type wherever it
comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType
from intercom_iac.model.limits import MAX_TEXT_LENGTH, MIN_OPTIONS
from intercom_iac.model.names import name_mistakes
from intercom_iac.text.likeness import likeness
from intercom_iac.text.lists import brief_list

from ..proposal import NotMapped
from .plain_data import mapping
from .readings import SourceField

ONE_VALUE = "a value in Intercom is one text, number, boolean or date"
LIKELIEST = "written as `string`, the likeliest"

_NESTED = frozenset({"object", "array"})
_WORDS = {
    "str": "string", "text": "string", "varchar": "string", "uuid": "string", "url": "string", "email": "string",
    "int": "integer", "int32": "integer", "int64": "integer", "long": "integer", "bigint": "integer",
    "float": "number", "double": "number", "decimal": "number", "numeric": "number", "numerical": "number",
    "bool": "boolean", "list": "array", "map": "object", "dict": "object", "json": "object", "record": "object",
}  # fmt: skip
_DATES = frozenset({"date", "datetime", "date-time", "timestamp"})
_TYPES = frozenset({"string", "integer", "number", "boolean", "object", "array", "null"})
_OF_KEYWORD = {
    **dict.fromkeys(("properties", "additionalProperties", "patternProperties"), "object"),
    **dict.fromkeys(("items", "prefixItems", "minItems", "maxItems"), "array"),
    **dict.fromkeys(("pattern", "minLength", "maxLength", "format"), "string"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), "number"),
}
_LIMITS = (
    *("minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("not", "if", "then", "else", "contentEncoding", "contentMediaType", "contentSchema"),
)
_MAX_REFERENCES = 20


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What a property comes to: `field` None where it has no place in specs, `nested` where its values nest."""

    field: SourceField | None
    not_mapped: tuple[NotMapped, ...] = ()
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A property by its name, whose it is (``event `Order Completed` ``), and where it stands."""

    name: str
    of: str
    place: str

    def __str__(self) -> str:
        return f"`{self.name}` of {self.of}"

    def unmapped(self, what: str, why: str) -> NotMapped:
        full = f"{what} of {self}" if what else str(self)
        return NotMapped(what=full, why=why, place=self.place, whose=self.of)


def read_field(
    subject: Subject, schema: Any, *, required: bool = False, root: Any = None, automatic: bool = False
) -> FieldReading:
    """The property that a schema describes. `root` is the document that references in it begin at."""
    if schema is False:
        return FieldReading(None, (subject.unmapped("", "its schema takes no value"),))
    if schema is not True and not isinstance(schema, dict):
        return FieldReading(None, (subject.unmapped("", "its schema is no JSON Schema"),))
    given = cast("dict[str, Any]", {} if schema is True else schema)
    shape, notes = _without_alternatives(subject, given, root)
    types, unknown = _types(shape)
    if unknown:
        notes.append(subject.unmapped("the type", f"specs have no type {brief_list(unknown)}"))
    nullable = "null" in types or _takes_null(shape)
    simple = types - _NESTED - {"null"}
    if types and not simple:
        return _nested_field(subject, shape, types, notes)
    type_, guess = _likeliest(simple, nests=bool(types & _NESTED))
    if guess is not None:
        notes.append(subject.unmapped("the type", guess))
    options: tuple[str, ...] = ()
    if "enum" in shape or "const" in shape:
        type_, options, note = _with_values(subject, shape, type_)
        notes += [note] if note is not None else []
    elif type_ is DataType.STRING and _is_date(shape):
        type_ = DataType.DATE
    notes += _limits(subject, shape)
    field = SourceField(
        name=subject.name,
        type=type_,
        options=options,
        required=required and not nullable,
        description=text_of(shape.get("description")),
        status="deprecated" if shape.get("deprecated") is True else "active",
        guess=guess,
        place=subject.place,
        automatic=automatic,
    )
    return FieldReading(field, tuple(notes))


def text_of(value: Any) -> str | None:
    """A text that says something, without white space around it and without characters that are none."""
    if not isinstance(value, str):
        return None
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(character if character >= " " or character in "\n\t" else " " for character in text)
    return text.strip() or None


# --- references and alternatives ----------------------------------------------------------------------------


def resolve(schema: dict[str, Any], root: Any) -> tuple[dict[str, Any], str | None]:
    """The schema that a reference leads to, with what stands beside it, and a reference that leads nowhere."""
    shape = schema
    for _ in range(_MAX_REFERENCES):
        reference = shape.get("$ref")
        if not isinstance(reference, str):
            return shape, None
        target = _target(root, reference)
        beside = {key: value for key, value in shape.items() if key != "$ref"}
        if target is None:
            return beside, reference
        shape = {**target, **beside}
    return {key: value for key, value in shape.items() if key != "$ref"}, str(shape.get("$ref"))


def _target(root: Any, reference: str) -> dict[str, Any] | None:
    if not reference.startswith("#/"):
        return None
    node = root
    for step in reference[2:].split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(node, dict):
            node = cast("dict[str, Any]", node).get(key)
        elif (
            isinstance(node, list)
            and key.isascii()
            and key.isdigit()
            and int(key) < len(cast("list[Any]", node))
        ):
            node = cast("list[Any]", node)[int(key)]
        else:
            return None
    return cast("dict[str, Any]", node) if isinstance(node, dict) else None


def _without_alternatives(
    subject: Subject, schema: dict[str, Any], root: Any
) -> tuple[dict[str, Any], list[NotMapped]]:
    """A schema without references, `allOf`, and as far as one type allows it `anyOf` and `oneOf`; what is lost."""
    shape, missing = resolve(schema, root)
    notes: list[NotMapped] = []
    if missing is not None:
        notes.append(subject.unmapped(f"the reference `{missing}`", "it leads to nothing in the file"))
    for part in _schemas(shape.get("allOf")):
        resolved, _ = resolve(part, root)
        shape = {**resolved, **shape}
    for keyword in ("anyOf", "oneOf"):
        branches = [resolve(branch, root)[0] for branch in _schemas(shape.get(keyword))]
        if not branches:
            continue
        with_value = [branch for branch in branches if _types(branch)[0] != {"null"}]
        own = {key: value for key, value in shape.items() if key != keyword}
        if len(with_value) == 1:
            shape = {**with_value[0], **own}
        else:
            shape = {**_union(with_value), **own}
            if "enum" not in shape:
                notes.append(subject.unmapped(f"`{keyword}`", "a key in specs has one type"))
        if len(with_value) < len(branches):
            shape = {**shape, "nullable": True}
    return shape, notes


def _union(branches: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One schema that takes what any of several takes, by their types."""
    types = set[str]().union(*(_types(branch)[0] for branch in branches))
    union: dict[str, Any] = {"type": sorted(types)} if types else {}
    values = [_values(branch) for branch in branches]
    if all(values):
        union["enum"] = [value for of_branch in values for value in of_branch]
    elif all(_is_date(branch) for branch in branches):
        union["format"] = "date-time"
    return union


def _schemas(value: Any) -> list[dict[str, Any]]:
    return (
        [part for part in cast("list[Any]", value) if isinstance(part, dict)]
        if isinstance(value, list)
        else []
    )


# --- types --------------------------------------------------------------------------------------------------


def _types(shape: dict[str, Any]) -> tuple[set[str], list[str]]:
    """The types of a schema in JSON Schema's words, and the words that are none; by what else it says without any."""
    words = [str(word).strip().casefold() for word in _type_words(shape.get("type")) if str(word).strip()]
    plain = ["string" if word in _DATES else _WORDS.get(word, word) for word in words]
    types = {word for word in plain if word in _TYPES}
    unknown = [word for word in plain if word not in _TYPES and word != "any"]
    if types or words:
        return types, unknown
    values = _values(shape)
    if values or "enum" in shape or "const" in shape:
        return {_type_of(value) for value in values}, []
    return {type_ for keyword, type_ in _OF_KEYWORD.items() if keyword in shape}, []


def _type_words(value: Any) -> list[Any]:
    if isinstance(value, str):
        return re.split(r"[,|]", value)
    return cast("list[Any]", value) if isinstance(value, list) else []


def _type_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "integer" if isinstance(value, int) else "number"
    return {str: "string", dict: "object", list: "array"}[type(value)]


def _takes_null(shape: dict[str, Any]) -> bool:
    return shape.get("nullable") is True or (isinstance(shape.get("enum"), list) and None in shape["enum"])


def _is_date(shape: dict[str, Any]) -> bool:
    words = [shape.get("format"), *_type_words(shape.get("type"))]
    return any(isinstance(word, str) and word.strip().casefold() in _DATES for word in words)


def _likeliest(simple: set[str], *, nests: bool) -> tuple[DataType, str | None]:
    """The type, and why it is a guess."""
    if simple == {"integer", "number"}:
        simple = {"number"}
    if len(simple) == 1 and not nests:
        (only,) = simple
        return {"number": DataType.FLOAT}.get(only) or DataType(only), None
    if not simple:
        return DataType.STRING, f"the source names no type: {LIKELIEST}"
    type_ = DataType.STRING
    if len(simple) == 1:
        (only,) = simple
        type_ = {"number": DataType.FLOAT}.get(only) or DataType(only)
    names = brief_list(sorted(simple | ({"a list or object"} if nests else set())))
    return type_, f"the source names several types, {names}: written as `{type_}`, the likeliest"


def _nested_field(
    subject: Subject, shape: dict[str, Any], types: set[str], notes: list[NotMapped]
) -> FieldReading:
    if types == {"null"}:
        return FieldReading(None, (*notes, subject.unmapped("", "null is its only value")))
    if "array" in types:
        return FieldReading(None, (*notes, subject.unmapped("", f"it is a list; {ONE_VALUE}")), nested=True)
    inside = list(mapping(shape.get("properties")))
    holds = f" (holds {brief_list(inside)})" if inside else ""
    what = f"`{subject.name}`{holds} of {subject.of}"
    note = NotMapped(what=what, why=f"it is an object; {ONE_VALUE}", place=subject.place, whose=subject.of)
    return FieldReading(None, (*notes, note), nested=True)


# --- values and limits --------------------------------------------------------------------------------------


def _values(shape: dict[str, Any]) -> list[Any]:
    """The values that a schema allows, where it names them; null is not one of them."""
    listed = shape.get("enum")
    values = (
        cast("list[Any]", listed)
        if isinstance(listed, list)
        else [shape["const"]]
        if "const" in shape
        else []
    )
    return [value for value in values if value is not None]


def _with_values(
    subject: Subject, shape: dict[str, Any], type_: DataType
) -> tuple[DataType, tuple[str, ...], NotMapped | None]:
    """The type of a property whose values are named, its options, and why they are not."""
    values = _values(shape)
    texts = list(dict.fromkeys(value for value in values if isinstance(value, str)))
    named = f"the values {brief_list([str(value) for value in values])}" if values else "the list of values"
    if type_ is not DataType.STRING:
        return type_, (), subject.unmapped(named, "only texts can be options")
    if len(texts) < len([*dict.fromkeys(map(repr, values))]):
        return type_, (), subject.unmapped(named, "options are texts, and some of them are none")
    if len(texts) < MIN_OPTIONS:
        return type_, (), subject.unmapped(named, f"options are {MIN_OPTIONS} at least: written as `string`")
    for text in texts:
        if mistakes := [
            *name_mistakes("option", text),
            *(["is too long"] if len(text) > MAX_TEXT_LENGTH else []),
        ]:
            return type_, (), subject.unmapped(named, f"`{text[:40]}` cannot be an option: it {mistakes[0]}")
    if len({likeness(text) for text in texts}) < len(texts):
        return type_, (), subject.unmapped(named, "two of them look alike and are not the same")
    return DataType.OPTIONS, tuple(texts), None


def _limits(subject: Subject, shape: dict[str, Any]) -> Iterator[NotMapped]:
    if isinstance(pattern := shape.get("pattern"), str):
        yield subject.unmapped(f"the pattern `{pattern[:80]}`", "specs have no patterns of values")
    format_ = shape.get("format")
    if isinstance(format_, str) and not _is_date(shape):
        yield subject.unmapped(f"the format `{format_[:80]}`", "of formats of texts specs have dates only")
    limits = [f"`{keyword}`" for keyword in _LIMITS if shape.get(keyword) is not None]
    if limits:
        yield subject.unmapped(", ".join(limits), "specs have no limits of values")
