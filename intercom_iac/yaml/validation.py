"""A document against its shape; pydantic's errors become diagnostics with the place of what is wrong."""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from intercom_iac.diagnostics import Diagnostic, Fix
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.text import nearest_name, suggestion

from .corrections import (
    as_mapping_of_type,
    as_type,
    misspelt_key,
    misspelt_word,
    with_this_version,
    with_version,
)
from .nodes import Document, Node, Path, Scalar, Sequence, kind_of
from .shape_reading import NotCertain, read_shape
from .shapes import SPEC_VERSION, Shape, keys_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

S = TypeVar("S", bound=Shape)

# What other tools call the types of values.
_ELSEWHERE = {
    "number": "`integer` or `float`",
    "numeric": "`integer` or `float`",
    "int": "`integer`",
    "decimal": "`float`",
    "double": "`float`",
    "text": "`string`",
    "str": "`string`",
    "datetime": "`date`",
    "timestamp": "`date`",
    "time": "`date`",
    "bool": "`boolean`",
    "list": "`options`",
    "enum": "`options`",
    "select": "`options`",
}

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "one_value": "one value",
    "one_value_or_list": "one value or a list",
}
_ONE_VALUE, _ONE_VALUE_OR_LIST = "one_value", "one_value_or_list"

# Names in a sentence.
_MOST_LISTED = 50


def validate(document: Document, shape: type[S]) -> tuple[S | None, list[Diagnostic], list[Path]]:
    """The document as its shape, every mistake in its shape, and the paths of what was left out for one.

    As little as possible is left out, so that the rest can still be checked: an unknown key, an optional value,
    else the whole entry. None where nothing is left to go on with.
    """
    value, errors = _read(shape, document.root.data)
    if value is not None:
        return value, _version(document), []
    details = _merge_alternatives(document, errors)
    misspelt: dict[Path, list[str]] = {}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            misspelt.setdefault(detail["loc"][:-1], []).append(str(detail["loc"][-1]))
    told = [detail for detail in details if not _is_misspelt(detail, misspelt)]
    diagnostics = [_diagnostic(document, shape, detail) for detail in told]
    rest = _Rest(document.root.data)
    left_out: list[Path] = []
    # Once a list, however many of its items are wrong.
    texts_of = cache(partial(_texts, document))
    for detail in details:
        path = _removable(shape, detail, texts_of)
        if path and isinstance(path[-1], int):
            rest.set_value(path[:-1], texts_of(path[:-1]))
        elif path:
            rest.set_value(path, None)
            left_out.append(path)
    if type(rest.data.get("version")) is not int:
        rest.data["version"] = SPEC_VERSION
    value, _ = _read(shape, rest.data)
    return (None, diagnostics, [()]) if value is None else (value, diagnostics + _version(document), left_out)


def _read(shape: type[S], data: dict[str, Any]) -> tuple[S | None, list[ErrorDetails]]:
    """The data as its shape, or what is wrong with it."""
    try:
        return read_shape(shape, data), []
    except NotCertain:
        # Here, since most files are right.
        from .shape_models import judge_shape

        return judge_shape(shape, data)


def _merge_alternatives(document: Document, details: Iterable[ErrorDetails]) -> list[ErrorDetails]:
    """The errors, those about one value that may have several types as one: pydantic has one for each type, which is
    the last step of its place."""
    merged: dict[Path, ErrorDetails] = {}
    for number, detail in enumerate(details):
        place = detail["loc"]
        while detail["type"] in _EXPECTED and place and document.node(place) is None:
            place = place[:-1]
        if place == detail["loc"]:
            merged[*place, number, ""] = detail
        elif place not in merged or detail["type"] == "list_type":
            kind = "list_type" if detail["type"] == "list_type" else ""
            merged[place] = {**detail, "loc": place, "type": _ONE_VALUE_OR_LIST if kind else _ONE_VALUE}
    return [*merged.values()]


def _is_misspelt(error: ErrorDetails, unknown: Mapping[Path, list[str]]) -> bool:
    """Whether a key is missing because it stands there under a name like it, which is told already. `unknown` are the
    keys of each mapping that are not known."""
    if error["type"] != "missing":
        return False
    *entry, key = error["loc"]
    return any(nearest_name(name, [str(key)]) for name in unknown.get(tuple(entry), ()))


def _version(document: Document) -> list[Diagnostic]:
    version = document.root.data.get("version")
    if type(version) is not int or version == SPEC_VERSION:
        return []
    node = document.node(("version",))
    written = node.text if isinstance(node, Scalar) and len(node.text) <= 40 else "of so many digits"
    return [
        codes.FORMAT_VERSION.at(
            document.span(("version",)),
            f"version {written} of the format is not known",
            hint=f"write `version: {SPEC_VERSION}`, the one this program understands",
        )
    ]


def _removable(shape: type[Shape], error: ErrorDetails, texts_of: Callable[[Path], list[str]]) -> Path:
    """The smallest path around a mistake that the data can do without; () where it is the `version`.

    For a number among the options it is the number's own path: as text it can stay.
    """
    path: Path = error["loc"]
    if error["type"] == "extra_forbidden" and not any(isinstance(step, int) for step in path):
        return path
    if path and isinstance(path[-1], int) and error["type"] == "string_type" and texts_of(path[:-1]):
        return path
    # Of a list, nothing can be left out but the whole.
    items = [at for at, step in enumerate(path) if isinstance(step, int)]
    path = path[: items[0]] if items else path
    while path:
        fields = keys_of(type_at(shape, path[:-1]))
        if not fields and isinstance(path[-1], str):
            return path
        # Without its options an attribute would only be wrong in another way.
        if fields and not fields[str(path[-1])].is_required and path[-1] != "options":
            return path
        path = path[:-1]
    return path


def _texts(document: Document, path: Path) -> list[str]:
    """The items of a list as they are written; [] where one of them is no text at all."""
    node = document.node(path)
    items = node.items if isinstance(node, Sequence) else []
    texts = [item.text for item in items if isinstance(item, Scalar) and item.text]
    return texts if len(texts) == len(items) else []


class _Rest:
    """Data of which parts are replaced or left out. What it is made of is copied where it changes, once."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = {**data}
        self._own = {id(self.data)}

    def set_value(self, path: Path, value: Any) -> None:
        """Puts a value at a path; None leaves out what stands there."""
        here = self.data
        for step in map(str, path[:-1]):
            if step not in here:
                return
            if not isinstance(here[step], dict):
                return
            below = cast("dict[str, Any]", here[step])
            if id(below) not in self._own:
                below = here[step] = {**below}
                self._own.add(id(below))
            here = below
        last = str(path[-1])
        if last not in here:
            return
        if value is None:
            del here[last]
        else:
            here[last] = value


def _diagnostic(document: Document, shape: type[Shape], error: ErrorDetails) -> Diagnostic:
    loc: Path = error["loc"]
    kind = error["type"]
    name = str(loc[-1]) if loc else document.file.path
    if kind == "extra_forbidden":
        known = list(keys_of(type_at(shape, loc[:-1])))
        nearest = nearest_name(name, known)
        return codes.UNKNOWN_KEY.at(
            document.key_span(loc),
            f"the key `{name}` is not known here",
            hint=suggestion(name, nearest) or f"known here: {bounded_names(known)}",
            fix=misspelt_key(document, loc, known, nearest),
        )
    if kind == "missing":
        value = f" {SPEC_VERSION}` at its top" if name == "version" else "`"
        return codes.MISSING_KEY.at(
            document.key_span(loc[:-1]),
            f"{_path_words(loc[:-1])} has no `{name}`",
            hint=f"add `{name}:{value}",
            fix=with_version(document) if loc == ("version",) else None,
        )
    node = document.node(loc)
    found = kind_of(node) if node is not None else "nothing"
    if kind == "literal_error":
        return _not_among(document, shape, loc, found)
    if kind in _EXPECTED:
        return codes.WRONG_TYPE.at(
            document.span(loc),
            f"{_path_words(loc)} is {found}, where {_EXPECTED[kind]} is expected",
            hint=_type_hint(document, shape, loc, kind),
            fix=_type_fix(document, shape, loc, kind),
        )
    what, hint = _bound(error, node)
    return codes.BAD_VALUE.at(document.span(loc), f"{_path_words(loc)}: {what}", hint=hint)


def _not_among(document: Document, shape: type[Shape], loc: Path, found: str) -> Diagnostic:
    allowed = [str(argument) for argument in get_args(type_at(shape, loc))]
    node = document.node(loc)
    hint = f"write one of {bounded_names(allowed)}"
    meant: str | None = None
    nearest: str | None = None
    if isinstance(node, Scalar) and node.text:
        other = _ELSEWHERE.get(node.text.casefold()) if loc[-1] == "type" else None
        nearest = None if other else nearest_name(node.text, allowed)
        hint = (f"did you mean {other}?" if other else suggestion(node.text, nearest)) or hint
        meant = other.strip("`") if other and "or" not in other.split() else None
    return codes.NOT_AMONG.at(
        document.span(loc),
        f"{_path_words(loc)} is {found}, which is not one of {bounded_names(allowed)}",
        hint=hint,
        fix=misspelt_word(document, loc, allowed, nearest, meant),
    )


def _bound(error: ErrorDetails, node: Node | None) -> tuple[str, str]:
    """What is wrong with a value of the right type, and what to do."""
    context = error.get("ctx", {})
    kind = error["type"]
    if isinstance(node, Scalar) and isinstance(node.data, float) and not math.isfinite(node.data):
        return "not a finite number", "write it in digits"
    if kind == "string_too_long":
        return f"longer than {context['max_length']} characters", "shorten it"
    if kind == "string_too_short":
        return "empty", "give it a text"
    if kind == "greater_than_equal":
        return f"less than {context['ge']:g}", f"write {context['ge']:g} or more"
    if kind == "less_than_equal":
        return f"more than {context['le']:g}", f"write {context['le']:g} or less"
    return kind.replace("_", " "), "`intercom-iac schema` prints what is allowed"


def _type_hint(document: Document, shape: type[Shape], loc: Path, kind: str) -> str:
    node = document.node(loc)
    if loc == ("version",):
        return f"write `version: {SPEC_VERSION}`"
    if isinstance(node, Scalar) and node.data is None:
        if isinstance(loc[-1], int):
            return "give it a value, or remove the item"
        return "give it a value" if _is_required(shape, loc) else "give it a value, or remove the key"
    if kind == "string_type":
        if isinstance(node, Scalar):
            return f'put it in quotes to make it text: "{node.text}"'
        return "write one text, or put it in quotes where it is one"
    if kind == "bool_type":
        return "write `true` or `false`, without quotes"
    if kind in ("int_type", "int_from_float", "float_type"):
        quoted = isinstance(node, Scalar) and node.style in ("'", '"')
        return "a number stands without quotes" if quoted else "write it in digits"
    if kind in (_ONE_VALUE, _ONE_VALUE_OR_LIST):
        return "write a text, a number, `true` or `false`"
    if kind == "list_type":
        return f"write it as `[{node.text}]`" if isinstance(node, Scalar) else "write it as `[first, second]`"
    fields = keys_of(type_at(shape, loc))
    if "type" in fields and isinstance(node, Scalar) and node.data in get_args(fields["type"].type):
        return f"write `{{type: {node.data}}}`"
    known = f"; known here: {bounded_names(fields)}" if fields else ""
    return f"write keys with their values{known}"


def _type_fix(document: Document, shape: type[Shape], loc: Path, kind: str) -> Fix | None:
    if loc == ("version",):
        return with_this_version(document)
    node = document.node(loc)
    fields = keys_of(type_at(shape, loc))
    if "type" in fields and isinstance(node, Scalar) and node.data in get_args(fields["type"].type):
        return as_mapping_of_type(document, loc)
    return as_type(document, loc, kind)


def _is_required(shape: type[Shape], loc: Path) -> bool:
    fields = keys_of(type_at(shape, loc[:-1]))
    field = fields.get(str(loc[-1]))
    return field is not None and field.is_required


def _path_words(loc: Path) -> str:
    """What a path leads to, in words."""
    if not loc:
        return "the file"
    if isinstance(loc[-1], int):
        return f"item {loc[-1] + 1} of `{loc[-2]}`"
    return f"`{loc[-1]}`"


def bounded_names(names: Iterable[str]) -> str:
    """Names as a sentence holds them, as many as anybody reads."""
    shown = [f"`{name}`" for name in islice(names, _MOST_LISTED + 1)]
    return ", ".join([*shown[:_MOST_LISTED], *("…" for _ in shown[_MOST_LISTED:])])


def type_at(shape: type[Shape], path: Path) -> Any:
    """The type the shape has at a path, without its None; None for a path it does not know."""
    here: Any = shape
    for step in path:
        fields = keys_of(here)
        if fields:
            here = fields[str(step)].type if step in fields else None
        else:
            here = next(reversed(get_args(here)), None)
        # `X | None`, which Python 3.11 calls a `Union` where X is a `Literal`.
        if isinstance(here, types.UnionType) or get_origin(here) is Union:
            here = get_args(here)[0]
        if get_origin(here) is Annotated:
            here = get_args(here)[0]
    return here
