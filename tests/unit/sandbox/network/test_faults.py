"""Which call meets which fault, and how a fault is written."""

from __future__ import annotations

import pytest

from intercom_iac.sandbox import KINDS, Fault, Faults, SettingError


def faults_met(faults: Faults, calls: int = 12, method: str = "GET", path: str = "/me") -> list[str | None]:
    return [faults.next(method, path) for _ in range(calls)]


def test_every_nth_and_the_kth() -> None:
    assert faults_met(Faults.parse(["500=every:3"]), 7) == [None, None, "500", None, None, "500", None]
    assert faults_met(Faults.parse(["500=call:3"]), 7) == [None, None, "500", None, None, None, None]
    assert faults_met(Faults.parse(["500=every:1"]), 2) == ["500", "500"]


def test_a_probability_is_kept_and_follows_the_seed() -> None:
    def hits(seed: int) -> list[str | None]:
        return faults_met(Faults.parse(["drop-after-accept=0.1"], seed=seed), 2000)

    assert hits(7) == hits(7)
    assert hits(7) != hits(8)
    assert 150 < sum(kind is not None for kind in hits(7)) < 250
    assert set(faults_met(Faults.parse(["500=1"]))) == {"500"}
    assert set(faults_met(Faults.parse(["500=0"]))) == {None}


def test_what_one_fault_draws_is_its_own() -> None:
    alone = faults_met(Faults.parse(["500=0.3"], seed=7), 100)
    both = faults_met(Faults.parse(["503-html=every:2", "500=0.3"], seed=7), 100)
    assert both[1::2] == ["503-html"] * 50
    assert both[::2] == alone[::2]


def test_the_first_of_several_is_met() -> None:
    assert faults_met(Faults.parse(["500=call:1", "503-html=every:1"]), 2) == ["500", "503-html"]


def test_a_fault_counts_only_the_calls_it_is_about() -> None:
    faults = Faults.parse(["500=call:2@POST/contacts"])
    assert faults.next("POST", "/contacts") is None
    for method, path in (("GET", "/contacts"), ("POST", "/contactsx"), ("POST", "/")):
        assert faults.next(method, path) is None
    assert faults.next("POST", "/contacts/search") == "500"
    assert faults_met(Faults.parse(["500=1@/contacts/"]), 1, path="/contacts") == [None]
    assert faults_met(Faults.parse(["500=1@/contacts/"]), 1, path="/contacts/search") == ["500"]
    assert faults_met(Faults.parse(["500=1@DELETE"]), 1) == [None]
    assert faults_met(Faults.parse(["500=1@/"]), 1) == ["500"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written(kind: str) -> None:
    assert Fault.parse(f"{kind}=.5@PUT/x") == Fault(kind, "chance", 0.5, "PUT", "/x")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no fault ``"),
        ("nope=1", "no fault `nope`; there are drop-before-accept, drop-after-accept"),
        ("drop-after-acept=1", "no fault `drop-after-acept`; did you mean `drop-after-accept`?"),
        ("500", "`500` does not say when: 500=0.01, 500=every:10 or 500=call:3"),
        ("500=", "does not say when"),
        ("500=@POST", "does not say when"),
        ("500=1.5", "`1.5` is no time to fail: a probability from 0 to 1, every:10, or call:3"),
        ("500=-1", "`-1` is no time to fail"),
        ("500=nan", "`nan` is no time to fail"),
        ("500=every:0", "`every:0` is no time to fail"),
        ("500=call:x", "`call:x` is no time to fail"),
        ("500=1@", "`@` names no calls"),
        ("500=1@post", "`@post` names no calls: @POST, @/contacts or @POST/contacts"),
        ("500=1@POST contacts", "names no calls"),
    ],
)
def test_a_text_that_is_no_fault(text: str, reason: str) -> None:
    with pytest.raises(SettingError) as raised:
        Faults.parse([text])
    assert reason in str(raised.value)
