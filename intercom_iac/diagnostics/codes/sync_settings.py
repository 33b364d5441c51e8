"""SYNC190-199: the sources that a project file declares, and what the workspace has for them."""

from __future__ import annotations

from ..registry import Code, Example

_SPEC = "version: 1\nattributes:\n  contact:\n    plan_type: {type: options, options: [free, pro]}\n"


def _sources(text: str) -> Example:
    """A project with these sources, and an attribute."""
    return Example(
        {"intercom-iac.yaml": f"version: 1\nsources:\n{text}", "specs/example.yaml": _SPEC},
    )


SOURCE_PLACE = Code(
    "SYNC190",
    "a source that is nowhere, or in two places",
    "A source has a `path` (a file, a folder or a glob) or a `query`. Of `kind: file` it has a path; of "
    "`kind: postgres` a query, which runs in the database.",
    wrong=_sources("  people: {kind: file}\n"),
    right=_sources("  people: {kind: file, path: people.parquet}\n"),
)
SOURCE_DATABASE = Code(
    "SYNC191",
    "the database of a source",
    "`database_env` is the NAME of the environment variable that holds the address of a PostgreSQL database, so that "
    "its password stands in no file. A source of `kind: postgres` has it, and no other.",
    wrong=_sources("  people: {kind: postgres, query: select * from people}\n"),
    right=_sources("  people: {kind: postgres, query: select * from people, database_env: DATABASE_URL}\n"),
)
SOURCE_KEY = Code(
    "SYNC192",
    "a key or a mode that rows of this kind do not have",
    "Contacts are known by `external_id` or `email`, companies by `company_id`, events by their person's "
    "`external_id` or `email`. Events are sent or not: they have no `mode`, and clear nothing.",
    wrong=_sources("  firms: {kind: file, of: companies, path: firms.csv, key: email}\n"),
    right=_sources("  firms: {kind: file, of: companies, path: firms.csv, key: company_id}\n"),
)
MAPPED_TWICE = Code(
    "SYNC193",
    "two columns of one attribute",
    "A record has one value of an attribute, so that one column is mapped to it.",
    wrong=_sources(
        "  people: {kind: file, path: people.csv, map: {plan: plan_type, tier: plan_type}}\n",
    ),
    right=_sources("  people: {kind: file, path: people.csv, map: {plan: plan_type}}\n"),
)
MAPPED_ATTRIBUTE = Code(
    "SYNC194",
    "a column of an attribute that may not be sent",
    "`map` names, for a column of the table, an attribute of the specs or one of Intercom's own that may be written. "
    "What the specs do not declare, Intercom does not take.",
    wrong=_sources("  people: {kind: file, path: people.csv, map: {plan: plan_tipe}}\n"),
    right=_sources("  people: {kind: file, path: people.csv, map: {plan: plan_type}}\n"),
)
NOT_APPLIED = Code(
    "SYNC195",
    "a column of an attribute that the workspace does not have",
    "Intercom refuses records with a custom attribute that it does not know, or that is archived. `apply` makes "
    "those that the specs declare, and is run before the first sync. A dry run says it as a warning.",
    wrong=Example(
        {"specs/example.yaml": _SPEC, "table.csv": "external_id,plan_type\nu1,pro\n"},
        "sync contacts table.csv --auto-approve",
    ),
    right=Example(
        {"specs/example.yaml": _SPEC, "table.csv": "external_id,plan_type\nu1,pro\n"},
        "sync contacts table.csv --auto-approve",
        before=("apply --auto-approve",),
    ),
)
