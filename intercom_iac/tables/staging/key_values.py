"""What records are known by: a cell as a key, and which keys may be sent."""

from __future__ import annotations

import unicodedata

from intercom_iac.compilers.sql import Dialect
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.payload import shown_name
from intercom_iac.text.personal import mask_email

from ..forms import TableForms
from ..sources.columns import SourceColumn
from .values import whole_sql

LONGEST_KEY = 255
# Keys that are certainly right: of printable letters that every engine knows.
_PLAIN_KEY = "[!-~]([ -~]{0,253}[!-~])?"
_PLAIN_ADDRESS = "[!-?A-~]{1,127}@[!-?A-~]{1,127}"
_ADDRESS = lazy_pattern(r"[^@\s]+@[^@\s]+")


def key_sql(column: SourceColumn, key_name: str, forms: TableForms) -> str:
    """A cell as the key of its record: text; null where it is empty, or neither a text nor a whole number."""
    match column.kind:
        case "text":
            text = f"nullif({forms.text.format(column.expression)}, '')"
            return f"lower(trim({text}))" if key_name == "email" else text
        case "integer":
            return forms.text.format(column.expression)
        case "decimal" | "double":
            return forms.text.format(whole_sql(column.expression, column.kind, forms))
        case "json":
            kind, text = f"json_type({column.expression})", f"({column.expression} ->> '$')"
            whole = forms.text.format(whole_sql(f"try_cast({text} as double)", "double", forms))
            named = f"when {kind} in ('VARCHAR', 'BIGINT', 'UBIGINT') then nullif({text}, '')"
            key = f"case {named} when {kind} = 'DOUBLE' then {whole} end"
            return f"lower(trim({key}))" if key_name == "email" else key
        case _:
            return f"cast(null as {forms.texts})"


def key_is_right_sql(key: str, key_name: str, forms: TableForms, dialect: Dialect) -> str:
    """The condition that holds for no key in which `key_fault` finds a mistake; it is never null."""
    pattern = _PLAIN_ADDRESS if key_name == "email" else _PLAIN_KEY
    return f"{key} is not null and {forms.matches.format(key, dialect.text(pattern))}"


def key_fault(key: str, key_name: str) -> str | None:
    """What is wrong with a key that is there: it would name nobody, or somebody else than is meant."""
    if len(key) > LONGEST_KEY:
        return f"the `{key_name}` holds {len(key)} characters, more than {LONGEST_KEY}"
    if key != key.strip():
        return f"the `{key_name}` begins or ends with white space"
    if any(unicodedata.category(letter) == "Cc" for letter in key):
        return f"the `{key_name}` holds control characters"
    if key_name == "email" and _ADDRESS.fullmatch(key) is None:
        return f"the `{key_name}` is no e-mail address"
    return None


def shown_key(key: str, key_name: str) -> str:
    """A key as a message shows it; one that is an address is masked."""
    return f'"{mask_email(key) if key_name == "email" else shown_name(key)}"'
