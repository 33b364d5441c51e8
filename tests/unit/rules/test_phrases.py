"""The places of what a rule is made of."""

from __future__ import annotations

from intercom_iac.rules import parse
from intercom_iac.rules.syntax import tree
from intercom_iac.rules.syntax.tables import FORMS
from intercom_iac.text import Excerpt


def test_every_form_keeps_the_terminals_that_it_begins_and_ends_with() -> None:
    """Otherwise its place would lack them."""
    # What repeats within a form begins with what separates it from the one before.
    forms = [form for form in FORMS if not form[0].startswith("__")]
    assert len(forms) > 50
    for form in forms:
        _, size, _, _, children = form
        kept = {max(index, ~index) for index in children or (0, size - 1)}
        assert {0, size - 1} <= kept, form


def test_parentheses_belong_to_what_they_enclose_for_what_is_around_it() -> None:
    text = "not (a = 1 or (b = 2)) and company( c in (3, 4) )"
    syntax, _ = parse(Excerpt.from_text(text, "<rule>"))
    assert syntax is not None
    assert isinstance(syntax.root, tree.Conjunction)
    negation, company = syntax.root.parts
    assert isinstance(negation, tree.Negation)
    places = [syntax.root.span, negation.span, negation.part.span, company.span]
    assert [None if place is None else place.text for place in places] == [
        text,
        "not (a = 1 or (b = 2))",
        "a = 1 or (b = 2)",
        "company( c in (3, 4) )",
    ]
