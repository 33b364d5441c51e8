"""Any text at all gives a rule or diagnostics inside the text, never an exception."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from generators import examples
from intercom_iac.diagnostics import Excerpt, render
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.rules import compile_rule, format_rule, format_syntax, parse

TYPES = {"note": "string", "usage": "integer", "vip": "boolean", "ends": "date"}
SCHEMA = Schema(
    {("contact", name): Attribute("contact", name, DataType(type_)) for name, type_ in TYPES.items()},
    {"login": Event("login", metadata=(MetadataKey("via", DataType.STRING),))},
)
PIECES = """
note usage vip ends login via company company. company.plan ( ) , and or not = != > >= < <= == && ! within next last 3
-1 2.5 days weeks ago from now more than at least exactly on before 2026-01-31 2026-02-31 ' " ` 'x' `a b` "" # event
where count first tag segment in contains starts with is unknown has any value true false “ ≥ 😀 é . .. - $ role user
""".split()  # noqa: SIM905
CLAUSES = [
    "note = x",
    "usage > 3",
    "vip",
    "ends within 3 days",
    "ends > 3 days ago",
    "company.plan is unknown",
    "event login where via = web count > 2",
    "note in (a, 'b c')",
    "(vip or not vip)",
]
SOUP = st.builds(
    lambda pieces, between: between.join(pieces),
    st.lists(
        st.sampled_from([*PIECES, *CLAUSES, *CLAUSES, "and", "or", "and", "or", "\n", "\0"]), max_size=20
    ),
    st.sampled_from([" ", " ", ""]),
)
CHAINS = st.builds(
    lambda clauses, words: (
        " ".join(part for pair in zip(clauses, words, strict=False) for part in pair) + f" {clauses[-1]}"
    ),
    st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=5),
    st.lists(st.sampled_from(["and", "OR", "And not", "or\n", "and (not vip) or", "# why\nand"]), min_size=5),
)


@examples(500)
@given(CHAINS | SOUP | st.text())
@example("note = \ud800")
def test_any_text(text: str) -> None:
    rule, diagnostics = compile_rule(Excerpt.whole(text, "<rule>"), SCHEMA)
    assert (rule is None) == any(each.is_error for each in diagnostics)
    for each in diagnostics:
        assert each.span is not None
        assert 0 <= each.span.start <= each.span.end <= len(text)
    assert bool(render(diagnostics)) == bool(diagnostics)
    if rule is not None:
        again, _ = compile_rule(Excerpt.whole(format_rule(rule), "<rule>"), SCHEMA)
        assert again == rule
        syntax, _ = parse(Excerpt.whole(text, "<rule>"))
        assert syntax is not None
        formatted = Excerpt.whole(format_syntax(syntax), "<rule>")
        assert compile_rule(formatted, SCHEMA)[0] == rule
        reread, _ = parse(formatted)
        assert reread is not None
        assert format_syntax(reread) == formatted.text
