"""Sets of texts: what is equal to a text, contains, starts with or ends with one in any case, and what does not.

A set is the tests that its texts pass. It is decided so:

- A test for equality leaves a few texts, and each is asked the other tests.
- Else there are pieces that a text must have, at its start, at its end or anywhere. Nobody's text has them all where
  one holds a piece that must not be there, where two starts or two ends clash, or where they do not fit into the
  longest text.
- Everything else has a text: the pieces with letters between them that no test asks for, so that no forbidden piece
  can lie across two of them, and nothing that must differ from a text is equal to it. It is asked every test before
  it is taken, so that a text which is too long, or a case that was not thought of here, is "not decided".

All comparisons but equality are of folded texts. Folding goes letter by letter and keeps the length
(`model.folding`), so that a piece of a text is a piece of its folded form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from intercom_iac.model import fold
from intercom_iac.model.folding import matches, word_pattern
from intercom_iac.model.limits import MAX_TEXT_LENGTH
from intercom_iac.model.predicate import Equals, IsKnown, Matches, OneOf

from .believable_texts import believable_texts

_fold = lru_cache(maxsize=10_000)(fold)


class TextTest(NamedTuple):
    """A test of a text, or its complement where not `holds`."""

    test: Equals | OneOf | Matches | IsKnown
    holds: bool

    def passes(self, text: str | None) -> bool:
        """Whether a text passes; None for no value, which passes what does not hold alone."""
        return (text is not None and _passes(self.test, text)) is self.holds

    def failing(self, texts: set[str]) -> set[str]:
        """Those of the texts that do not pass."""
        match self.test:
            case Equals() | OneOf():
                return (
                    texts.difference(_values(self.test))
                    if self.holds
                    else texts.intersection(_values(self.test))
                )
            case _:
                return {text for text in texts if not self.passes(text)}


def _passes(test: Equals | OneOf | Matches | IsKnown, text: str) -> bool:
    match test:
        case IsKnown():
            return True
        case Equals(value=value):
            return text == value
        case OneOf(values=values):
            return text in values
        case Matches(operator=operator, text=part):
            return matches(operator, text, part)


@dataclass(frozen=True)
class Texts:
    """The texts of a field that pass all of these tests, and "no value" where that does.

    `longest` is how many characters a text has at most; None for any number. Tests are of one field, and keep the
    order in which they were added: `conflict` speaks of them by their place.
    """

    tests: tuple[TextTest, ...] = ()
    longest: int | None = MAX_TEXT_LENGTH

    @classmethod
    def passing(
        cls,
        test: Equals | OneOf | Matches | IsKnown,
        *,
        holds: bool = True,
        longest: int | None = MAX_TEXT_LENGTH,
    ) -> Texts:
        """The texts that pass a test, or where not `holds`, that do not."""
        return cls((TextTest(test, holds),), longest)

    def meet(self, other: Texts) -> Texts:
        return replace(self, tests=self.tests + other.tests)

    def holds(self, text: str | None) -> bool:
        """Whether the text, or no value, is in the set."""
        if text is not None and self.longest is not None and len(text) > self.longest:
            return False
        return all(test.passes(text) for test in self.tests)

    def is_empty(self) -> bool | None:
        if self._conflict is not None:
            return True
        return False if self._sample is not None or self.holds(None) else None

    def conflict(self) -> tuple[int, ...]:
        """The places of tests that no text passes together, none of which can be left out; none where the set is not
        known to be empty."""
        return () if self._conflict is None else tuple(sorted(self._conflict))

    def sample(self) -> str | None:
        """A text such as a person would write; None for no value, or where it was not decided."""
        return self._sample

    @cached_property
    def _conflict(self) -> frozenset[int] | None:
        if not any(test.holds for test in self.tests):
            return None  # no value
        return _Required(self.tests, self.longest).conflict()

    @cached_property
    def _sample(self) -> str | None:
        if self._conflict is not None or any(_is_unknown(test) for test in self.tests):
            return None
        return next(filter(self.holds, _Required(self.tests, self.longest).candidates()), None)


def _is_unknown(test: TextTest) -> bool:
    """Whether only "no value" passes."""
    return isinstance(test.test, IsKnown) and not test.holds


class _Piece(NamedTuple):
    """A piece that a text must have: by the place of its test, as it is written, and folded."""

    place: int
    text: str
    folded: str


class _Required:
    """The tests of a set that has a test which holds, sorted by what they ask for."""

    def __init__(self, tests: tuple[TextTest, ...], longest: int | None) -> None:
        self.tests = tests
        self.longest = longest
        self.equal: list[tuple[int, Equals | OneOf]] = []
        self.pieces: dict[str, list[_Piece]] = {operator: [] for operator in _OPERATORS}
        self.forbidden: dict[str, list[_Piece]] = {operator: [] for operator in _OPERATORS}
        self.known: list[int] = []
        self.unknown: int | None = None
        self.others: list[str] = []
        for place, (test, holds) in enumerate(tests):
            match test:
                case IsKnown() if holds:
                    self.known.append(place)
                case IsKnown():
                    self.unknown = place
                case Equals() | OneOf() if holds:
                    self.equal.append((place, test))
                case Equals() | OneOf():
                    self.others += _values(test)
                case Matches(operator=operator, text=text):
                    sort = self.pieces if holds else self.forbidden
                    sort[operator].append(_Piece(place, text, _fold(text)))

    # --- that no text passes ------------------------------------------------------------------------------------

    def conflict(self) -> frozenset[int] | None:
        """The places of tests that no text passes together and none of which can be left out, if any were found.

        Each rule but that of equality finds one test or two, of which neither is enough by itself.
        """
        if self.equal:
            return self._conflict_of_equality()
        return (
            self._too_long()
            or self._not_known()
            or self._clash_of_affixes()
            or self._forbidden_piece()
            or self._no_room_for_affixes()
            or self._no_room()
        )

    def _conflict_of_equality(self) -> frozenset[int] | None:
        """One test leaves a few texts, and each of them fails another."""
        start, test = min(self.equal, key=lambda equal: len(_values(equal[1])))
        texts = {text for text in _values(test) if self.longest is None or len(text) <= self.longest}
        left, failed_by = set(texts), dict[int, set[str]]()
        for place, other in enumerate(self.tests):
            if left and (failing := other.failing(left)):
                left -= failing
                failed_by[place] = other.failing(texts)
        if left:
            return None
        times = Counter(text for failing in failed_by.values() for text in failing)
        needed: list[int] = []
        for place, failing in failed_by.items():
            if all(times[text] > 1 for text in failing):
                times.subtract(failing)
            else:
                needed.append(place)
        return self._conflict_within(needed) or frozenset((start, *needed))

    def _conflict_within(self, places: list[int]) -> frozenset[int] | None:
        """That of some of the tests alone."""
        tests = tuple(self.tests[place] for place in places)
        if len(tests) < 2 or not any(test.holds for test in tests):
            return None
        conflict = _Required(tests, self.longest).conflict()
        return None if conflict is None else frozenset(places[at] for at in conflict)

    def _not_known(self) -> frozenset[int] | None:
        """It has to have no value, and passes a test that only a value passes."""
        if self.unknown is None:
            return None
        return frozenset((self.unknown, next(place for place, test in enumerate(self.tests) if test.holds)))

    def _too_long(self) -> frozenset[int] | None:
        """A piece that is longer than a text may be."""
        pieces = (piece for pieces in self.pieces.values() for piece in pieces)
        too_long = (
            piece.place for piece in pieces if self.longest is not None and len(piece.text) > self.longest
        )
        return next((frozenset((place,)) for place in too_long), None)

    def _clash_of_affixes(self) -> frozenset[int] | None:
        for operator, agree in _AFFIXES.items():
            pieces = self.pieces[operator]
            longest = self._longest(operator)
            if longest is not None:
                for piece in pieces:
                    if not agree(longest.folded, piece.folded):
                        return frozenset((longest.place, piece.place))
        return None

    def _forbidden_piece(self) -> frozenset[int] | None:
        """A required piece that holds a forbidden one, whatever stands beside it."""
        for operator, pieces in self.pieces.items():
            for piece in pieces:
                forbidden = self._forbidden_within(operator, piece.folded)
                if forbidden is not None:
                    return frozenset((piece.place, forbidden))
        # Every text contains, starts with and ends with the empty piece. Of words that is left to the candidates.
        empty = (
            piece.place
            for operator, pieces in self.forbidden.items()
            for piece in pieces
            if operator != "contains word" and not piece.folded
        )
        held = next(place for place, test in enumerate(self.tests) if test.holds)
        return next((frozenset((held, place)) for place in empty), None)

    def _forbidden_within(self, operator: str, piece: str) -> int | None:
        """The place of a forbidden piece that lies in a required one."""
        for forbidden in self.forbidden["contains"]:
            if forbidden.folded in piece:
                return forbidden.place
        if words := self.forbidden["contains word"]:
            in_letters = self._in_letters(operator, piece)
            for forbidden in words:
                if word_pattern(forbidden.text).search(in_letters):
                    return forbidden.place
        if has := _AFFIXES.get(operator):
            for forbidden in self.forbidden[operator]:
                if has(piece, forbidden.folded):
                    return forbidden.place
        return None

    def _in_letters(self, operator: str, piece: str) -> str:
        """The piece with a letter on each side where anything may stand: what is a word in it is one anyhow."""
        letter = self.glue[0]
        before = letter if operator in ("contains", "ends with") else ""
        behind = letter if operator in ("contains", "starts with") else ""
        return f"{before}{piece}{behind}"

    def _no_room_for_affixes(self) -> frozenset[int] | None:
        """A start and an end that do not fit beside each other."""
        start, end = self._longest("starts with"), self._longest("ends with")
        if (
            self.longest is not None
            and start
            and end
            and len(_overlap_texts(start.folded, end.folded)) > self.longest
        ):
            return frozenset((start.place, end.place))
        return None

    def _no_room(self) -> frozenset[int] | None:
        """Pieces that do not fit into the longest text, by a bound on the length of those that have them all.

        In a text that has pieces of which none lies in another, each begins and ends behind the one before it, and
        shares with that at most the longest end of the one that the other starts with. That bound is the higher the
        more pieces there are, so that the longest of them are enough, and none of these can be left out.
        """
        pieces = self._pieces_apart(set())
        if self.longest is None or sum(len(piece.folded) for piece in pieces) <= self.longest:
            return None
        rooms = [
            (len(piece.folded) - _most_shared(piece.folded, [other.folded for other in pieces]), piece.place)
            for piece in pieces
        ]
        needed: list[int] = []
        length = 0
        for room, place in sorted(rooms, reverse=True):
            needed.append(place)
            length += room
            if length > self.longest:
                return frozenset(needed)
        return None

    # --- texts that may pass ------------------------------------------------------------------------------------

    def candidates(self) -> Iterator[str]:
        """Texts that may pass, the most believable first."""
        if self.equal:
            _, test = min(self.equal, key=lambda equal: len(_values(equal[1])))
            yield from _values(test)
            return
        field = self.tests[0].test.field if self.tests else None
        start, end = self._longest("starts with"), self._longest("ends with")
        inner = [
            piece.text
            for piece in self.apart
            if not any(affix is not None and affix.place == piece.place for affix in (start, end))
        ]
        first, last = (piece.text if piece else "" for piece in (start, end))
        yield from believable_texts(field, first, inner, last)
        yield self._shortest(first, last)
        letter, space = self.glue
        parts = [first + letter, *(self._pad_piece(piece) for piece in self.apart), letter + last]
        yield space.join(parts)

    def _pad_piece(self, piece: _Piece) -> str:
        """A piece with what keeps words from beginning or ending at its ends, unless it is a word itself."""
        letter = self.glue[0]
        return piece.text if piece in self.pieces["contains word"] else f"{letter}{piece.text}{letter}"

    def _shortest(self, first: str, last: str) -> str:
        """A short text with all pieces, each pushed into the one before it as far as it goes."""
        text = first
        for piece in self.apart:
            if piece.folded not in _fold(text):
                text = _overlap_texts(text, piece.text)
        return _overlap_texts(text, last)

    @cached_property
    def glue(self) -> tuple[str, str]:
        """A letter and a sign that is neither letter nor digit, which stand in nothing that is forbidden."""
        forbidden = (piece for pieces in self.forbidden.values() for piece in pieces)
        taken = {sign for piece in forbidden for sign in piece.folded}
        taken.update(sign for text in self.others for sign in _fold(text))
        return _spare_sign(_letters(), taken), _spare_sign(_signs(), taken)

    def _longest(self, operator: str) -> _Piece | None:
        return max(self.pieces[operator], key=lambda piece: len(piece.folded), default=None)

    @cached_property
    def apart(self) -> list[_Piece]:
        """The pieces of which none lies in another; a word may lie in another piece, and not be one there."""
        return self._pieces_apart({piece.place for piece in self.pieces["contains word"]})

    def _pieces_apart(self, kept: set[int]) -> list[_Piece]:
        """The pieces of which none lies in another, and those of these places, in the order they were written."""
        by_text: dict[str, _Piece] = {}
        pieces = (piece for pieces in self.pieces.values() for piece in pieces)
        for piece in sorted(pieces, key=lambda piece: (-len(piece.folded), piece.place not in kept)):
            if piece.place in kept or not any(piece.folded in other for other in by_text):
                by_text.setdefault(piece.folded, piece)
        return sorted(by_text.values(), key=lambda piece: piece.place)


_OPERATORS = ("starts with", "contains", "contains word", "ends with")
_AFFIXES: dict[str, Callable[[str, str], bool]] = {"starts with": str.startswith, "ends with": str.endswith}


def _values(test: Equals | OneOf) -> Sequence[str]:
    values = (test.value,) if isinstance(test, Equals) else test.values
    return [value for value in values if isinstance(value, str)]


def _most_shared(piece: str, others: Iterable[str]) -> int:
    return max((_overlap(piece, other) for other in others if other != piece), default=0)


def _overlap(first: str, second: str) -> int:
    """How long the longest end of the one is that the other starts with, neither of them as a whole."""
    for length in range(min(len(first), len(second)), 0, -1):
        if first.endswith(second[:length]):
            return length
    return 0


def _overlap_texts(first: str, second: str) -> str:
    """The shortest text that starts with the one and ends with the other, in any case."""
    return first + second[_overlap(_fold(first), _fold(second)) :]


def _spare_sign(signs: Iterable[str], taken: set[str]) -> str:
    """The first sign that is not taken; some sign where all are."""
    return next((sign for sign in signs if sign not in taken), "x")


def _letters() -> Iterator[str]:
    """Letters whose folded form they are themselves: first those that look like nothing in particular."""
    yield from "xzqjkvwyabcdefghilmnoprstu0123456789"
    yield from map(chr, range(0x4E00, 0x9FA5))  # CJK, which have no case


def _signs() -> Iterator[str]:
    yield from " -_./,:;+|~#*=()[]{}<>@&%$!?'\"\\^`"
    yield from map(chr, range(0x2190, 0x23FF))  # arrows and technical signs
