"""The shape of the project file `intercom-iac.yaml`, as pydantic models."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field

from intercom_iac.yaml.shapes import SPEC_VERSION, Shape, keys_of

from .policy.settings import NamingSettings, PolicySettings

DEFAULT_SANDBOX = ".intercom-iac/sandbox.db"
DEFAULT_TOKEN_ENV = "INTERCOM_TOKEN"  # noqa: S105  the name of a variable

Region = Literal["us", "eu", "au"]
# The values of `model.world.Assumption`.
AssumptionName = Literal[
    "declared_options", "past_timestamps", "whole_numbers", "counts_not_negative", "short_texts", "known_role"
]
RELEASE = r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)"
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
    timezone: str | None = _optional(
        "The time zone of this workspace's days, where it is not the project's; an IANA name.",
        "Europe/Dublin",
    )
    protected: bool = _optional("Whether apply takes a saved plan only.", True, default=False)
    variables: dict[str, str] = Field(
        default_factory=dict[str, str],
        description="This workspace's values of variables that the project file declares.",
        examples=[{"SUPPORT_TEAM": "support-emea"}],
    )


class SafetySettings(Shape):
    """What apply refuses without leave."""

    max_archive_percent: Annotated[float, Field(ge=0, le=100)] = _optional(
        "The share of the workspace's active attributes, in percent, that one apply may archive; a single one is "
        "always let through, unless this is 0.",
        30,
        default=30,
    )
    max_change_percent: Annotated[float, Field(ge=0, le=100)] = _optional(
        "The share of the records that a source was matched with, in percent, that one sync or publish may change.",
        20,
    )
    max_clear_percent: Annotated[float, Field(ge=0, le=100)] = _optional(
        "The share of those records, in percent, of which one sync may clear a value.", 5
    )
    max_audience_change_percent: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = _optional(
        "The share of the people of a segment, in percent, who may enter and leave it by one change of its rule, "
        "where `breaking --contacts` or `plan --against` counts them.",
        25,
    )
    max_create: Annotated[int, Field(ge=0)] = _optional("How many records one sync may create.", 1000)


class MappedColumn(Shape):
    """The attribute that a column of a table is of, where its values are written in a shape that has to be told."""

    attribute: str = Field(
        description="The attribute, by its name in the specs.", examples=["signed_up_at"], min_length=1
    )
    shape: str | None = _optional(
        "How the column's values are written, all of them alike: `YYYY-MM-DD`, `DD/MM/YYYY`, `unix`, `yes/no`, ...",
        "DD/MM/YYYY",
    )


class SourceSettings(Shape):
    """A table of the team's own: what `sync` brings Intercom in line with."""

    kind: Literal["file", "duckdb", "postgres", "spark"] = Field(
        description="What reads it: files (CSV, NDJSON, Parquet), a query in DuckDB, in PostgreSQL or in Spark.",
        examples=["duckdb"],
    )
    of: Literal["contacts", "companies", "events"] = _optional(
        "What its rows are.", "contacts", default="contacts"
    )
    path: str | None = _optional(
        "A file, a folder or a glob of files, relative to this file.", "exports/people/*.parquet"
    )
    query: str | None = _optional("A query, instead of a path.", "select * from 'people.parquet'")
    database_env: str | None = _optional(
        "The NAME of the environment variable that holds the address of the PostgreSQL database.",
        "DATABASE_URL",
        pattern=f"^{VARIABLE.pattern}$",
    )
    key: Literal["external_id", "email", "company_id"] | None = _optional(
        "What records are known by. Left out: `external_id` where there is such a column, else `email`; of companies "
        "`company_id`.",
        "external_id",
    )
    map: dict[str, str | MappedColumn] = Field(
        default_factory=dict[str, str | MappedColumn],
        description="Column -> attribute, for columns that are called otherwise.",
        examples=[{"plan": "plan_type"}],
    )
    null: Literal["keep", "clear"] = _optional(
        "Whether an empty cell leaves the value in Intercom as it is, or clears it.", "keep", default="keep"
    )
    mode: Literal["update_only", "upsert", "create_only"] = _optional(
        "Whether records that Intercom does not have are left out, made as well, or are all that is made.",
        "update_only",
        default="update_only",
    )
    cache_days: Annotated[int, Field(ge=0, le=365)] = _optional(
        "For how many days a record that was compared with Intercom is taken to be there as it was.",
        7,
        default=7,
    )


class VariableSettings(Shape):
    """A value that is not the same for every workspace; specs name it as `${NAME}` in their texts."""

    default: str = Field(description="Its value where nothing else is said.", examples=["support"])
    description: str | None = _optional("What it is for.", "The team that answers in this workspace")


class AcceptedChange(Shape):
    """A breaking change that was agreed on: `breaking` lets it through until the day it expires."""

    address: str = Field(
        description="The address of what changes; `specs` for BACK780.",
        examples=["attribute.contact.plan_type"],
        min_length=1,
    )
    code: str = Field(
        description="The code that `breaking` gives the change.",
        examples=["BACK703"],
        json_schema_extra={"pattern": "^BACK7[0-9]{2}$"},
    )
    reason: str = Field(
        description="Why it may be, for whoever reads the project file later.",
        examples=["Nobody has been on this plan since 2024, and no campaign names it"],
        min_length=1,
    )
    expires: str = Field(
        description="The last day on which it is accepted, as in 2027-01-31.",
        examples=["2027-01-31"],
        json_schema_extra={"format": "date"},
    )


class IgnoredDriftSettings(Shape):
    """Drift that is known and left as it is: `drift` counts it and reports nothing else of it."""

    address: str = Field(
        description="An address, or a pattern as shells have them; without a kind in front it is for bare names too.",
        examples=["attribute.contact.hs_*"],
        min_length=1,
    )
    reason: str = Field(
        description="Why it is left as it is, for whoever reads the project file later.",
        examples=["Written by the HubSpot app"],
        min_length=1,
    )
    until: str | None = _optional(
        "The last day on which it is ignored, as in 2027-06-30; left out, it is ignored for good.",
        "2027-06-30",
        format="date",
    )


class DriftSettings(Shape):
    """Which findings of `drift` are known and left as they are."""

    ignore: list[IgnoredDriftSettings] = Field(
        default_factory=list[IgnoredDriftSettings],
        description="Drift that is known and left as it is, each with its reason.",
        examples=[
            [
                {
                    "address": "attribute.contact.hs_*",
                    "reason": "Written by the HubSpot app",
                    "until": "2027-06-30",
                }
            ]
        ],
    )


class ProofSettings(Shape):
    """What proofs about rules take for granted of people."""

    without: list[AssumptionName] = Field(
        default_factory=list[AssumptionName],
        description="The assumptions that are turned off, each by its name.",
        examples=[["past_timestamps"]],
    )


class ProjectSettings(Shape):
    """The project file of intercom-iac."""

    version: int = Field(
        description="The version of the format.", examples=[SPEC_VERSION], json_schema_extra={"const": 1}
    )
    specs: str = _optional("The folder of the spec files, relative to this file.", "specs", default="specs")
    timezone: str | None = _optional(
        "The time zone of the workspaces' days, an IANA name: for commands that do not ask a workspace.",
        "Europe/Dublin",
    )
    moved_from: str | None = _optional(
        "The folder of this project before it was moved, from the root of the repository: what `--against` compares "
        "with where the revision has it there.",
        "crm",
    )
    default_workspace: str | None = _optional("The workspace that is meant where none is named.", "sandbox")
    workspaces: dict[str, WorkspaceSettings] = Field(
        default_factory=dict[str, WorkspaceSettings],
        description="The workspaces the specs are for, by name. Left out: an embedded one, `sandbox`.",
        examples=[
            {"sandbox": {"sandbox": DEFAULT_SANDBOX}, "production": {"region": "us", "app_id": "abc12345"}}
        ],
    )
    safety: SafetySettings = Field(
        default_factory=SafetySettings,
        description="Limits to what apply does.",
        examples=[{"max_archive_percent": 30}],
    )
    sources: dict[str, SourceSettings] = Field(
        default_factory=dict[str, SourceSettings],
        description="The team's own tables, by name: what `sync` and `segment publish` read.",
        examples=[{"people": {"kind": "file", "path": "people.parquet", "map": {"plan": "plan_type"}}}],
    )
    drift: DriftSettings = Field(
        default_factory=DriftSettings,
        description="What `drift` makes of its findings.",
        examples=[
            {"ignore": [{"address": "attribute.contact.hs_*", "reason": "Written by the HubSpot app"}]}
        ],
    )
    naming: NamingSettings = Field(
        default_factory=NamingSettings,
        description="How names are spelled.",
        examples=[{"attributes": "snake_case"}],
    )
    policy: PolicySettings = Field(
        default_factory=PolicySettings,
        description="What is asked of names, owners, lengths and labels.",
        examples=[{"require": {"attributes": ["description", "owner"]}}],
    )
    proofs: ProofSettings = Field(
        default_factory=ProofSettings,
        description="What proofs about rules take for granted: `check`, `rule relate`, assertions.",
        examples=[{"without": ["past_timestamps"]}],
    )
    variables: dict[str, VariableSettings] = Field(
        default_factory=dict[str, VariableSettings],
        description="The variables that specs may name as `${NAME}`. A workspace's own value comes first, then the "
        "environment variable of that name, then the default.",
        examples=[{"SUPPORT_TEAM": {"default": "support"}}],
        json_schema_extra={"propertyNames": {"pattern": f"^{VARIABLE.pattern}$"}},
    )
    release: str | None = _optional(
        "The version of the specs, as in 2.3.0: `breaking` says whether its step fits the changes.",
        "2.3.0",
        pattern=f"^{RELEASE}$",
    )
    accept: list[AcceptedChange] = Field(
        default_factory=list[AcceptedChange],
        description="Breaking changes that were agreed on, each for a time and with its reason.",
        examples=[
            [
                {
                    "address": "attribute.contact.plan_type",
                    "code": "BACK703",
                    "reason": "Nobody has been on this plan since 2024, and no campaign names it",
                    "expires": "2027-01-31",
                }
            ]
        ],
    )


def project_keys() -> frozenset[str]:
    """Every key that the project file has at its top and for a workspace."""
    return frozenset((*keys_of(ProjectSettings), *keys_of(WorkspaceSettings)))
