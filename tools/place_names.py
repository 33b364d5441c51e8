"""Writes the tables of countries and languages that `intercom_iac.rules.check.intercom_values` reads.

    python -m pip install babel && python tools/place_names.py

The names are the English ones of Unicode CLDR, as Babel packages them. They are kept as our own small tables, since
Babel is 30 MB and a rule asks for a few hundred names at most.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from babel.core import get_global

CHECK = Path(__file__).parents[1] / "intercom_iac" / "rules" / "check"

# CLDR names what is no country, or no contact's.
NO_COUNTRIES = frozenset(
    {
        *(
            "AC",
            "AQ",
            "BV",
            "CP",
            "CQ",
            "DG",
            "EA",
            "EU",
            "EZ",
            "HM",
            "IC",
            "QO",
            "TA",
            "UM",
            "UN",
            "XA",
            "XB",
        ),
        "ZZ",
    }
)
# Codes of countries that are no more.
FORMER = frozenset({"DDR", "SUN", "YMD", "ZAR"})
# Those whose CLDR name nobody writes.
RENAMED = frozenset({"CD", "CG", "CI", "HK", "MM", "MO"})
# Where geographic databases have another name than CLDR, and both may be met.
ALSO: dict[str, tuple[str, ...]] = {
    "CD": ("DR Congo", "Democratic Republic of the Congo", "Congo (DRC)"),
    "CG": ("Congo Republic", "Republic of the Congo", "Congo"),
    "CI": ("Ivory Coast", "Côte d'Ivoire"),
    "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic",),
    "HK": ("Hong Kong",),
    "MK": ("Macedonia",),
    "MM": ("Myanmar", "Burma"),
    "MO": ("Macao", "Macau"),
    "NL": ("The Netherlands",),
    "PS": ("Palestine",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "VA": ("Vatican",),
}
# What people write instead of a country's name, besides its codes.
COLLOQUIAL: dict[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates"),
    "GB": ("UK", "Great Britain", "Britain"),
    "KR": ("Korea", "Republic of Korea"),
    "NL": ("Holland",),
    "RU": ("Russian Federation",),
    "US": ("United States of America", "America", "The United States", "U.S.", "U.S.A."),
    "VN": ("Viet Nam",),
}


def countries() -> list[str]:
    """A line a country: its codes and what else it is called, its name, and the other names that are as good."""
    aliases = get_global("territory_aliases")
    lines: list[str] = []
    for code, name in sorted(Locale("en").territories.items()):
        if len(code) != 2 or not code.isalpha() or code in NO_COUNTRIES:
            continue
        others = [other for other, of in aliases.items() if of == [code] and _is_code(other)]
        also = ALSO.get(code, ())
        spelled = [*also, name] if code in RENAMED else [*_plain(name), name, *also]
        instead = (code, *sorted(others), *COLLOQUIAL.get(code, ()))
        lines.append("\t".join(("|".join(instead), "|".join(dict.fromkeys(spelled)))))
    return lines


def languages() -> list[str]:
    """A line a language with a code of two letters: what it is called, and the code."""
    aliases = get_global("language_aliases")
    lines: list[str] = []
    for code, name in sorted(Locale("en").languages.items()):
        if len(code) != 2:
            continue
        own = Locale.parse(code).languages.get(code) if code in _with_data() else None
        others = [other for other, of in aliases.items() if of == code and len(other) == 3]
        called = dict.fromkeys(filter(None, (name, own, *sorted(others))))
        lines.append(f"{'|'.join(called)}\t{code}")
    return lines


def _is_code(alias: str) -> bool:
    return len(alias) == 3 and alias.isalpha() and alias not in FORMER


def _plain(name: str) -> list[str]:
    """The name without CLDR's `&` and `St.`"""
    plain = name.replace(" & ", " and ").replace("St. ", "Saint ")
    return [plain] if plain != name else []


def _with_data() -> frozenset[str]:
    from babel.localedata import locale_identifiers

    return frozenset(locale_identifiers())


if __name__ == "__main__":
    CHECK.joinpath("countries.tsv").write_text("\n".join(countries()) + "\n", "utf-8")
    CHECK.joinpath("languages.tsv").write_text("\n".join(languages()) + "\n", "utf-8")
