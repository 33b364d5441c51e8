"""Inputs are unpacked and told apart by how they begin, also where they come in pieces."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
import zstandard

from intercom_iac.diagnostics import Misuse
from intercom_iac.payloads import PayloadReport, check_input
from intercom_iac.payloads.inputs.compression import decompress
from intercom_iac.payloads.inputs.opening import open_input
from intercom_iac.payloads.inputs.recognition import recognize
from support.payload_schemas import schema_of

SCHEMA = schema_of("version: 1\nattributes: {contact: {team: {type: string}}}\n")
LINE = json.dumps({"external_id": "u1", "custom_attributes": {"team": "a", "taem": "b"}}).encode() + b"\n"
SKIPPABLE = b"\x50\x2a\x4d\x18\x02\x00\x00\x00ab"


class Piecemeal:
    """Bytes that come one at a time, as from a slow pipe."""

    def __init__(self, content: bytes) -> None:
        self._content = list(content)

    def read(self, _: int) -> bytes:
        return bytes([self._content.pop(0)]) if self._content else b""


def read_decompressed(content: bytes) -> bytes:
    stream, _ = decompress(Piecemeal(content), "x")
    found = b""
    while more := stream.read(7):
        found += more
    return found


def check(path: Path, content: bytes) -> PayloadReport:
    path.write_bytes(content)
    return check_input(path, SCHEMA, "contact", today=date(2026, 3, 14))


@pytest.mark.parametrize(
    "packed",
    [
        LINE,
        gzip.compress(LINE, mtime=0),
        gzip.compress(LINE[:9], mtime=0) + gzip.compress(LINE[9:], mtime=0) + bytes(9),
        zstandard.compress(LINE),
        SKIPPABLE + zstandard.compress(LINE[:9]) + SKIPPABLE + zstandard.compress(LINE[9:]),
        b"",
        b"x",
    ],
    ids=["plain", "gzip", "gzip in two members", "zstd", "zstd in two frames", "nothing", "a byte"],
)
def test_what_is_compressed_is_unpacked(packed: bytes) -> None:
    assert read_decompressed(packed) == (packed if len(packed) < 2 else LINE)


CHECKED = zstandard.ZstdCompressor(write_checksum=True).compress


@pytest.mark.parametrize("compress", [gzip.compress, CHECKED])
def test_what_is_cut_off_or_damaged_is_refused(compress) -> None:
    packed = compress(b"".join(b"%d,%d\n" % (number, number * number) for number in range(3000)))
    with pytest.raises(Misuse, match="it ends in the middle"):
        read_decompressed(packed[:-9])
    with pytest.raises(Misuse, match="damaged"):
        read_decompressed(packed[:1000] + bytes(50) + packed[1050:])
    with pytest.raises(Misuse, match="damaged"):
        read_decompressed(packed + b"and more")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04rest", "it is zip"),
        (b"\xfd7zXZ\x00rest", "it is xz"),
        ("a,b\n".encode("utf-16"), "it is UTF-16"),
        ("a,b\n".encode("utf-16-be"), "it is UTF-16"),
        ("{}\n".encode("utf-32"), "it is UTF-32"),
        ("[{}]".encode("utf-32-le"), "it is UTF-32"),
        (b"PAR1 and no more", "cannot read"),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(Misuse, match=message):
        check(tmp_path / "records", content)


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a", b"{}", "json"),
        ("a", b" \n[", "json"),
        ("a", b"\xef\xbb\xbf{", "json"),
        ("a", b"nonsense\n{}\n", "json"),
        ("a", b"id,team\n", "csv"),
        ("a", b"", "json"),
        ("a", b"null\n", "json"),
        ("a", b"error: no connection, tried 3 times\n", "json"),
        ("a", b'"external_id";"custom_attributes.plan_type"\r\n', "csv"),
        ("a", b"id\nu1\n", "csv"),
        ("a.csv", b"id\n", "csv"),
        ("a.csv", b"{,}\n", "csv"),
        ("a.CSV.gz", b"[]\n", "csv"),
        ("a.ndjson.zst", b"id\n", "json"),
        ("a.csv", b"PAR1", "parquet"),
    ],
)
def test_a_form_is_told_by_how_it_begins(name: str, content: bytes, form: str) -> None:
    recognized = recognize(Piecemeal(content), name)
    assert recognized.form == form
    assert recognized.stream.read(4) == content[:4]


@pytest.mark.parametrize("content", [LINE, b"[" + LINE + b"]", b"external_id,team,taem\nu1,a,b\n"])
@pytest.mark.parametrize("compress", [bytes, gzip.compress, zstandard.compress])
def test_each_form_says_the_same(tmp_path: Path, content: bytes, compress) -> None:
    report = check(tmp_path / "records", compress(content))
    assert [violation.path for violation in report.violations] == ["custom_attributes.taem"]


def test_progress_is_what_part_of_the_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "records"
    path.write_bytes(gzip.compress(LINE * 1000, mtime=0))
    parts: list[float] = []
    report = check_input(
        path, SCHEMA, "contact", today=date(2026, 3, 14), progress=lambda _, part: parts.append(part)
    )
    assert report.checked == 1000
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def test_folders_and_what_is_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").touch()
    with pytest.raises(Misuse, match="it is a folder"), open_input(tmp_path):
        pass
    with pytest.raises(Misuse) as missing, open_input(tmp_path / "contact.csv"):
        pass
    assert missing.value.hint == "did you mean `contacts.csv`?"
