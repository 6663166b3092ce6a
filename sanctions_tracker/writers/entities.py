"""FollowTheMoney entities: a party, then what hangs on it, each an object of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sanctions_tracker.model import Address, Identifier, Measure, SanctionsList, Target
from sanctions_tracker.model.vocabulary import EventKind, IdentifierType, MeasureKind, Validity
from sanctions_tracker.writers.checks import fits
from sanctions_tracker.writers.entity import Entity, Ids, country_code_of, date_text
from sanctions_tracker.writers.links import link
from sanctions_tracker.writers.party import LEGAL, party, plain_property

#: An event of a measure -> the property of its date.
_EVENTS = {
    EventKind.LISTED: "listingDate",
    EventKind.DESIGNATED: "startDate",
    EventKind.EFFECTIVE: "startDate",
    EventKind.AMENDED: "modifiedAt",
    EventKind.EXPIRED: "endDate",
    EventKind.REVOKED: "endDate",
    EventKind.DELISTED: "endDate",
}


def ftm_lines(sanctions_list: SanctionsList) -> Iterator[str]:
    """The entities as JSON, one a line, without line ends."""
    dataset = re.sub(r"[^a-z0-9]+", "_", sanctions_list.id.casefold()).strip("_") or "list"
    for entity in ftm_entities(sanctions_list):
        yield json.dumps({**entity.to_json(), "datasets": [dataset]}, ensure_ascii=False)


def ftm_entities(sanctions_list: SanctionsList) -> Iterator[Entity]:
    """Each target as an entity, followed by its addresses, papers, sanctions and links."""
    ids = Ids()
    parties = {target.id: party(target, ids) for target in sanctions_list.targets}
    for target in sanctions_list.targets:
        own = parties[target.id]
        hanging = [
            *_addresses(target, own, ids),
            *_papers(target, own, ids),
            *(_sanction(measure, own, sanctions_list, ids) for measure in sanctions_list.measures_on(target.id)),
        ]
        for number, relation in enumerate(target.relations, 1):
            made = link(relation, own, parties.get(relation.other), ids.of(f"{own.id}-link-{number}"))
            hanging += [made] if made else []
        yield own
        yield from hanging


def _addresses(target: Target, own: Entity, ids: Ids) -> Iterator[Entity]:
    for number, address in enumerate(target.addresses, 1):
        made = _address(address, ids.of(f"{own.id}-address-{number}"))
        if made.properties:
            own.add("address", *made.properties.get("full", ()))
            own.add("addressEntity", made.id)
            yield made


def _address(address: Address, entity_id: str) -> Entity:
    made = Entity(entity_id, "Address")
    made.add("full", str(address))
    made.add("street", ", ".join(line for line in address.lines if line.strip()))
    made.add("city", address.city)
    made.add("region", address.region)
    made.add("postalCode", address.postcode)
    made.add("country", country_code_of(address.country))
    made.add("remarks", address.note)
    return made


def _papers(target: Target, own: Entity, ids: Ids) -> Iterator[Entity]:
    """An entity for each identifier that says more than its number, or that has no property of its own."""
    for number, identifier in enumerate(target.identifiers, 1):
        if own.schema not in LEGAL or not fits(identifier.number):
            continue
        if plain_property(identifier, own.schema) is None or _says_more(identifier):
            yield _paper(identifier, own, ids.of(f"{own.id}-id-{number}"))


def _says_more(one: Identifier) -> bool:
    said = (one.label, one.country, one.issuer, one.issued, one.expires, one.note)
    return one.type is IdentifierType.PASSPORT or any(said) or one.validity is not Validity.UNSTATED


def _paper(identifier: Identifier, own: Entity, entity_id: str) -> Entity:
    is_passport = identifier.type is IdentifierType.PASSPORT
    made = Entity(entity_id, "Passport" if is_passport else "Identification")
    made.add("holder", own.id)
    made.add("number", identifier.number)
    made.add("type", *(() if is_passport else (identifier.type.value,)), identifier.label)
    made.add("country", country_code_of(identifier.country))
    made.add("authority", identifier.issuer)
    made.add_date("startDate", identifier.issued, "issued")
    made.add_date("endDate", identifier.expires, "expires")
    made.add("summary", identifier.note)
    if identifier.validity is not Validity.UNSTATED:
        made.add("summary", f"validity: {identifier.validity.value}")
    return made


def _sanction(measure: Measure, own: Entity, one: SanctionsList, ids: Ids) -> Entity:
    """One measure. Its kind stands in plain words among the provisions, by which it is known again."""
    sanctioner = one.sanctioners_by_id.get(measure.sanctioner)
    specified = measure.kind is not MeasureKind.UNSPECIFIED
    made = Entity(ids.of(measure.id.removeprefix("ftm:")), "Sanction")
    made.add("entity", own.id)
    made.add("authority", sanctioner.name if sanctioner else measure.sanctioner)
    made.add("country", country_code_of(sanctioner.country if sanctioner else None))
    made.add("provisions", measure.kind.value.replace("_", " ").capitalize() if specified else measure.label)
    made.add("program", *measure.programmes)
    made.add("reason", measure.grounds)
    made.add("summary", measure.label if specified else "")
    made.add("description", *(f"legal basis: {basis}" for basis in measure.legal_bases if basis.strip()))
    made.add("description", f"list: {measure.list_name}" if measure.list_name.strip() else "", measure.note)
    made.add("recordId", measure.id)
    _add_events(measure, made)
    return made


def _add_events(measure: Measure, made: Entity) -> None:
    """Each event's date under the property of its kind; what has none, or is no plain date, in words."""
    for event in measure.events:
        name = _EVENTS.get(event.kind)
        if name and date_text(event.date):
            made.add(name, date_text(event.date))
        else:
            until = f" until {event.until}" if event.until else ""
            made.add("description", f"{event.kind.value}: {event.date}{until}")
