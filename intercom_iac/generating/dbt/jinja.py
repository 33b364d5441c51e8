"""What dbt would read as Jinja, in texts that are none."""

from __future__ import annotations

from dataclasses import replace

from intercom_iac.compilers.sql import Dialect
from intercom_iac.lazy_pattern import lazy_pattern

# A brace that opens an expression, a statement or a comment; and the sign that Jinja makes a line feed of.
_READ = lazy_pattern(r"\{(?=[{%#\r])|\r")


def literal(text: str) -> str:
    """A text that Jinja gives back as it is: `{{` -> `{{ '{' }}{`."""
    return _READ.sub(lambda found: f"{{{{ {found[0]!r} }}}}", text)


def jinja_dialect(dialect: Dialect) -> Dialect:
    """The dialect in files that dbt renders: names and texts of the specs stay as they are."""

    def identifier(name: str) -> str:
        return literal(dialect.identifier(name))

    def text(value: str) -> str:
        return literal(dialect.text(value))

    def place(json: str, key: str) -> tuple[str, str]:
        held, quoted = dialect.place(json, key)
        return literal(held), literal(quoted)

    return replace(dialect, identifier=identifier, text=text, place=place)
