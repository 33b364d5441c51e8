"""What diagnostics of spec files are about."""

from __future__ import annotations

from pathlib import Path

from intercom_iac.project import find_project
from intercom_iac.specs import load_specs

SPECS = """\
version: 1
attributes:
  contact:
    plan: {tpye: string}
    nick:
      type: string
      owners: x
events:
  paid:
    metadata:
      amount: {type: intege}
      currency: {type: string}
    desciption: y
segments:
  vip:
    name: VIP
    rule: plam = x and nick = 5
bogus: 1
"""


def test_a_mistake_is_about_the_entry_it_stands_in_or_the_name_that_is_missed(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    (tmp_path / "specs/a.yaml").write_text(SPECS)
    found = load_specs(find_project(tmp_path)).diagnostics
    assert [(diagnostic.code, diagnostic.subject) for diagnostic in found if diagnostic.is_error] == [
        ("SPEC121", "attribute.contact.plan"),
        ("SPEC121", "attribute.contact.nick"),
        ("SPEC123", "event.paid.metadata.amount"),
        ("SPEC121", "event.paid"),
        ("REF401", "attribute.contact.plam"),
        ("TYPE302", "segment.vip"),
        ("SPEC121", None),
    ]
