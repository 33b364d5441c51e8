"""Texts that a person would write into a field, around the pieces that a rule asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intercom_iac.model import Field

# By words of a field's name, the first that is found: what may stand in it. Addresses and sites are those that are
# kept for examples (RFC 2606), phone numbers those of films.
_BY_WORD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("email_domain", ("example.com", "example.org", "example.net")),
    ("email", ("ada@example.com", "grace@example.org", "alan@example.net")),
    ("phone", ("+1 202 555 0142", "+44 20 7946 0018")),
    ("country", ("Ireland", "Canada", "Japan", "Brazil")),
    ("region", ("Leinster", "Ontario", "Bavaria")),
    ("city", ("Dublin", "Toronto", "Munich", "Osaka")),
    ("industry", ("Software", "Retail", "Education", "Logistics")),
    ("website", ("https://example.com", "https://example.org")),
    ("avatar", ("https://example.com/ada.png",)),
    ("url", ("https://example.com", "https://example.org")),
    ("browser_version", ("128.0", "17.5")),
    ("browser_language", ("en", "de", "fr")),
    ("language", ("en", "de", "fr")),
    ("browser", ("firefox", "chrome", "safari")),
    ("android_os", ("14", "13")),
    ("ios_os", ("17.5", "16.7")),
    ("version", ("2.1", "1.4")),
    ("device", ("Pixel 8", "iPhone 15")),
    ("app_name", ("Example App",)),
    ("os", ("Linux", "Windows", "OS X")),
    ("plan", ("basic", "starter", "standard")),
    ("company", ("Lovelace Ltd", "Hopper Labs", "Turing Works")),
    ("title", ("Engineer", "Designer", "Analyst")),
    ("job", ("Engineer", "Designer", "Analyst")),
    ("currency", ("EUR", "USD", "JPY")),
    ("source", ("website", "referral", "newsletter")),
    ("channel", ("website", "referral", "newsletter")),
    ("id", ("1042", "2071", "3518")),
    ("name", ("Ada Lovelace", "Grace Hopper", "Alan Turing")),
    ("tier", ("standard", "basic", "premium")),
    ("status", ("active", "pending", "closed")),
    ("team", ("Support", "Sales", "Research")),
    ("priority", ("normal", "high", "low")),
    ("format", ("csv", "pdf", "xlsx")),
    ("note", ("met at a fair", "asked for a demo")),
    ("reason", ("too expensive", "missing a feature")),
    ("feature", ("reports", "search", "exports")),
    ("page", ("/pricing", "/docs", "/settings")),
    ("color", ("blue", "green")),
)
_COMPANY_NAMES = (
    "Lovelace Ltd",
    "Hopper Labs",
    "Turing Works",
    "Noether Partners",
    "Franklin Foods",
    "Curie Clinics",
    "Galileo Glass",
    "Kepler Optics",
)
_OTHERWISE = ("example", "sample", "other", "blue", "1042")
_ADDRESS, _DOMAIN = "ada@example.com", "example.com"


def suggested_texts(field: Field | None) -> tuple[str, ...]:
    """What a person may write into the field, the most usual first."""
    if field is None:
        return _OTHERWISE
    if (field.owner, field.name) == ("company", "name"):
        return _COMPANY_NAMES
    name = f"_{_in_words(field.name)}_"
    found = (texts for word, texts in _BY_WORD if f"_{word}_" in name)
    return (*next(found, ()), *_OTHERWISE)


def _in_words(name: str) -> str:
    """`signupSource` and `location.city` as `signup_source`, `location_city`."""
    spaced = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    return "".join(letter if letter.isalnum() else "_" for letter in spaced).strip("_")


def believable_texts(field: Field | None, start: str, inner: Sequence[str], end: str) -> Iterator[str]:
    """Texts that begin and end so and hold the inner pieces, the most believable first; some may not hold them."""
    if not (start or inner or end):
        yield from suggested_texts(field)
        return
    yield from suggested_texts(field)
    if field is not None and field.type.is_text and "email" in field.name and "domain" not in field.name:
        yield from _addresses(start, inner, end)
    if field is not None and "phone" in field.name and start and not inner and not end:
        yield f"{start} 555 0142"
    pieces = [piece for piece in (start, *inner, end) if piece]
    if len(pieces) == 1:
        yield pieces[0]
    yield " ".join(pieces)
    yield "".join(pieces)
    together = " ".join(pieces)
    yield from (f"my{together}", f"{together}s") if not end else (f"my{together}",)
    for word in suggested_texts(field):
        middle = " ".join(inner)
        yield " ".join(piece for piece in (start, word, middle, end) if piece)
        yield " ".join(piece for piece in (start, middle, word, end) if piece)
        yield f"{start}{middle}{word}{end}"
        yield f"{start}{word}{middle}{end}"


def _addresses(start: str, inner: Sequence[str], end: str) -> Iterator[str]:
    """Addresses of email with the pieces in the name or in the domain."""
    middle = ".".join(piece.strip("@.") for piece in inner)
    if end and not start:
        name = "ada" + (f".{middle}" if middle else "")
        yield f"{name}{end}" if end.startswith("@") else f"{name}@{end.removeprefix('.')}"
        yield f"{name}@example{end}" if end.startswith(".") else f"{name}.{end}"
    if start and not end:
        yield f"{start}@example.com" if "@" not in start else f"{start}example.com"
        yield f"{start}.{middle}@example.com"
    if not start and not end:
        if any("+" in piece for piece in inner):
            label = ".".join(word for piece in inner if (word := piece.strip("+@.")))
            yield f"ada+{label or 'news'}@example.com"
        yield f"ada@{middle}.example.com"
        yield f"ada.{middle}@example.com"
        for piece in inner:
            if piece.startswith("@"):
                yield f"ada{piece}" if "." in piece else f"ada{piece}.example.com"
