"""SYNC1xx: what is wrong with tables that are synced, and what stands in the way of writing them.

SYNC101 to SYNC139 are about tables: their columns, the shapes of these, and their rows.
"""

from __future__ import annotations

from ..registry import Code, Example

_SPECS = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro]}
    renewal: {type: date}
    seats: {type: integer}
    onboarded: {type: boolean}
    old_plan: {type: string, status: archived}
events:
  report_exported:
    metadata:
      format: {type: string}
  report_shared:
    metadata:
      format: {type: integer}
"""


def _table(rows: str, options: str = "", kind: str = "contacts") -> Example:
    """A dry run of a sync of a file of CSV."""
    run = f"sync {kind} table.csv --dry-run {options}".rstrip()
    return Example({"specs/example.yaml": _SPECS, "table.csv": f"{rows}\n"}, run)


def _query(query: str) -> Example:
    """A dry run of a sync of what a query gives."""
    return Example({"specs/example.yaml": _SPECS}, f'sync contacts "{query}" --dry-run')


def _two_tables(second: str) -> Example:
    """A dry run of two sources of contacts."""
    sources = (
        "version: 1\nsources:\n  one: {kind: file, path: table.csv}\n  two: {kind: file, path: second.csv}\n"
    )
    files = {"specs/example.yaml": _SPECS, "intercom-iac.yaml": sources}
    tables = {"table.csv": "external_id,plan_type\nu1,pro\n", "second.csv": f"{second}\n"}
    return Example(files | tables, "sync contacts --dry-run")


_RIGHT = _table("external_id,plan_type\nu1,pro")
_DATES = _table("external_id,renewal\nu1,2026-01-31\nu2,2026-02-28")

# --- SYNC101 to SYNC119: columns ----------------------------------------------------------------------------

NO_KEY_COLUMN = Code(
    "SYNC101",
    "a table without the key's column",
    "Each row names its record by `external_id`, `email` or, of companies, `company_id`. Without that column nobody "
    "can tell whom a row is about.",
    wrong=_table("user,plan_type\nu1,pro"),
    right=_table("user,plan_type\nu1,pro", "--map user=external_id"),
)
NO_COLUMN = Code(
    "SYNC102",
    "a mapped column that the table does not have",
    "The project file or `--map` names a column which is not in the table. Its attribute would be left as it is "
    "without a word.",
    wrong=_table("external_id,plan_type\nu1,pro", "--map plan=plan_type"),
    right=_RIGHT,
)
UNKNOWN_ATTRIBUTE = Code(
    "SYNC103",
    "a column that is mapped to no attribute of the specs",
    "Nothing is sent that the specs do not declare. Declare the attribute, or name the one that was meant.",
    wrong=_table("external_id,plan\nu1,pro", "--map plan=plan_typ"),
    right=_table("external_id,plan\nu1,pro", "--map plan=plan_type"),
)
NOT_WRITABLE = Code(
    "SYNC104",
    "a column that is mapped to an attribute which nobody may write",
    "The attribute is archived, or Intercom sets it by itself and only returns it.",
    wrong=_table("external_id,joined\nu1,1767225600", "--map joined=created_at"),
    right=_table("external_id,joined\nu1,1767225600", "--map joined=signed_up_at"),
)
SAME_ATTRIBUTE = Code(
    "SYNC105",
    "two columns of one attribute",
    "Which of the two counts, nobody can tell. Map the other one to an attribute of its own, or leave it out.",
    wrong=_table("external_id,plan_type,plan\nu1,pro,free", "--map plan=plan_type"),
    right=_RIGHT,
)
IGNORED_COLUMN = Code(
    "SYNC106",
    "a column that is no attribute of the specs",
    "Columns are mapped by their names, letter by letter. This one is not sent; where an attribute has a name that "
    "is nearly the same, `--map` or `map` says that it is meant.",
    wrong=_table("external_id,plan_type,Seats\nu1,pro,3"),
    right=_table("external_id,plan_type,seats\nu1,pro,3"),
    severity="info",
)
SECRET_COLUMN = Code(
    "SYNC107",
    "a column that is called like a secret",
    "Passwords, tokens and keys have no place in Intercom, where the whole team reads a person's attributes. The "
    "column is not sent by its name alone: `--map` or `map` has to name it, and its values are shown nowhere.",
    wrong=Example(
        {
            "specs/example.yaml": "version: 1\nattributes: {contact: {api_token: {type: string}}}\n",
            "table.csv": "external_id,name,api_token\nu1,Ada,abc\n",
        },
        "sync contacts table.csv --dry-run",
    ),
    right=Example(
        {
            "specs/example.yaml": "version: 1\nattributes: {contact: {api_token: {type: string}}}\n",
            "table.csv": "external_id,name\nu1,Ada\n",
        },
        "sync contacts table.csv --dry-run",
    ),
    severity="warning",
)
NOTHING_TO_SEND = Code(
    "SYNC108",
    "a table without a column that may be sent",
    "Besides the key no column is an attribute of the specs, so that there is nothing to bring in line.",
    wrong=_table("external_id,plan\nu1,pro"),
    right=_table("external_id,plan\nu1,pro", "--map plan=plan_type"),
)
NO_EVENT_COLUMN = Code(
    "SYNC109",
    "a table of events without `event_name` or `created_at`",
    "Each row is an occurrence of an event: it says which one, and when it happened.",
    wrong=_table("external_id,event,created_at\nu1,report_exported,1767225600", kind="events"),
    right=_table(
        "external_id,event,created_at\nu1,report_exported,1767225600",
        "--map event=event_name",
        kind="events",
    ),
)
TYPES_DIFFER = Code(
    "SYNC110",
    "a column that is of another type for each event",
    "A column has one type for the whole table, and the specs declare the metadata key with another one for each of "
    "several events. Sync these events from a source each.",
    wrong=_table(
        "external_id,event_name,created_at,format\nu1,report_exported,1767225600,csv", kind="events"
    ),
    right=_table("external_id,event_name,created_at\nu1,report_exported,1767225600", kind="events"),
)
NO_ROWS = Code(
    "SYNC111",
    "a table without rows",
    "Nothing is sent. A table that was to have rows may not have been written yet.",
    wrong=_table("external_id,plan_type"),
    right=_RIGHT,
    severity="warning",
)
NOT_CLEARED = Code(
    "SYNC112",
    "a column whose empty cells clear nothing",
    "With `null: clear` an empty cell takes the value away. Some of Intercom's own properties cannot be empty: a "
    "company's, and a contact's role, address and external id. Their empty cells say nothing.",
    wrong=_table("external_id,email,plan_type\nu1,,pro", "--null clear"),
    right=_table("external_id,email,plan_type\nu1,,pro"),
    severity="info",
)

# --- SYNC120 to SYNC129: how the values of a column are written ---------------------------------------------

AMBIGUOUS_SHAPE = Code(
    "SYNC120",
    "a column whose values can be read in several ways",
    "`01/02/2026` is in January to some and in February to others. How a column is written is never guessed: the "
    "rows that are read differently are rejected until `--map` or `map` names the shape.",
    wrong=_table("external_id,renewal\nu1,01/02/2026\nu2,03/02/2026"),
    right=_table("external_id,renewal\nu1,01/02/2026\nu2,03/02/2026", "--map renewal=renewal:DD/MM/YYYY"),
)
MIXED_SHAPES = Code(
    "SYNC121",
    "a column whose values are written in several ways",
    "No one shape fits all of the values, so that what they mean would have to be guessed row by row. Write them "
    "alike, or name the shape: what is written otherwise is rejected then, row by row.",
    wrong=_table("external_id,renewal\nu1,2026-01-31\nu2,28.02.2026"),
    right=_DATES,
)
OFF_SHAPE = Code(
    "SYNC122",
    "a value that is not written as its column is",
    "The column is read in one shape, which was named or which the other values have, and this value has another.",
    wrong=_table("external_id,renewal\nu1,2026-01-31\nu2,soon"),
    right=_DATES,
)
UNKNOWN_SHAPE = Code(
    "SYNC123",
    "a shape that the column cannot have",
    "The shape is none that is known, or none of the attribute's type, or the column is not text and needs none.",
    wrong=_table("external_id,renewal\nu1,2026-01-31", "--map renewal=renewal:YYMD"),
    right=_table("external_id,renewal\nu1,2026-01-31", "--map renewal=renewal:YYYY-MM-DD"),
)

# --- SYNC130 to SYNC139: rows -------------------------------------------------------------------------------

MISSING_KEY = Code(
    "SYNC130",
    "a row without a key",
    "The row does not say whom it is about.",
    wrong=_table("external_id,plan_type\nu1,pro\n,free"),
    right=_RIGHT,
)
DUPLICATE_KEY = Code(
    "SYNC131",
    "several rows with one key",
    "Which of the rows counts, nobody can tell, so that none of them is sent.",
    wrong=_table("external_id,plan_type\nu1,pro\nu1,free"),
    right=_RIGHT,
)
NOT_SENT_WHOLE = Code(
    "SYNC132",
    "a value that cannot be sent as it is",
    "It is of a size or a kind that does not go through unchanged, such as a whole number of more than 64 bits.",
    wrong=_query("select 'u1' as external_id, 92233720368547758070 as seats"),
    right=_query("select 'u1' as external_id, 3 as seats"),
)

# --- SYNC140 to SYNC169: plans ------------------------------------------------------------------------------

_TWO = "external_id,plan_type\nu1,free\nu2,free\n"


def _guard_example(limit: str, rows: str, options: str = "") -> Example:
    """A dry run in a project with a limit, for a workspace that has the contacts `u1` and `u2`."""
    project = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
    return Example(
        {
            "specs/example.yaml": _SPECS,
            "before.yaml": project,
            "intercom-iac.yaml": f"{project}safety: {{{limit}}}\n",
            "before.csv": _TWO,
            "table.csv": f"{rows}\n",
        },
        f"sync contacts table.csv --dry-run {options}".rstrip(),
        before=(
            "apply --project before.yaml --auto-approve",
            "sync contacts before.csv --project before.yaml --mode upsert --auto-approve",
        ),
    )


TOO_MANY_CHANGES = Code(
    "SYNC140",
    "the sync changes more records than the project allows",
    "`safety.max_change_percent` is the share of the records that a source was matched with which one sync may "
    "change. More than that is often a wrong column or an old export. A single record is let through, "
    "unless the limit is 0.",
    wrong=_guard_example("max_change_percent: 20", "external_id,plan_type\nu1,pro\nu2,pro"),
    right=_guard_example("max_change_percent: 20", "external_id,plan_type\nu1,pro\nu2,free"),
)
TOO_MANY_CLEARED = Code(
    "SYNC141",
    "the sync clears values of more records than the project allows",
    "With `null: clear` an empty cell clears the value in Intercom, and a column that an export left empty would "
    "clear it for everybody. `safety.max_clear_percent` is the share of the matched records that may lose a value.",
    wrong=_guard_example("max_clear_percent: 5", "external_id,plan_type\nu1,\nu2,", "--null clear"),
    right=_guard_example("max_clear_percent: 5", "external_id,plan_type\nu1,\nu2,"),
)
TOO_MANY_CREATED = Code(
    "SYNC142",
    "the sync creates more records than the project allows",
    "Intercom bills by people, and a contact that was created is not easily taken back. `safety.max_create` is how "
    "many records one sync may create.",
    wrong=_guard_example("max_create: 1", "external_id,plan_type\nu3,pro\nu4,pro", "--mode upsert"),
    right=_guard_example("max_create: 2", "external_id,plan_type\nu3,pro\nu4,pro", "--mode upsert"),
)
SHARED_PROPERTY = Code(
    "SYNC143",
    "a property that two sources send",
    "One table says what a property is. Where two of a run have it, a record in both gets the one value and then the "
    "other, and the next run does it again.",
    wrong=_two_tables("external_id,plan_type\nu1,free"),
    right=_two_tables("external_id,seats\nu1,3"),
    severity="warning",
)


def _saved_plan_example(specs: str) -> Example:
    """A plan that is saved with some specs and carried out with others."""
    project = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
    return Example(
        {
            "before/example.yaml": _SPECS,
            "specs/example.yaml": specs,
            "before.yaml": f"{project}specs: before\n",
            "intercom-iac.yaml": project,
            "table.csv": _TWO,
        },
        "sync --plan plan.jsonl --auto-approve",
        before=(
            "apply --project before.yaml --auto-approve",
            "sync contacts table.csv --project before.yaml --mode upsert --out plan.jsonl",
        ),
    )


STALE_SYNC_PLAN = Code(
    "SYNC150",
    "a saved plan of a sync that is of something else",
    "A plan is carried out in the workspace that it was made for, with the specs that its rows were held to.",
    wrong=_saved_plan_example(_SPECS.replace("free, pro", "free, pro, team")),
    right=_saved_plan_example(_SPECS),
)
EDITED_SYNC_PLAN = Code(
    "SYNC151",
    "a saved plan of a sync that is not as it was written",
    "What was reviewed is what is carried out: a file that was edited, or cut off, is not.",
    wrong=Example(
        {
            "specs/example.yaml": _SPECS,
            "plan.jsonl": '{"sync_plan":1,"made_at":1,"workspace":"sandbox","app_id":"abc","specs_digest":"",'
            '"writes":1,"digest":"","plans":[]}\n',
        },
        "sync --plan plan.jsonl --auto-approve",
    ),
    right=_saved_plan_example(_SPECS),
)
