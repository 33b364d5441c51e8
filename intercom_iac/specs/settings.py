"""The shape of the project file `intercom-iac.yaml`, as pydantic models."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field

from .entries import SPEC_VERSION, Shape

DEFAULT_SANDBOX = ".intercom-iac/sandbox.db"
DEFAULT_TOKEN_ENV = "INTERCOM_TOKEN"  # noqa: S105  the name of a variable

Region = Literal["us", "eu", "au"]
Style = Literal["snake_case", "kebab-case", "camelCase", "PascalCase"]
STYLES: dict[Style, re.Pattern[str]] = {
    "snake_case": re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"),
    "kebab-case": re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"),
    "camelCase": re.compile(r"[a-z][a-zA-Z0-9]*"),
    "PascalCase": re.compile(r"[A-Z][a-zA-Z0-9]*"),
}
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _optional(text: str, *examples: Any, default: Any = None, **schema: Any) -> Any:
    return Field(default, description=text, examples=list(examples) or None, json_schema_extra=schema or None)


class WorkspaceSettings(Shape):
    """A workspace: an embedded one (`sandbox`) or one of Intercom's (`region`, `base_url`)."""

    sandbox: str | None = _optional(
        "The file of an embedded workspace, relative to the project.", DEFAULT_SANDBOX
    )
    region: Region | None = _optional("Where Intercom hosts the workspace.", "us")
    base_url: str | None = _optional(
        "The address of the API, instead of a region; https, or this machine.", "https://api.intercom.io"
    )
    allow_host: str | None = _optional(
        "The name of the `base_url`'s host, where that is neither Intercom's nor this machine: it is sent the token.",
        "proxy.example.com",
    )
    app_id: str | None = _optional(
        "The workspace's id, as its address in Intercom shows it; with another one nothing is written.",
        "abc12345",
    )
    token_env: str = _optional(
        "The NAME of the environment variable that holds the access token; never the token.",
        DEFAULT_TOKEN_ENV,
        default=DEFAULT_TOKEN_ENV,
        pattern=f"^{VARIABLE.pattern}$",
    )
    protected: bool = _optional("Whether apply takes a saved plan only.", default=False)


class SafetySettings(Shape):
    """What apply refuses without leave."""

    max_archive_percent: Annotated[float, Field(ge=0, le=100)] = _optional(
        "The share of the workspace's active attributes, in percent, that one apply may archive; a single one is "
        "always let through, unless this is 0.",
        30,
        default=30,
    )


class NamingSettings(Shape):
    """How names are spelled; a name in another style is warned about."""

    attributes: Style | None = _optional("The style of attributes' names.", "snake_case")
    events: Style | None = _optional("The style of events' names.", "snake_case")


class ProjectSettings(Shape):
    """The project file of intercom-iac."""

    version: int = Field(
        description="The version of the format.", examples=[SPEC_VERSION], json_schema_extra={"const": 1}
    )
    specs: str = _optional("The folder of the spec files, relative to this file.", "specs", default="specs")
    default_workspace: str | None = _optional("The workspace that is meant where none is named.", "sandbox")
    workspaces: dict[str, WorkspaceSettings] = Field(
        default_factory=dict[str, WorkspaceSettings],
        description="The workspaces the specs are for, by name. Left out: an embedded one, `sandbox`.",
    )
    safety: SafetySettings = Field(default_factory=SafetySettings, description="Limits to what apply does.")
    naming: NamingSettings = Field(default_factory=NamingSettings, description="How names are spelled.")
