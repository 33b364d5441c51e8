"""The shape of the project file `intercom-iac.yaml`, in shapes. Annotations are read as they stand."""

from typing import Annotated, Literal

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.yaml.shapes import (
    SPEC_VERSION,
    Bounds,
    FilledText,
    Shape,
    keys_of,
    optional_key,
    required_key,
)

from .policy.settings import NamingSettings, PolicySettings

DEFAULT_SANDBOX = ".intercom-iac/sandbox.db"
DEFAULT_TOKEN_ENV = "INTERCOM_TOKEN"  # noqa: S105  the name of a variable

Region = Literal["us", "eu", "au"]
# The values of `model.world.Assumption`.
AssumptionName = Literal[
    "declared_options", "past_timestamps", "whole_numbers", "counts_not_negative", "short_texts", "known_role"
]
RELEASE = r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)"
VARIABLE = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]*")


class WorkspaceSettings(Shape):
    """A workspace: an embedded one (`sandbox`) or one of Intercom's (`region`, `base_url`)."""

    sandbox: str | None = optional_key(
        "The file of an embedded workspace, relative to the project.", DEFAULT_SANDBOX
    )
    region: Region | None = optional_key("Where Intercom hosts the workspace.", "us")
    base_url: str | None = optional_key(
        "The address of the API, instead of a region; https, or this machine.", "https://api.intercom.io"
    )
    allow_host: str | None = optional_key(
        "The name of the `base_url`'s host, where that is neither Intercom's nor this machine: it is sent the token.",
        "proxy.example.com",
    )
    app_id: str | None = optional_key(
        "The workspace's id, as its address in Intercom shows it; with another one nothing is written.",
        "abc12345",
    )
    token_env: str = optional_key(
        "The NAME of the environment variable that holds the access token; never the token.",
        DEFAULT_TOKEN_ENV,
        default=DEFAULT_TOKEN_ENV,
        pattern=f"^{VARIABLE.pattern}$",
    )
    timezone: str | None = optional_key(
        "The time zone of this workspace's days, where it is not the project's; an IANA name.",
        "Europe/Dublin",
    )
    protected: bool = optional_key("Whether apply takes a saved plan only.", True, default=False)
    variables: dict[str, str] = optional_key(
        "This workspace's values of variables that the project file declares.",
        {"SUPPORT_TEAM": "support-emea"},
        default_factory=dict[str, str],
    )


class SafetySettings(Shape):
    """What apply refuses without leave."""

    max_archive_percent: Annotated[float, Bounds(ge=0, le=100)] = optional_key(
        "The share of the workspace's active attributes, in percent, that one apply may archive; a single one is "
        "always let through, unless this is 0.",
        30,
        default=30,
    )
    max_change_percent: Annotated[float, Bounds(ge=0, le=100)] = optional_key(
        "The share of the records that a source was matched with, in percent, that one sync or publish may change.",
        20,
    )
    max_clear_percent: Annotated[float, Bounds(ge=0, le=100)] = optional_key(
        "The share of those records, in percent, of which one sync may clear a value.", 5
    )
    max_audience_change_percent: Annotated[float, Bounds(ge=0, finite=True)] | None = optional_key(
        "The share of the people of a segment, in percent, who may enter and leave it by one change of its rule, "
        "where `breaking --contacts` or `plan --against` counts them.",
        25,
    )
    max_create: Annotated[int, Bounds(ge=0)] = optional_key("How many records one sync may create.", 1000)


class MappedColumn(Shape):
    """The attribute that a column of a table is of, where its values are written in a shape that has to be told."""

    attribute: FilledText = required_key("The attribute, by its name in the specs.", "signed_up_at")
    shape: str | None = optional_key(
        "How the column's values are written, all of them alike: `YYYY-MM-DD`, `DD/MM/YYYY`, `unix`, `yes/no`, ...",
        "DD/MM/YYYY",
    )


class SourceSettings(Shape):
    """A table of the team's own: what `sync` brings Intercom in line with."""

    kind: Literal["file", "duckdb", "postgres", "spark"] = required_key(
        "What reads it: files (CSV, NDJSON, Parquet), a query in DuckDB, in PostgreSQL or in Spark.", "duckdb"
    )
    of: Literal["contacts", "companies", "events"] = optional_key(
        "What its rows are.", "contacts", default="contacts"
    )
    path: str | None = optional_key(
        "A file, a folder or a glob of files, relative to this file.", "exports/people/*.parquet"
    )
    query: str | None = optional_key("A query, instead of a path.", "select * from 'people.parquet'")
    database_env: str | None = optional_key(
        "The NAME of the environment variable that holds the address of the PostgreSQL database.",
        "DATABASE_URL",
        pattern=f"^{VARIABLE.pattern}$",
    )
    key: Literal["external_id", "email", "company_id"] | None = optional_key(
        "What records are known by. Left out: `external_id` where there is such a column, else `email`; of companies "
        "`company_id`.",
        "external_id",
    )
    map: dict[str, str | MappedColumn] = optional_key(
        "Column -> attribute, for columns that are called otherwise.",
        {"plan": "plan_type"},
        default_factory=dict[str, str | MappedColumn],
    )
    null: Literal["keep", "clear"] = optional_key(
        "Whether an empty cell leaves the value in Intercom as it is, or clears it.", "keep", default="keep"
    )
    mode: Literal["update_only", "upsert", "create_only"] = optional_key(
        "Whether records that Intercom does not have are left out, made as well, or are all that is made.",
        "update_only",
        default="update_only",
    )
    cache_days: Annotated[int, Bounds(ge=0, le=365)] = optional_key(
        "For how many days a record that was compared with Intercom is taken to be there as it was.",
        7,
        default=7,
    )


class VariableSettings(Shape):
    """A value that is not the same for every workspace; specs name it as `${NAME}` in their texts."""

    default: str = required_key("Its value where nothing else is said.", "support")
    description: str | None = optional_key("What it is for.", "The team that answers in this workspace")


class AcceptedChange(Shape):
    """A breaking change that was agreed on: `breaking` lets it through until the day it expires."""

    address: FilledText = required_key(
        "The address of what changes; `specs` for BACK780.", "attribute.contact.plan_type"
    )
    code: str = required_key(
        "The code that `breaking` gives the change.", "BACK703", pattern="^BACK7[0-9]{2}$"
    )
    reason: FilledText = required_key(
        "Why it may be, for whoever reads the project file later.",
        "Nobody has been on this plan since 2024, and no campaign names it",
    )
    expires: str = required_key(
        "The last day on which it is accepted, as in 2027-01-31.", "2027-01-31", format="date"
    )


class IgnoredDriftSettings(Shape):
    """Drift that is known and left as it is: `drift` counts it and reports nothing else of it."""

    address: FilledText = required_key(
        "An address, or a pattern as shells have them; without a kind in front it is for bare names too.",
        "attribute.contact.hs_*",
    )
    reason: FilledText = required_key(
        "Why it is left as it is, for whoever reads the project file later.", "Written by the HubSpot app"
    )
    until: str | None = optional_key(
        "The last day on which it is ignored, as in 2027-06-30; left out, it is ignored for good.",
        "2027-06-30",
        format="date",
    )


class DriftSettings(Shape):
    """Which findings of `drift` are known and left as they are."""

    ignore: list[IgnoredDriftSettings] = optional_key(
        "Drift that is known and left as it is, each with its reason.",
        [
            {
                "address": "attribute.contact.hs_*",
                "reason": "Written by the HubSpot app",
                "until": "2027-06-30",
            }
        ],
        default_factory=list[IgnoredDriftSettings],
    )


class ProofSettings(Shape):
    """What proofs about rules take for granted of people."""

    without: list[AssumptionName] = optional_key(
        "The assumptions that are turned off, each by its name.",
        ["past_timestamps"],
        default_factory=list[AssumptionName],
    )


class ProjectSettings(Shape):
    """The project file of intercom-iac."""

    version: int = required_key("The version of the format.", SPEC_VERSION, const=1)
    specs: str = optional_key(
        "The folder of the spec files, relative to this file.", "specs", default="specs"
    )
    timezone: str | None = optional_key(
        "The time zone of the workspaces' days, an IANA name: for commands that do not ask a workspace.",
        "Europe/Dublin",
    )
    moved_from: str | None = optional_key(
        "The folder of this project before it was moved, from the root of the repository: what `--against` compares "
        "with where the revision has it there.",
        "crm",
    )
    default_workspace: str | None = optional_key(
        "The workspace that is meant where none is named.", "sandbox"
    )
    workspaces: dict[str, WorkspaceSettings] = optional_key(
        "The workspaces the specs are for, by name. Left out: an embedded one, `sandbox`.",
        {"sandbox": {"sandbox": DEFAULT_SANDBOX}, "production": {"region": "us", "app_id": "abc12345"}},
        default_factory=dict[str, WorkspaceSettings],
    )
    safety: SafetySettings = optional_key(
        "Limits to what apply does.", {"max_archive_percent": 30}, default_factory=SafetySettings
    )
    sources: dict[str, SourceSettings] = optional_key(
        "The team's own tables, by name: what `sync` and `segment publish` read.",
        {"people": {"kind": "file", "path": "people.parquet", "map": {"plan": "plan_type"}}},
        default_factory=dict[str, SourceSettings],
    )
    drift: DriftSettings = optional_key(
        "What `drift` makes of its findings.",
        {"ignore": [{"address": "attribute.contact.hs_*", "reason": "Written by the HubSpot app"}]},
        default_factory=DriftSettings,
    )
    naming: NamingSettings = optional_key(
        "How names are spelled.", {"attributes": "snake_case"}, default_factory=NamingSettings
    )
    policy: PolicySettings = optional_key(
        "What is asked of names, owners, lengths and labels.",
        {"require": {"attributes": ["description", "owner"]}},
        default_factory=PolicySettings,
    )
    proofs: ProofSettings = optional_key(
        "What proofs about rules take for granted: `check`, `rule relate`, assertions.",
        {"without": ["past_timestamps"]},
        default_factory=ProofSettings,
    )
    variables: dict[str, VariableSettings] = optional_key(
        "The variables that specs may name as `${NAME}`. A workspace's own value comes first, then the "
        "environment variable of that name, then the default.",
        {"SUPPORT_TEAM": {"default": "support"}},
        default_factory=dict[str, VariableSettings],
        propertyNames={"pattern": f"^{VARIABLE.pattern}$"},
    )
    release: str | None = optional_key(
        "The version of the specs, as in 2.3.0: `breaking` says whether its step fits the changes.",
        "2.3.0",
        pattern=f"^{RELEASE}$",
    )
    accept: list[AcceptedChange] = optional_key(
        "Breaking changes that were agreed on, each for a time and with its reason.",
        [
            {
                "address": "attribute.contact.plan_type",
                "code": "BACK703",
                "reason": "Nobody has been on this plan since 2024, and no campaign names it",
                "expires": "2027-01-31",
            }
        ],
        default_factory=list[AcceptedChange],
    )


def project_keys() -> frozenset[str]:
    """Every key that the project file has at its top and for a workspace."""
    return frozenset((*keys_of(ProjectSettings), *keys_of(WorkspaceSettings)))
