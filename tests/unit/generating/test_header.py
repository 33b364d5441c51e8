"""The header by which a generated file is known."""

from __future__ import annotations

import pytest

from intercom_iac.generating import LANGUAGES, Language, generated_language, header_lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_known_by_its_first_line(language: Language) -> None:
    first, digest = header_lines(language, "sha256:0")
    assert digest == "Specs: sha256:0"
    for start in (
        "// ",
        "# ",
        '{\n  "description": "',
        "\ufeff// ",
        '{"description": "',
        '{\r\n  "description": "',
    ):
        assert generated_language(f"{start}{first}\n") == language


@pytest.mark.parametrize("start", ["", "\n// ", "// copied: ", "const x = 1;\n// ", "/* ", '{"name": "'])
def test_a_file_that_tells_of_the_header_is_not_generated(start: str) -> None:
    assert generated_language(start + header_lines("typescript", "sha256:0")[0]) is None
