"""The rows of the table that `make bench` prints and the README shows: what is measured, against what, and the goal.

A benchmark reports what it measures by the name of a row. Nothing is imported here but the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

HEAD = "| what | against | measured | goal |"
_RULE = "|---|---|---|---|"
MISSED = ", missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What was measured: ratios pair by pair, memory in MB, a time in seconds, an exponent, and other figures."""

    ratios: tuple[float, ...] = ()
    memory: float | None = None
    seconds: float | None = None
    exponent: float | None = None
    figures: str = ""

    @property
    def text(self) -> str:
        parts = [
            ratio_text(self.ratios) if self.ratios else "",
            "" if self.exponent is None else f"{self.exponent:.2f}",
            "" if self.seconds is None else seconds_text(self.seconds),
            "" if self.memory is None else memory_text(self.memory),
            self.figures,
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that a ratio may be, and the memory in MB, the time in seconds, the exponent; None asks nothing."""

    ratio: float | None = None
    memory: float | None = None
    seconds: float | None = None
    exponent: float | None = None

    @property
    def text(self) -> str:
        parts = [
            "" if self.ratio is None else fraction_text(self.ratio),
            "" if self.exponent is None else f"{self.exponent:g}",
            "" if self.seconds is None else seconds_text(self.seconds),
            "" if self.memory is None else memory_text(self.memory),
        ]
        return ", ".join(part for part in parts if part)

    def is_met(self, found: Measurement) -> bool:
        measured = (
            (self.ratio, median(found.ratios) if found.ratios else None),
            (self.memory, found.memory),
            (self.seconds, found.seconds),
            (self.exponent, found.exponent),
        )
        return all(most is None or (value is not None and value <= most) for most, value in measured)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; `reason` is why a goal that is missed is missed."""

    work: str
    against: str
    goal: Goal = Goal()
    reason: str = ""

    def line(self, measured: str, *, is_met: bool = True) -> str:
        missed = "" if is_met else MISSED + (f": {self.reason}" if self.reason else "")
        return f"| {self.work} | {self.against} | {measured} | {self.goal.text}{missed} |"


def memory_text(megabytes: float) -> str:
    return f"{megabytes / 1000:.3g} GB" if megabytes >= 1000 else f"{megabytes:.0f} MB"


def seconds_text(seconds: float) -> str:
    milliseconds = 1000 * seconds
    if milliseconds < 10:
        return f"{milliseconds:.2g} ms"
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{seconds:.3g} s"


def fraction_text(ratio: float) -> str:
    """A ratio that is bound to be small is easier read as a part."""
    return f"1/{1 / ratio:.0f}" if 0 < ratio < 0.095 else f"{ratio:g}x"


def ratio_text(ratios: Sequence[float]) -> str:
    """The median, and from where to where where these are far from each other."""
    middle, low, high = median(ratios), min(ratios), max(ratios)
    if 0 < middle < 0.095:
        return fraction_text(middle)
    return f"{middle:.2f}x" + (f" ({low:.2f} to {high:.2f})" if high > 1.1 * low else "")


PREVIEW = "`segment preview`, 20 rules"
BY_HAND_IN_LINES = "DuckDB by hand, struct columns"
ONE_PASS = "one pass by hand in DuckDB, `sum(case when)`"
NOTHING = "`python -c pass`"
WITHOUT_MISTAKES = "the same without mistakes"
AMONG_FEW = "the same among 1,000"
IMPORTS = "click and PyYAML, with what they import, take 5.3x by themselves"
TWICE_AT_MOST = Goal(2)
# 2 to the power of 1.15: what doubling the input may cost.
DOUBLED = Goal(2.22)

TABLE: Mapping[str, Mapping[str, Row]] = {
    "people_in_lines.py": {
        "lean": Row(f"{PREVIEW}, NDJSON, 1M lean contacts (0.5 KB)", BY_HAND_IN_LINES, Goal(2, 500)),
        "events": Row("the same with 3M events, four rules more", BY_HAND_IN_LINES, Goal(2)),
        "api": Row(
            f"{PREVIEW}, NDJSON, 1M contacts as the API returns them", BY_HAND_IN_LINES, Goal(2.5, 1000)
        ),
        "many lean": Row(f"{PREVIEW}, NDJSON, 5M lean contacts", BY_HAND_IN_LINES, Goal(2)),
    },
    "preview.py": {
        "parquet": Row(f"{PREVIEW}, Parquet, 1M contacts", ONE_PASS, Goal(1.4)),
        "many parquet": Row(f"{PREVIEW}, Parquet, 5M contacts", ONE_PASS, Goal(1.1)),
        "filter": Row("the same", "the same by hand with `count(*) filter`"),
        "a query each": Row("the same", "a query of `count(*) filter` for each rule", Goal(0.8)),
        "counts": Row("`segment compile --counts` of the same, in DuckDB", ONE_PASS, Goal(1.1)),
        "ids": Row("`segment preview --ids --format json`, 1M contacts", "the same in text", Goal(1.3)),
    },
    "many_rules.py": {
        "50 rules": Row(
            "`segment preview`, 50 rules, Parquet, 1M contacts, overlaps included",
            "counts alone, one pass: `segment compile --counts`",
            Goal(2),
        ),
        "100 rules": Row("the same with 100 rules", "their counts alone, one pass", Goal(3)),
        "200 rules": Row("the same with 200 rules", "their counts alone, one pass", Goal(5)),
    },
    "evaluation.py": {
        "rule eval": Row(
            "`rule eval`, one rule, NDJSON, 1M lean contacts", "a `json.loads` loop by hand", Goal(0.6)
        ),
        "rule eval of events": Row(
            "the same with 3M events, one of six names asked for",
            "itself without",
            Goal(1.5, 1000),
            "to see that each line is JSON and read its name takes 1.3 s",
        ),
    },
    "startup.py": {
        "--version": Row("`--version`", NOTHING, Goal(1.3)),
        "--help": Row("`--help`", NOTHING, Goal(1.3)),
        "check --help": Row("`check --help`", NOTHING, Goal(6)),
        "check": Row("`check` of the specs of this repository", NOTHING, Goal(10), IMPORTS),
        "check --format json": Row("`check --format json` of the same", "`check` in text", Goal(1.1)),
        "plan": Row("`plan` of the same", NOTHING, Goal(18), f"{IMPORTS}, httpx 7.6x"),
        "show plan.json": Row("`show plan.json`", NOTHING, Goal(7), IMPORTS),
        "breaking --against-folder before": Row(
            "`breaking`, the same specs before and after", NOTHING, Goal(18)
        ),
        "rule compile plan_type=trial": Row("`rule compile plan_type=trial`", NOTHING, Goal(12), IMPORTS),
        "--version, old pip": Row(
            "`--version`, the command written by pip before 25.2", "the command written by later ones"
        ),
        "check, old pip": Row("`check`, the same", "the command written by later ones"),
    },
    "large_projects.py": {
        "check, before": Row(
            "`check` of 5,000 attributes, 5,000 events, 5,000 segments",
            "itself at commit b7bd59fb",
            Goal(0.5),
        ),
        "check, files": Row("the same", "its files loaded by PyYAML's `CSafeLoader`"),
        "check --against": Row(
            "`check --against`, all 4,000 segments of a file changed",
            "`breaking` on the same",
            Goal(1.3, 150),
        ),
        "check of twice": Row("`check` of 4,000 segments", "of 2,000", DOUBLED),
        "plan of twice": Row("`plan` of 4,000 segments", "of 2,000", DOUBLED),
        "fmt of twice": Row("`fmt --check` of 4,000 segments", "of 2,000", DOUBLED),
        "mv of twice": Row("`mv --dry-run` in 4,000 segments", "in 2,000", DOUBLED),
        "plan of check": Row("`plan` of 4,000 segments", "`check` of the same", Goal(2)),
        "fmt of check": Row("`fmt --check` of 4,000 segments", "`check` of the same", Goal(2)),
        "mv of check": Row("`mv --dry-run` in 4,000 segments", "`check` of the same", Goal(4)),
    },
    "mistakes.py": {
        "options": Row("`check`, 8,000 misspelt options in a rule", WITHOUT_MISTAKES, TWICE_AT_MOST),
        "attributes": Row("`check`, 2,000 rules naming misspelt attributes", WITHOUT_MISTAKES, TWICE_AT_MOST),
        "segments": Row("`check`, 2,000 rules naming misspelt segments", WITHOUT_MISTAKES, TWICE_AT_MOST),
        "silences": Row("`check`, 8,000 silences", "the same with plain comments", TWICE_AT_MOST),
    },
    "serving.py": {
        "listed pages": Row(
            "`sandbox serve`, 100,000 contacts: a page of 50 of the list", AMONG_FEW, TWICE_AT_MOST
        ),
        "searched page": Row("the same: a page of 50 of a search", AMONG_FEW, TWICE_AT_MOST),
        "sorted page": Row("the same: that page, sorted by an attribute", AMONG_FEW, TWICE_AT_MOST),
        "search by attribute": Row(
            "the same: a search by an attribute, sorted by name", AMONG_FEW, TWICE_AT_MOST
        ),
        "search by part": Row("the same: a search for part of a name", AMONG_FEW, TWICE_AT_MOST),
        "search after a write": Row("the same: a write, and a search after it", AMONG_FEW, TWICE_AT_MOST),
        "every page": Row("the same: every page of a sorted search, a page", AMONG_FEW, TWICE_AT_MOST),
        "creating": Row("the same: creating a contact", AMONG_FEW, TWICE_AT_MOST),
        "companies": Row("the same: a page of companies after a write", AMONG_FEW, TWICE_AT_MOST),
        "counted segments": Row("the same: the members of its segments, counted", AMONG_FEW, TWICE_AT_MOST),
        "export": Row("`sandbox export`, 100,000 contacts", "ten times that of 10,000", Goal(1.15, 250)),
    },
    "applying.py": {
        "apply": Row("`apply` of 250 attributes over HTTP, no limit", "the same calls by httpx", Goal(1.5)),
    },
    "curves.py": {
        "growth": Row(
            "every command and kind of mistake: the exponent of time and memory over doubled inputs",
            "1, a straight line",
            Goal(exponent=1.15),
        ),
    },
    "loading.py": {
        "files": Row(
            "2,000 spec files, 82,000 lines, a place for every node",
            "`yaml.load` with `CSafeLoader`",
            Goal(0.7),
        ),
        "models": Row("the same, checked against the models", "`yaml.load` with `CSafeLoader`"),
    },
    "splicing.py": {
        "entries added": Row(
            "500 entries added to a spec file of 5,000 lines", "ruamel.yaml: load, dump", Goal(0.5)
        ),
        "entries updated": Row("500 entries of it updated", "ruamel.yaml: load, dump", Goal(0.5)),
    },
    "planning.py": {
        "calls": Row(
            "calls for a plan of 250 attributes, 120 events, 100 segments", "for a plan of 10, 5, 5", Goal(1)
        ),
    },
    "reading_rules.py": {
        "a rule": Row("reading one rule, whole program", "lark on the same grammar", Goal(0.6)),
        "rules": Row("reading 1,000 rules, whole program", "lark on the same grammar", Goal(0.8)),
    },
    "rules.py": {
        "a rule in Python": Row("a rule of seven tests, compiled to Python", "Python by hand", Goal(2)),
        "compiling": Row("1,000 rules of eight tests, from text to SQL", "reading them alone"),
    },
    "repairs.py": {
        "repairs": Row(
            "rules that do not read, each answered with the rule it should be; the time is of the worst",
            "compiling that rule, by medians",
            Goal(seconds=0.02),
        ),
    },
    "proofs.py": {
        "two rules": Row("whether anybody is in both of two rules, 10 clauses each", "z3"),
        "200 segments": Row("all pairs of 200 segments", "z3, by 400 of the 60,100 questions", Goal(1 / 50)),
        "500 segments": Row("all pairs of 500 segments", "", Goal(seconds=5)),
        "hard rules": Row("14 rules that are made to be hard; the ratio is of the worst", "z3", Goal(2)),
        "check here": Row(
            "`check` with proofs, the specs of this repository; the time is what they add",
            "`check` without",
            Goal(seconds=0.05),
        ),
        "check of 500": Row(
            "`check` with proofs, 500 segments; the time is what they add",
            "`check` without",
            Goal(1.15),
            "`check` without takes a third of what it did when the goal was set",
        ),
    },
    "payloads.py": {
        "jsonschema": Row(
            "`payload check`: 200,000 events, 1% wrong, each mistake with its place",
            "jsonschema",
            Goal(1 / 50),
        ),
        "pydantic": Row("the same", "pydantic's `validate_python`", Goal(0.77)),
        "lines": Row("the same, from lines of JSON", "`json.loads` and jsonschema-rs", Goal(0.4)),
    },
    "parquet.py": {
        "rows": Row("`payload check`, 5,000,000 rows of Parquet", "row by row", Goal(1 / 20)),
    },
    "generated.py": {
        "typescript": Row(
            "`generate typescript`, 250 attributes, 120 events, specs loaded", "loading the specs", Goal(1.5)
        ),
        "python": Row("`generate python` of the same", "loading the specs", Goal(1.5)),
        "page": Row(
            "generated TypeScript in a page that updates and sends an event, gzipped",
            "the same calls by hand",
        ),
    },
    "surveying.py": {
        "audit": Row(
            "`audit` of 250 attributes and 1,000 people, 0.25 s a call, real time",
            "its calls by hand",
            Goal(1.05),
        ),
        "import": Row("`import` of the same, real time", "the calls of `audit` by hand"),
    },
    "calls.py": {
        "creates": Row("1,000 creates at 300 in 3 s, real time", "what the limit allows", Goal(1.05)),
        "creates by a library": Row("the same through httpx with a retry library", "what the limit allows"),
        "journal": Row(
            "the journal of an apply, each change",
            "an append and `fdatasync`",
            Goal(seconds=0.0005),
            "the disk",
        ),
    },
    "throughput.py": {
        "GET /me": Row("`sandbox serve`: `GET /me`, time of an answer", "a bare uvicorn application"),
        "POST /contacts": Row("the same: a new contact", "a bare uvicorn application"),
        "POST /contacts/search": Row("the same: a search", "a bare uvicorn application"),
    },
    "sync.py": {
        "comparison": Row(
            "5,000,000 rows compared with the cache of a sync", "the statement by hand in DuckDB", Goal(1.15)
        ),
        "updates": Row(
            "1,000 updates of a sync at 300 in 3 s, real time", "what the limit allows", Goal(1.05)
        ),
        "memory": Row(
            "memory of 20,000,000 rows read, kept and compared by an engine limited to 1 GB",
            "that of 5,000,000",
            Goal(1.15),
        ),
    },
    "spark.py": {
        "spark": Row(
            "2,000,000 rows compared with the cache in Spark (`make spark`)",
            "the statement by hand in Spark",
            Goal(1.05),
        ),
    },
}
ROWS: Mapping[str, Row] = {name: row for rows in TABLE.values() for name, row in rows.items()}


def table(
    found: Mapping[str, Measurement], names: Iterable[str] = ROWS, *, before: Iterable[str] = ()
) -> str:
    """The table of these rows; what was not measured now stays as it was in the lines of a table before."""
    earlier = {tuple(cells[:2]): cells for line in before if (cells := _cells(line))}
    lines: list[str] = []
    for name in names:
        row = ROWS[name]
        if (measured := found.get(name)) is not None:
            lines.append(row.line(measured.text, is_met=row.goal.is_met(measured)))
        elif cells := earlier.get((row.work, row.against)):
            lines.append(row.line(cells[2], is_met=MISSED not in cells[3]))
        else:
            lines.append(row.line("not measured"))
    return "\n".join([HEAD, _RULE, *lines]) + "\n"


def fill_tables(page: str, found: Mapping[str, Measurement]) -> str:
    """A page of Markdown with what was found in its tables. A comment in front of a table names the benchmarks whose
    rows it has; without one it has all rows."""

    def fill(place: re.Match[str]) -> str:
        files = (place["files"] or " ".join(TABLE)).split()
        names = [name for file in files for name in TABLE[file]]
        return (place["comment"] or "") + table(found, names, before=place["lines"].splitlines())

    return _PLACE.sub(fill, page)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.removeprefix("| ").removesuffix("|").split(" | ")]


_PLACE = re.compile(
    rf"(?P<comment><!-- benchmarks: (?P<files>.+) -->\n\n)?{re.escape(HEAD)}\n{re.escape(_RULE)}\n"
    r"(?P<lines>(?:\|.*\n)*)"
)
