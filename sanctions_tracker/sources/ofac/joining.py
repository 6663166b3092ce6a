"""What of a party stands elsewhere in the advanced format: its relations and its dated entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from sanctions_tracker.model import Measure, Note, Relation, Target
from sanctions_tracker.sources.ofac.entries import Listing


class Joins:
    """Relations and entries by the target that bears them, until it asks for them.

    All ids are those of targets, made of a profile's; they must be known before the first target asks.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._merged: dict[str, str] = {}
        self._relations: defaultdict[str, list[Relation]] = defaultdict(list)
        self._listings: defaultdict[str, list[Listing]] = defaultdict(list)
        self._notes: defaultdict[str, list[Note]] = defaultdict(list)

    def know(self, ids: Sequence[str]) -> None:
        """Take in the ids of one party's profiles: the first is the target's, the others mean it as well."""
        if ids and ids[0] not in self._known:
            self._known.add(ids[0])
            self._merged.update(dict.fromkeys(ids[1:], ids[0]))

    def add_relation(self, bearer: str, relation: Relation, notes: Sequence[Note]) -> None:
        """Take in a relation, with what could not be interpreted of it."""
        self._relations[bearer].append(relation)
        self._add_notes(bearer, notes)

    def add_listing(self, listing: Listing, notes: Sequence[Note]) -> None:
        """Take in an entry, with what could not be interpreted of it."""
        self._listings[listing.target].append(listing)
        self._add_notes(listing.target, notes)

    def _add_notes(self, bearer: str, notes: Sequence[Note]) -> None:
        if notes:
            self._notes[bearer].extend(notes)

    def of(self, target: Target, others: Sequence[str]) -> tuple[Target, tuple[Measure, ...], list[Note]]:
        """Hand over what belongs to a target: itself with its relations, its measures and notes on both."""
        ids = [target.id, *others] if others else [target.id]
        notes = [note for number in ids for note in self._notes.pop(number, ())]
        relations = [self._checked(relation, notes) for number in ids for relation in self._relations.pop(number, ())]
        listings = [listing for number in ids for listing in self._listings.pop(number, ())]
        measures = [measure for listing in listings for measure in listing.measures(target.id)]
        if len(listings) > 1:
            measures = _told_apart(measures, notes)
        return (attrs.evolve(target, relations=tuple(relations)) if relations else target), tuple(measures), notes

    def _checked(self, relation: Relation, notes: list[Note]) -> Relation:
        """The relation to a target that is known; one end that the file does not hold is told in a note."""
        other = self._merged.get(relation.other, relation.other)
        if other not in self._known:
            text = f"a relation to a party that the file does not hold: {relation.label} {other}"
            notes.append(Note(text, relation.origin))
            return attrs.evolve(relation, other="", text=other)
        return relation if other == relation.other else attrs.evolve(relation, other=other)

    def leftovers(self) -> Iterator[Note]:
        """What nobody has asked for: relations and entries of parties that the file does not hold."""
        for notes in self._notes.values():
            yield from notes
        for relations in self._relations.values():
            for relation in relations:
                text = f"a relation of a party that the file does not hold: {relation.label} {relation.other}"
                yield Note(text, relation.origin)
        for listings in self._listings.values():
            for listing in listings:
                for label, _, _ in listing.imposed.kinds:
                    yield Note(f"an entry for a party that the file does not hold: {label}", listing.origin)


def _told_apart(measures: Sequence[Measure], notes: list[Note]) -> list[Measure]:
    """The measures each under an id of its own."""
    found: dict[str, Measure] = {}
    for measure in measures:
        number = measure.id
        if number in found:
            notes.append(Note(f"a second measure with the id {number}", measure.origins[0]))
            number = next(f"{number} #{n}" for n in range(2, len(found) + 3) if f"{number} #{n}" not in found)
        found[number] = measure if number == measure.id else attrs.evolve(measure, id=number)
    return list(found.values())
