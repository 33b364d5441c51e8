"""Names in camel case, and names that come out the same."""

from __future__ import annotations

import pytest

from intercom_iac.generating.names import SpecName, camel_case, name_collisions, pascal_case


@pytest.mark.parametrize(
    ("name", "camel", "pascal"),
    [
        ("plan_type", "planType", "PlanType"),
        ("Plan type", "planType", "PlanType"),
        ("planType", "planType", "PlanType"),
        ("API key", "apiKey", "APIKey"),
        ("URLPath", "urlPath", "URLPath"),
        ("X", "x", "X"),
        ("2nd_seat", "2ndSeat", "2ndSeat"),
        ("utm-2_x", "utm2X", "Utm2X"),
        ("größe_in_cm", "größeInCm", "GrößeInCm"),
        ("日本語", "日本語", "日本語"),
        ("--", "--", "--"),
        ("__proto__", "proto", "Proto"),
        ("", "", ""),
    ],
)
def test_words_are_put_together(name: str, camel: str, pascal: str) -> None:
    assert (camel_case(name), pascal_case(name)) == (camel, pascal)


def test_each_name_that_comes_out_as_an_earlier_one_is_an_error_that_names_both() -> None:
    names = [
        SpecName(name="user_id", subject="the Messenger's own `user_id`"),
        *(
            SpecName(name=name, subject=f"the attribute `{name}`", address=f"attribute.contact.{name}")
            for name in ("user id", "plan", "Plan", "PLAN")
        ),
    ]
    found = name_collisions(((camel_case(name.name), name) for name in names), _itself, "in the code")
    assert [diagnostic.message for diagnostic in found] == [
        "the attribute `user id` and the Messenger's own `user_id` are both `userId` in the code",
        "the attribute `Plan` and the attribute `plan` are both `plan` in the code",
        "the attribute `PLAN` and the attribute `plan` are both `plan` in the code",
    ]
    assert [diagnostic.hint for diagnostic in found] == [
        "rename it with `mv`, or generate code with the names of the specs",
        *["rename one of them with `mv`, or generate code with the names of the specs"] * 2,
    ]
    assert [diagnostic.subject for diagnostic in found] == [
        f"attribute.contact.{name}" for name in ("user id", "Plan", "PLAN")
    ]
    assert name_collisions(((name.name, name) for name in names), _itself, "in the code") == []


def _itself(name: SpecName) -> SpecName:
    return name
