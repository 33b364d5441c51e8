"""What rules read, by address: what a segment reads that many rules refer to is looked up once."""

from __future__ import annotations

from .address import event_address, segment_address
from .predicate import InSegment, Predicate, children, in_order_of_references, own_events, own_fields


class AddressesRead:
    """The addresses of the attributes, events and segments that rules read, themselves or through `segment key`."""

    def __init__(self) -> None:
        # With the rule itself: while it is there, no other has its identity.
        self._known: dict[
            int, tuple[Predicate, tuple[dict[str, None], dict[str, None], dict[str, None]]]
        ] = {}

    def addresses_of(self, rule: Predicate) -> list[str]:
        """Attributes, then events, then segments, each in the order of first use."""
        for asked in in_order_of_references(rule, self._known):
            self._known[id(asked)] = asked, self._read(asked)
        return [address for addresses in self._known[id(rule)][1] for address in addresses]

    def _read(self, rule: Predicate) -> tuple[dict[str, None], dict[str, None], dict[str, None]]:
        attributes, events, segments = dict[str, None](), dict[str, None](), dict[str, None]()
        waiting = [rule]
        while waiting:
            node = waiting.pop()
            attributes |= {field.address: None for field in own_fields(node) if field.owner != "event"}
            events |= {event_address(name): None for name in own_events(node)}
            if isinstance(node, InSegment):
                segments[segment_address(node.segment)] = None
                for found, known in zip(
                    (attributes, events, segments), self._known[id(node.rule)][1], strict=True
                ):
                    found |= known
            else:
                waiting += reversed(children(node))
        return attributes, events, segments
