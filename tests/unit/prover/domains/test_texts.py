"""Sets of texts: empty only where nobody has such a text, with a text that passes where somebody has."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercom_iac.model import DataType, Field
from intercom_iac.model.predicate import Equals, IsKnown, Matches, OneOf
from intercom_iac.prover.domains.texts import Texts, TextTest

EMAIL = Field("contact", "email", DataType.STRING, wire="email", search="email", custom=False)
NOTE = Field("contact", "note", DataType.STRING, wire="custom_attributes.note", search=None)

OPERATORS = ("contains", "contains word", "starts with", "ends with")
SIGNS = "aB i"
# Every text of up to four signs over those of the tests and two that no test has.
TEXTS = ["".join(signs) for length in range(5) for signs in product("aAbi -", repeat=length)]

pieces = st.text(SIGNS, min_size=1, max_size=3)
tests_of_texts = st.one_of(
    st.builds(lambda operator, text: Matches(NOTE, operator, text), st.sampled_from(OPERATORS), pieces),
    st.builds(lambda operator, text: Matches(NOTE, operator, text), st.sampled_from(OPERATORS), pieces),
    st.builds(lambda text: Equals(NOTE, text), pieces),
    st.builds(lambda texts: OneOf(NOTE, tuple(texts)), st.lists(pieces, min_size=2, max_size=3)),
    st.just(IsKnown(NOTE)),
)
literals = st.lists(st.builds(TextTest, tests_of_texts, st.booleans()), min_size=1, max_size=6)


def texts(field: Field, holding: str = "", not_holding: str = "") -> Texts:
    """The texts that pass tests which are written `operator piece`, several apart by `;`."""
    return Texts(
        tuple(
            TextTest(_test(field, words.strip()), holds)
            for holds, written in ((True, holding), (False, not_holding))
            for words in written.split(";")
            if words.strip()
        )
    )


def _test(field: Field, words: str):
    if words == "known":
        return IsKnown(field)
    operator, _, piece = words.partition(" '")
    piece = piece.removesuffix("'")
    return Equals(field, piece) if operator == "=" else Matches(field, operator, piece)


@given(literals)
@settings(max_examples=200, deadline=None)
def test_texts_are_decided_and_a_sample_passes_every_test(tests):
    found = Texts(tuple(tests))
    somebody = next((text for text in (None, *TEXTS) if all(test.passes(text) for test in tests)), "nobody")
    assert found.is_empty() is not None  # nothing here is too long
    if found.is_empty():
        assert somebody == "nobody"
        assert found.conflict()
    else:
        assert found.holds(found.sample())
        assert not found.conflict()


@given(literals)
@settings(max_examples=100, deadline=None)
def test_a_conflict_is_one_by_itself_and_needs_each_of_its_tests(tests):
    conflict = [tests[place] for place in Texts(tuple(tests)).conflict()]
    if conflict:
        assert Texts(tuple(conflict)).is_empty()
    for left_out in conflict:
        fewer = tuple(test for test in conflict if test is not left_out)
        assert not Texts(fewer).is_empty()


@given(literals, st.integers(1, 4))
@settings(max_examples=200, deadline=None)
def test_short_texts_are_empty_only_where_no_short_text_passes(tests, longest):
    """What is not decided is none of these: neither empty nor shown by a text."""
    found = Texts(tuple(tests), longest=longest)
    passing = [text for text in TEXTS if len(text) <= longest and all(test.passes(text) for test in tests)]
    if found.is_empty():
        assert not passing
    elif found.is_empty() is False:
        assert found.holds(found.sample())
    else:
        assert found.sample() is None


@pytest.mark.parametrize(
    ("holding", "not_holding", "sample"),
    [
        ("known", "", "ada@example.com"),
        ("ends with '@acme.com'", "", "ada@acme.com"),
        ("contains 'acme'", "", "ada@acme.example.com"),
        ("ends with '.edu'", "", "ada@example.edu"),
        ("contains 'example'", "contains 'ada'", "grace@example.org"),
        ("starts with 'grace'", "", "grace@example.org"),
        ("", "ends with '@example.com'", "grace@example.org"),
        ("= 'Eve@example.com'", "", "Eve@example.com"),
    ],
)
def test_a_sample_is_such_as_a_person_would_write(holding, not_holding, sample):
    assert texts(EMAIL, holding, not_holding).sample() == sample


def test_no_value_is_taken_only_where_no_text_passes():
    assert texts(NOTE, not_holding="known").sample() is None
    assert texts(NOTE, not_holding="known").is_empty() is False
    assert texts(NOTE, not_holding="contains 'a'").sample() is not None
    assert texts(NOTE, "contains 'b'", "known").conflict() == (0, 1)


@pytest.mark.parametrize(
    ("holding", "not_holding"),
    [
        ("contains 'PRO plan'", "contains 'pro'"),
        ("starts with 'pro'; starts with 'free'", ""),
        ("ends with 'pro'; ends with 'free'", ""),
        ("starts with 'proud'", "starts with 'pro'"),
        ("contains word 'pro'", "contains 'pro'"),
        ("contains 'a pro b'", "contains word 'pro'"),
        ("starts with 'pro b'", "contains word 'pro'"),
        ("= 'Pro'", "contains word 'pro'"),
        ("= 'Pro'; = 'pro'", ""),
        ("contains 'İx'", "contains 'ix'"),
        ("contains 'ΣΑΣ'", "contains 'σας'"),
    ],
)
def test_tests_that_no_text_passes_together_are_found(holding, not_holding):
    assert texts(NOTE, holding, not_holding).conflict() == (0, 1)


@pytest.mark.parametrize(
    ("holding", "not_holding"),
    [
        ("contains 'pro'", "contains word 'pro'"),
        ("starts with 'pro'", "contains word 'pro'"),
        ("starts with 'pro'", "= 'pro'; ends with 'pro'; contains word 'pro'"),
        ("contains word 'pro'", "starts with 'pro'; ends with 'pro'"),
        ("= 'Pro'", "= 'pro'"),
        ("starts with 'ab'; ends with 'ba'", "= 'aba'; = 'abba'"),
    ],
)
def test_tests_that_some_text_passes_are_not_called_empty(holding, not_holding):
    found = texts(NOTE, holding, not_holding)
    assert found.is_empty() is False
    assert found.holds(found.sample())


def test_a_long_list_of_pieces_is_decided_either_way():
    words = [f"w{number:03}" for number in range(200)]
    forbidden = texts(NOTE, not_holding=";".join(f"contains '{word}'" for word in words))
    assert forbidden.sample() is not None
    assert forbidden.holds(forbidden.sample())
    required = texts(NOTE, ";".join(f"contains '{word}'" for word in words))
    assert len(required.conflict()) == 64  # 256 characters
    assert Texts(required.tests, longest=None).is_empty() is False
