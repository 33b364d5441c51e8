"""Lines of people, right and wrong as texts: DuckDB reads or refuses what the reader of single people does."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import Phase, given
from hypothesis import strategies as st

from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import open_duckdb
from intercom_iac.preview import Files, preview
from intercom_iac.preview.json.columns import has_strict_objects, value_queries
from intercom_iac.preview.json.values import boolean_value, id_value, number_value, text_value
from intercom_iac.rules import satisfies
from support.generators import examples
from support.preview_cases import NOW, ROME, RULES, TODAY, people, rule

ASKED = {key: rule(text) for key, text in RULES.items()}
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)

VALUES = st.sampled_from(
    [
        *("null", "true", "false", "0", "-0", "3", "3.0", "-1.5", "1e3", "1e-400", "0.1234567890123456789012"),
        *("9223372036854775807", "9223372036854775808", "1" * 30, "NaN", "-inf", "Infinity", "01", "1.", "nul"),
        *('""', '"trial"', '"trial, nan"', '"3"', '"true"', '"nan"', '"vip"', '"Roma"', r'"\n\\\" é"', r'"\u0000"'),
        *("[]", "[1]", "[1, ]", "{}", '{"id": "k1"}', '[{"id": "k1"}, {"id": 8}]', '[null, "k1", {"id": null}]'),
        *('[{"id": "k1", "id": "gone"}]', '{"data": [{"id": 3}]}', '{"data": null, "tags": [{"name": "vip"}]}'),
        *('{"city": "Roma"}', '{"city": 3, "city": "Roma"}', '{"plan": "trial", "vip": true,}', "[" * 40 + "]" * 40),
    ]
)  # fmt: skip
ATTRIBUTES = ("plan", "Plan", "the one/ring", "score", "vip", "ends", "position", r"pl\u0061n")
KEYS = ("id", "ID", "external_id", "email", "location", "companies", "tags", "custom_attributes", "other")


def json_text(pairs: list[tuple[str, str]]) -> str:
    return "{" + ", ".join(f'"{key}": {value}' for key, value in pairs) + "}"


@st.composite
def contact_lines(draw: st.DrawFn) -> list[str]:
    """Contacts, each right but for a pair or two that may stand anywhere; here and there a line that is none."""
    lines: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        held = [
            ("plan", '"trial"'),
            ("the one/ring", "3"),
            ("score", "0.5"),
            ("vip", "true"),
            ("ends", str(NOW)),
        ]
        top = [
            ("id", f'"c{number}"'),
            ("location", '{"city": "Roma"}'),
            ("companies", '{"data": [{"id": "k1"}], "has_more": false}'),
            ("tags", '{"data": [{"id": "3"}]}'),
        ]
        for _ in range(draw(st.integers(0, 2))):
            pairs, keys = draw(st.sampled_from([(top, KEYS), (held, ATTRIBUTES)]))
            pairs.insert(draw(st.integers(0, len(pairs))), (draw(st.sampled_from(keys)), draw(VALUES)))
        top.insert(draw(st.integers(0, len(top))), ("custom_attributes", json_text(held)))
        around = draw(st.sampled_from([""] * 12 + ["\ufeff", " ", "\r", "\n", "x", "\0", "5\n", "[]\n"]))
        lines.append(draw(st.sampled_from([around + json_text(top), json_text(top) + around])))
    return lines


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def answer(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except Misuse as error:
        return error.message


@examples(20, phases=PHASES)
@given(contact_lines(), st.sampled_from(["", "\n"]))
def test_a_preview_reads_or_refuses_what_the_reader_of_single_people_does(lines: list[str], end: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder) / "contacts.ndjson", "\n".join(lines) + end)
        companies = '{"id": "k1", "custom_attributes": {"seats": 6}}\n{"id": 8}\n'
        tags = '[{"id": "3", "name": "beta"}, {"id": "k1", "name": "4"}, {"id": "8", "name": "8"}]'
        files = Files(
            path,
            written(Path(folder) / "companies.ndjson", companies),
            tags=written(Path(folder) / "tags.json", tags),
        )

        def counted() -> object:
            found = preview(ASKED, files, today=TODAY, zone=ROME, ids=True)
            return {size.key: size.ids for size in found.sizes}

        def meant() -> object:
            crowd = list(people(files, with_tags=True))
            return {
                key: tuple(
                    str(person.contact["id"])
                    for person in crowd
                    if satisfies(person, asked, today=TODAY, zone=ROME)
                )
                for key, asked in ASKED.items()
            }

        found = answer(counted)
        # An id of more than 64 bits is none to DuckDB.
        if not re.search(r'"id": 1{30}', path.read_text(encoding="utf-8")):
            assert found == answer(meant), lines


PLACES = [("id",), ("email",), ("companies", "data"), ("tags",), ("location", "city"), ("location", "x\"'~/")]
PLACES += [("custom_attributes", name) for name in ("plan", "the one/ring", "score", "vip", "ends")]
MAKERS = (text_value, number_value, boolean_value, id_value)


def test_both_ways_of_reading_have_the_same_values() -> None:
    import duckdb

    columns = ", ".join(make(f"v{at}") for at in range(len(PLACES)) for make in MAKERS)
    with tempfile.TemporaryDirectory() as folder, open_duckdb() as engine:

        @examples(100, phases=PHASES)
        @given(contact_lines())
        def are_the_same(lines: list[str]) -> None:
            path = written(Path(folder) / "id=7[*].ndjson", "\n".join(lines))
            first, *others = value_queries(path, PLACES, strict=True)
            try:
                rows = engine.execute(f"select {columns} from ({first})").fetchall()
            except duckdb.Error:
                return
            if has_strict_objects(path):
                for query in others:
                    assert engine.execute(f"select {columns} from ({query})").fetchall() == rows, lines

        are_the_same()
