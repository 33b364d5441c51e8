"""Arrays are cut into their elements as they stream in; what is broken costs its own element alone."""

from __future__ import annotations

import json
import time

import pytest

from intercom_iac.payloads.json.elements import ElementCutter

BROKEN = [
    (b"[]", [], []),
    (b" [ ] ", [], []),
    (b'[{"a": 1},{"b": [1,{"c": 2}]}]', [b'{"a": 1}', b'{"b": [1,{"c": 2}]}'], []),
    (b'[1, "a,]", null ]', [b"1", b'"a,]"', b"null"], []),
    (b'[{"a": "\\"}"},{"b": 2}]', [b'{"a": "\\"}"}', b'{"b": 2}'], []),
    (b'[{"a" 1},{b: 2},{"c": 3}]', [b'{"a" 1}', b"{b: 2}", b'{"c": 3}'], []),
    (b'[{"a": "un},\n{"b": 2}]', [b'{"a": "un}', b'{"b": 2}'], []),
    (b'[{"a": [1},{"b": 2}]', [b'{"a": [1}', b'{"b": 2}'], []),
    (b'[{"a": 1, {"b": 2}]', [b'{"a": 1', b'{"b": 2}'], []),
    (b'[{"a": 1}}, {"b": 2}]', [b'{"a": 1}', b"}", b'{"b": 2}'], ["no comma"]),
    (b'[{"a": 1} {"b": 2}]', [b'{"a": 1}', b'{"b": 2}'], ["no comma"]),
    (b'[{"a": 1},]', [b'{"a": 1}'], ["before the end"]),
    (b'[,{"a": 1},,{}]', [b'{"a": 1}', b"{}"], ["no record before", "no record before"]),
    (b'[{"a": 1}', [b'{"a": 1}'], ["has no end"]),
    (b'[{"a": 1', [b'{"a": 1'], ["has no end"]),
    (b"[", [], ["has no end"]),
    (b'[{"a": 1}] x, y', [b'{"a": 1}'], ["more follows"]),
]


def cut(text: bytes, size: int, *, enclosed: bool = True) -> tuple[list[bytes], list[tuple[int, str]]]:
    cutter = ElementCutter(enclosed=enclosed)
    texts: list[bytes] = []
    faults: list[tuple[int, str]] = []
    blocks = [text[at : at + size] for at in range(0, len(text), size)]
    for batch in [*map(cutter.cut, blocks), cutter.cut(b"", at_end=True)]:
        faults += [(len(texts) + at, message) for at, message in batch.faults]
        texts += batch.texts
    return texts, faults


@pytest.mark.parametrize(("text", "elements", "faults"), BROKEN)
@pytest.mark.parametrize("size", [1, 2, 3, 5, 1_000])
def test_elements_and_what_is_wrong_between_them(
    text: bytes, elements: list[bytes], faults: list[str], size: int
) -> None:
    texts, found = cut(text, size)
    assert texts == elements
    assert len(found) == len(faults)
    assert all(part in message for part, (_, message) in zip(faults, found, strict=True))


@pytest.mark.parametrize("size", [1, 3, 1_000])
def test_objects_behind_each_other(size: int) -> None:
    assert cut(b'{\n "a": 1\n}\n{\n "b": {}\n}', size, enclosed=False) == (
        [b'{\n "a": 1\n}', b'{\n "b": {}\n}'],
        [],
    )


@pytest.mark.parametrize("indent", [None, 2])
def test_many_elements_are_cut_at_once_around_one_that_is_broken(indent: int | None) -> None:
    records = [{"a": "b,}{", "c": [{"d": number}, {"e": {}}]} for number in range(2_000)]
    written = [json.dumps(record, indent=indent).encode() for record in records]
    written[700] = b'{"a" "b"}'
    texts, faults = cut(b"[" + b",\n".join(written) + b"\n]", 16_384)
    assert (texts, faults) == (written, [])


def test_the_time_of_a_long_broken_text_grows_as_its_length() -> None:
    def seconds(length: int) -> float:
        text = b"[" + b'{"a": "x, {' * length
        start = time.process_time()
        cut(text, 1 << 20)
        return time.process_time() - start

    assert seconds(80_000) < 12 * max(seconds(20_000), 0.01)
