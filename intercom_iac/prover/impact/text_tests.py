"""The tests of one field in a rule, as far as they tell one text from another."""

from __future__ import annotations

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Field, Predicate, matches
from intercom_iac.model.predicate import Equals, Matches, OneOf, own_fields, own_nodes


@dataclass(frozen=True, slots=True)
class TextTests:
    """What a rule itself asks of the values of a field: equality with these texts, pieces of them, and whether it
    asks for more that any text may pass."""

    texts: frozenset[object]
    pieces: tuple[Matches, ...]
    asks_for_any: bool

    @classmethod
    def of_field(cls, rule: Predicate, field: Field) -> TextTests:
        texts: set[object] = set()
        pieces: dict[Matches, None] = {}
        asks_for_any = False
        for test in own_nodes(rule):
            read = own_fields(test)
            if not any((field.owner, field.name) == (known.owner, known.name) for known in read):
                continue
            match test:
                case Equals(value=value):
                    texts.add(value)
                case OneOf(values=values):
                    texts |= {*values}
                case Matches():
                    pieces[test] = None
                case _:
                    asks_for_any = True
        return cls(frozenset(texts), tuple(pieces), asks_for_any)

    def any_passes(self, text: str) -> bool:
        """Whether some test holds of the text. Of no value none does."""
        return (
            self.asks_for_any
            or text in self.texts
            or any(matches(piece.operator, text, piece.text) for piece in self.pieces)
        )
