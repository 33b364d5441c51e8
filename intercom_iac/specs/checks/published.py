"""Checks of segments whose members are written one by one: the attribute that they are published as, their source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import published as codes
from intercom_iac.model import Predicate
from intercom_iac.model.names import corrected_name, name_mistakes
from intercom_iac.model.predicate import InSegment, SomeCompany
from intercom_iac.project.settings import SourceSettings
from intercom_iac.text import did_you_mean, quoted_names

from ..load.declarations import Declaration, Declarations
from ..load.entries import AttributeEntry, SegmentEntry
from .names import check_standard_name


def check_published(declared: Declarations, sources: Mapping[str, SourceSettings]) -> Iterator[Diagnostic]:
    """What is wrong with how segments are published; `sources` are those of the project file."""
    attributes: dict[str, Declaration[AttributeEntry]] = {}
    for attribute in declared.attributes:
        attributes.setdefault(attribute.name, attribute)
    for segment in declared.segments:
        publish = segment.entry.publish or ()
        if "attribute" in publish:
            yield from _check_attribute(segment, attributes.get(segment.name))
        if segment.entry.from_ is not None:
            yield from _check_source(segment, segment.entry.from_, sources)


def check_company_tags(declared: Declarations, predicates: Mapping[str, Predicate]) -> Iterator[Diagnostic]:
    """What is wrong with segments that tag companies: their rule is to say something of one company, and no more."""
    for segment in declared.segments:
        publish = segment.entry.publish or []
        if "company tag" not in publish or segment.entry.status == "archived":
            continue
        place = segment.value("publish", publish.index("company tag"))
        rule = predicates.get(segment.name)
        while isinstance(rule, InSegment):
            rule = rule.rule
        if rule is not None and not isinstance(rule, SomeCompany):
            yield codes.NOT_OF_A_COMPANY.at(
                place,
                f"`{segment.name}` tags companies, and its rule is not about a single company",
                hint="write the whole rule as `company(...)`, such as `company(size > 50 and industry = Media)`",
            )
        elif segment.entry.from_ is not None:
            yield codes.NOT_OF_A_COMPANY.at(
                place,
                f"`{segment.name}` tags companies, and takes its members `from` a source of contacts",
                hint="take `company tag` out of `publish`, or `from` out: companies are found by the rule",
            )


def _check_attribute(
    segment: Declaration[SegmentEntry], attribute: Declaration[AttributeEntry] | None
) -> Iterator[Diagnostic]:
    name = segment.name
    place = segment.value("publish", (segment.entry.publish or []).index("attribute"))
    if attribute is None:
        mistakes = name_mistakes("attribute", name)
        if mistakes:
            corrected = corrected_name("attribute", name)
            yield codes.NO_ATTRIBUTE_NAME.at(
                place,
                f"`{name}` is published as an attribute of its key, and the key {mistakes[0]}, which no attribute's "
                "name may",
                hint=f"call the segment `{corrected}`, or publish it as a tag"
                if corrected
                else "give the segment another key, or publish it as a tag",
            )
        else:
            yield from check_standard_name(place, "contact", name)
        return
    related = (Related(attribute.span, "declared here"),)
    if attribute.model != "contact":
        yield codes.PUBLISHED_ATTRIBUTE.at(
            place,
            f"`{name}` is published as an attribute of contacts, and `{name}` is an attribute of companies",
            hint="give one of the two another name: an attribute of Intercom is either's, never both's",
            related=related,
        )
    elif attribute.entry.type != "boolean":
        yield codes.PUBLISHED_ATTRIBUTE.at(
            place,
            f"`{name}` is published as an attribute, and `{name}` is declared as `{attribute.entry.type}`: "
            "whether a person is a member is true or false",
            hint="make it `type: boolean`, or take its entry out: publishing declares the attribute by itself",
            related=related,
        )
    elif attribute.entry.status == "archived" and segment.entry.status != "archived":
        yield codes.PUBLISHED_ATTRIBUTE.at(
            place,
            f"`{name}` is published as an attribute, and `{name}` is declared with `status: archived`",
            hint="take `status: archived` out of the attribute, or `attribute` out of `publish`",
            related=related,
        )


def _check_source(
    segment: Declaration[SegmentEntry], name: str, sources: Mapping[str, SourceSettings]
) -> Iterator[Diagnostic]:
    if not {"tag", "attribute"}.intersection(segment.entry.publish or ()):
        yield codes.UNUSED_SOURCE.at(
            segment.at("from"),
            f"`{segment.name}` takes its members from a source, and publishes neither a tag nor an attribute",
            hint="add `tag` or `attribute` to `publish`, or take `from` out",
        )
    source = sources.get(name)
    if source is None:
        near = did_you_mean(name, sources)
        known = (
            f"the project file has {quoted_names(sources)}"
            if sources
            else "the project file has no `sources`"
        )
        yield codes.UNKNOWN_SOURCE.at(
            segment.value("from"), f"there is no source `{name}`", hint=near or f"{known}; declare it there"
        )
    elif source.of != "contacts":
        yield codes.UNKNOWN_SOURCE.at(
            segment.value("from"),
            f"the source `{name}` is of {source.of}, and the members of a segment are contacts",
            hint="name a source that is `of: contacts`",
        )
