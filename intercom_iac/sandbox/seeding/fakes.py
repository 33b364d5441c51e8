"""Made-up people, companies and attribute values, drawn from a given random generator."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _split_words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _split_words(
    "Ada Aisha Akira Amara Anders Aoife Beatriz Bjorn Camille Carlos Chen Chiara Daniel Divya Elena Emeka Emma Farah"
    " Felix Fatima Giulia Hana Hugo Ines Ivan Jamal Jana Joao Kaito Katarzyna Kofi Lars Leila Linh Lucia Maeve Marek"
    " Mateo Mei Mina Nadia Noah Olga Omar Priya Quentin Rania Ravi Rosa Sana Sofia Tariq Tomas Uma Viktor Wanjiru"
    " Yara Yusuf Zofia"
)
LAST_NAMES = _split_words(
    "Abara Almeida Andersen Bauer Becker Bianchi Castro Chowdhury Costa Dubois Eriksen Ferrari Fischer Garcia Haddad"
    " Hansen Ito Jansen Kaya Keller Khan Kim Kovacs Kowalski Larsen Lopez Mbeki Meyer Moreau Murphy Nakamura Nguyen"
    " Novak Okafor Olsen Osei Park Patel Pereira Petrov Popescu Ramirez Rossi Sato Schmidt Silva Singh Smit Sousa"
    " Svensson Tanaka Torres Varga Virtanen Wagner Walsh Weber Wu Yilmaz Zhang"
)
INDUSTRIES = {
    "Software": ("Labs", "Systems", "Cloud", "Apps"),
    "Healthcare": ("Health", "Care", "Clinics"),
    "Education": ("Learning", "Academy", "Schools"),
    "Finance": ("Capital", "Pay", "Ledger"),
    "Retail": ("Market", "Goods", "Store"),
    "Manufacturing": ("Works", "Industries", "Tools"),
    "Media": ("Studio", "Press", "Pictures"),
    "Logistics": ("Freight", "Lines", "Post"),
}
COMPANY_STEMS = _split_words(
    "Alder Amber Arbor Aster Basalt Beacon Birch Boreal Canyon Cedar Cobalt Coral Delta Ember Falcon Fern Fjord"
    " Garnet Harbor Hazel Indigo Juniper Kestrel Larch Lumen Maple Meridian Nimbus Northwind Oak Onyx Opal Orchid"
    " Pine Prairie Quartz Raven Ridge Sable Saffron Sierra Slate Solstice Spruce Summit Tidal Topaz Umber"
    " Verdant Willow"
)
LOCATIONS = (
    ("United States", "New York", "New York", "en"),
    ("United States", "California", "San Francisco", "en"),
    ("United Kingdom", "England", "London", "en"),
    ("Ireland", "Leinster", "Dublin", "en"),
    ("Germany", "Berlin", "Berlin", "de"),
    ("France", "Ile-de-France", "Paris", "fr"),
    ("Brazil", "Sao Paulo", "Sao Paulo", "pt"),
    ("Japan", "Tokyo", "Tokyo", "ja"),
    ("India", "Karnataka", "Bengaluru", "en"),
    ("Australia", "New South Wales", "Sydney", "en"),
)
BROWSERS = (
    ("chrome", "windows"),
    ("chrome", "os x"),
    ("safari", "os x"),
    ("firefox", "linux"),
    ("edge", "windows"),
)
FEATURES = ("reports", "automations", "integrations", "dashboards", "exports", "api", "templates")
WORDS = ("alpha", "beta", "gamma", "delta", "north", "south", "east", "west")
PLANS = ("free", "trial", "pro", "enterprise")

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Profile:
    """What ties a person's values together: the plan, and days (midnights, unix seconds)."""

    plan: str
    today: int
    signed_up: int
    last_seen: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """A custom attribute, or a metadata key, to draw values of; `options` is empty where it is no list."""

    name: str
    data_type: str
    options: tuple[str, ...]


Draw = Callable[[random.Random, Profile], Any]


def draw_profile(rng: random.Random, today: int) -> Profile:
    """A person's plan and dates; about one in eight is on trial."""
    plan = rng.choices(PLANS, weights=(45, 13, 32, 10))[0]
    age = rng.randint(0, 20) if plan == "trial" else rng.randint(5, 900)
    quiet = min(age, int(rng.expovariate(1 / 14)))
    return Profile(plan, today, today - age * DAY, today - quiet * DAY)


def _draw_trial_end(rng: random.Random, person: Profile) -> int | None:
    """Near today for those on trial, after sign-up for those who moved on, none for the rest."""
    if person.plan == "trial":
        return person.today + rng.randint(-5, 14) * DAY
    return person.signed_up + 14 * DAY if person.plan != "free" else None


def _draw_feature_usage(rng: random.Random, person: Profile) -> int:
    mean = {"free": 30, "trial": 25, "pro": 90, "enterprise": 160}[person.plan]
    return int(rng.expovariate(1 / mean))


GUIDE_ATTRIBUTES: dict[str, Draw] = {
    "plan_type": lambda _, person: person.plan,
    "signup_date": lambda _, person: person.signed_up,
    "last_active_date": lambda _, person: person.last_seen,
    "job_role": lambda rng, _: rng.choice(
        ("founder", "engineer", "marketer", "support", "sales", "operations")
    ),
    "onboarding_complete": lambda rng, person: (
        rng.random() < (0.4 if person.plan in ("free", "trial") else 0.9)
    ),
    "feature_usage_count": _draw_feature_usage,
    "trial_end_date": _draw_trial_end,
    "source": lambda rng, _: rng.choice(("organic", "paid", "referral", "partner", "event")),
    "activation_score": lambda rng, _: rng.randint(0, 100),
    "nps_response": lambda rng, _: rng.choices(range(11), weights=(2, 1, 1, 2, 2, 4, 5, 10, 16, 18, 14))[0],
    "primary_use_case": lambda rng, _: rng.choice(("support", "onboarding", "marketing", "product updates")),
    "referral_count": lambda rng, _: min(12, int(rng.expovariate(0.9))),
}
"""How values of the attributes of the project's guide are drawn; for other attributes their type decides."""

MISSING_SHARES = {
    "plan_type": 0.03,
    "signup_date": 0.02,
    "last_active_date": 0.05,
    "trial_end_date": 0.05,
    "nps_response": 0.6,
}
"""Attribute name -> the share of people without a value; 0.1 for other attributes."""


def draw_attribute_value(rng: random.Random, attribute: Attribute, person: Profile) -> Any:
    """A person's value of the attribute, or None for those that have none."""
    if rng.random() < MISSING_SHARES.get(attribute.name, 0.1):
        return None
    draw = GUIDE_ATTRIBUTES.get(attribute.name)
    if draw is not None:
        value = draw(rng, person)
        if value is None or matches_attribute(attribute, value):
            return value
    return draw_value(rng, attribute, person.today)


def draw_company_value(rng: random.Random, attribute: Attribute, today: int) -> Any:
    """A company's value of the attribute, or None for one in ten."""
    return None if rng.random() < 0.1 else draw_value(rng, attribute, today)


def matches_attribute(attribute: Attribute, value: object) -> bool:
    """Whether a value is one of the attribute's options, or of its type where it has none."""
    if attribute.options:
        return value in attribute.options
    kinds: dict[str, type | tuple[type, ...]] = {"string": str, "boolean": bool, "float": (int, float)}
    return isinstance(value, kinds.get(attribute.data_type, int)) and (
        attribute.data_type == "boolean" or not isinstance(value, bool)
    )


def draw_value(rng: random.Random, attribute: Attribute, today: int) -> Any:
    """A value of the attribute's type; dates are around `today`, unix seconds."""
    if attribute.options:
        return rng.choice(attribute.options)
    match attribute.data_type:
        case "integer":
            return rng.randint(0, 120)
        case "float":
            return round(rng.uniform(0, 500), 2)
        case "boolean":
            return rng.random() < 0.5
        case "date":
            return today + rng.randint(-60, 30) * DAY
        case _:
            return rng.choice(WORDS)


def draw_event_metadata(rng: random.Random, name: str) -> dict[str, Any]:
    """Metadata as an application would send with one of the seeded events."""
    match name:
        case "feature_first_used":
            return {"feature_name": rng.choice(FEATURES)}
        case "upgrade_initiated":
            return {"from_plan": rng.choice(("free", "trial")), "to_plan": rng.choice(("pro", "enterprise"))}
        case "support_ticket_created":
            return {
                "category": rng.choice(("billing", "bug", "how-to")),
                "priority": rng.choice(("low", "high")),
            }
        case _:
            return {"channel": rng.choice(("email", "link")), "invitee_count": rng.randint(1, 8)}
