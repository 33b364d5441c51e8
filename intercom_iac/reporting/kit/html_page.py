"""Pages that need nothing else: a template of the package, its style in it, whatever the specs say escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from intercom_iac.text import printable

from .prose_html import names_as_code

if TYPE_CHECKING:
    from jinja2 import Template


def page_template(name: str, filters: Mapping[str, Callable[..., Any]]) -> Template:
    """A template of `templates`, with these filters and those that every page has: `named`, `seen`."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    environment.filters.update({"named": names_as_code, "seen": visible_text, **filters})
    return environment.from_string(_resource(name))


def page_style(*sheets: str) -> dict[str, str]:
    """What a template takes for these style sheets: `style`, and the hash that its content policy allows."""
    style = "".join(map(_resource, sheets))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": style, "style_hash": f"sha256-{digest}"}


def visible_text(value: object) -> str:
    """What no one sees is spelled out."""
    return printable(str(value))


def _resource(name: str) -> str:
    return files("intercom_iac.reporting").joinpath("templates", name).read_text("utf-8")
