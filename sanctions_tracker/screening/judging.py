"""From names that are alike to hits: what else is known of the party, what suppresses it, who is one party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import attrs

from sanctions_tracker.matching import Comparison, compare
from sanctions_tracker.model import Measure, Name, Sanctioner, Target
from sanctions_tracker.model.vocabulary import MeasureStatus, NameKind, NameStrength, TargetKind
from sanctions_tracker.parties import Level, Particulars, PartyDecision, Record, findings, grouped, particulars_of
from sanctions_tracker.screening.decisions import Decisions, Outcome
from sanctions_tracker.screening.entries import Book, Entries, Place
from sanctions_tracker.screening.hit import Hit, Listing, Suppression, Term
from sanctions_tracker.screening.policy import Policy
from sanctions_tracker.screening.query import Query
from sanctions_tracker.screening.stamp import SearchedList, Stamp

#: Of each record its names that are like the query, by their places; none where an identifier led to it.
Matched = dict[Place, dict[int, Comparison]]

#: What lets a weak alias alert: it then no longer stands alone.
_CORROBORATES = frozenset({Level.IDENTIFIER_SAME.value, Level.BIRTH_SAME_DAY.value})


@attrs.frozen(eq=False)
class Judge:
    """A question, and by what it is judged: ``on`` is the day asked about, ``today`` that by which decisions expire.

    ``decisions`` are those on hits, ``parties`` those on who is one party.
    """

    query: Query
    policy: Policy
    decisions: Decisions
    parties: tuple[PartyDecision, ...]
    on: dt.date | None
    today: dt.date | None


def hits_of(matched: Matched, entries: Entries, judge: Judge, stamp: Stamp) -> list[Hit]:
    """The hits, best first: one a party, with a listing a record; what does not alert gives its reasons."""
    found = [(place, one) for place, names in matched.items() if (one := _listing(place, names, entries, judge))]
    found.sort(key=lambda pair: _rank(pair[1], pair[0]))
    records = [_as_record(entries.books[place.book].searched, one.target) for place, one in found]
    groups = grouped(records, judge.parties)
    return [Hit(tuple(found[number][1] for number in group), stamp) for group in groups]


def _as_record(searched: SearchedList, target: Target) -> Record:
    return Record(searched.id, searched.publisher, target, searched.date)


def _rank(listing: Listing, place: Place) -> tuple[bool, float, str, str, Place]:
    return not listing.alerts, -listing.score, listing.list_id, listing.target.id, place


@attrs.frozen(eq=False)
class _Record:
    """What is known of a record before its names are looked at; ``beside`` is what was found beside them."""

    target: Target
    measures: tuple[Measure, ...]
    statuses: tuple[MeasureStatus, ...]
    book: Book
    beside: tuple[Term, ...]


def _record(place: Place, entries: Entries, judge: Judge) -> _Record:
    target, measures = entries.entry(place)
    book, on = entries.books[place.book], judge.on or dt.date.max
    statuses = tuple(measure.status_on_list(on, book.searched.date) for measure in measures)
    return _Record(target, measures, statuses, book, _beside(target, judge))


def _listing(place: Place, names: dict[int, Comparison], entries: Entries, judge: Judge) -> Listing | None:
    """What is to be said of a record, or nothing where neither its name nor its score reaches the threshold."""
    record = _record(place, entries, judge)
    chosen = _candidates(record.target, names, judge)
    listings = [_judged(record, record.target.names[number], comparison, judge) for number, comparison in chosen]
    reached = [one for one in listings if max(one.score, one.comparison.score) >= judge.policy.threshold]
    return max(reached, key=_preference, default=None)


def _preference(listing: Listing) -> tuple[bool, float, bool, bool]:
    strong = listing.name.strength is NameStrength.STRONG
    return listing.alerts, listing.score, strong, listing.name.kind is NameKind.PRIMARY


def _candidates(target: Target, names: dict[int, Comparison], judge: Judge) -> Iterator[tuple[int, Comparison]]:
    """The best strong name and the best weak one; of a record that an identifier led to, the name most like."""
    if not names:
        names = {number: _compared(judge.query, name, target) for number, name in enumerate(target.names)}
    for strength in NameStrength:
        chosen = [number for number in names if target.names[number].strength is strength]
        if chosen:
            best = max(chosen, key=lambda number: (names[number].score, -number))
            yield best, names[best]


def _compared(query: Query, name: Name, target: Target) -> Comparison:
    kind = TargetKind.PERSON.value if target.kind is TargetKind.PERSON else None
    return max((compare(asked, name.text, kind=kind) for asked in query.names), key=lambda found: found.score)


def _beside(target: Target, judge: Judge) -> tuple[Term, ...]:
    """What is found beside the name, with its points."""
    asked = judge.query.particulars
    if asked == _NOTHING_KNOWN:
        return ()
    return tuple(
        Term(found.level.value, judge.policy.weights.of(found.level), found.left, found.right)
        for found in findings(asked, particulars_of(target))
    )


_NOTHING_KNOWN = Particulars()


def _judged(record: _Record, name: Name, comparison: Comparison, judge: Judge) -> Listing:
    target, searched = record.target, record.book.searched
    listing = Listing(
        target=target,
        list_id=searched.id,
        list_date=searched.date,
        name=name,
        comparison=comparison,
        terms=(Term("name", comparison.score, comparison.left, comparison.right), *record.beside),
        measures=record.measures,
        statuses=record.statuses,
        decisions=judge.decisions.on(judge.query.key, searched.id, target.id) if len(judge.decisions) else (),
        sanctioners=_bodies(record.measures, record.book.sanctioners),
    )
    return attrs.evolve(listing, reasons=tuple(_reasons(listing, judge)))


def _bodies(measures: tuple[Measure, ...], bodies: Mapping[str, Sanctioner]) -> dict[str, Sanctioner]:
    return {measure.sanctioner: bodies[measure.sanctioner] for measure in measures if measure.sanctioner in bodies}


def _reasons(listing: Listing, judge: Judge) -> Iterator[Suppression]:
    """Why a listing does not alert."""
    policy = judge.policy
    if listing.score < policy.threshold:
        yield Suppression.CONTRADICTED
    if _is_weak_alone(listing, policy):
        yield Suppression.WEAK_ALIAS
    if not _is_looked_at(listing, policy):
        yield Suppression.OUTSIDE_POLICY
    elif listing.measures and not any(_counts(*pair, listing, policy) for pair in _with_status(listing)):
        yield Suppression.NOT_IN_FORCE
    if _is_decided(listing, judge.today):
        yield Suppression.DECIDED


def _is_weak_alone(listing: Listing, policy: Policy) -> bool:
    weak = listing.name.strength is NameStrength.WEAK and not policy.weak_aliases_alert
    return weak and _CORROBORATES.isdisjoint(term.what for term in listing.terms)


def _is_looked_at(listing: Listing, policy: Policy) -> bool:
    """Whether the policy looks at parties of this kind and at one of the sanctioners; an unknown kind it looks at."""
    if policy.kinds and listing.target.kind not in (*policy.kinds, TargetKind.UNKNOWN):
        return False
    return not listing.measures or any(_is_of(measure, listing, policy) for measure in listing.measures)


def _with_status(listing: Listing) -> Iterator[tuple[Measure, MeasureStatus]]:
    return zip(listing.measures, listing.statuses, strict=True)


def _is_of(measure: Measure, listing: Listing, policy: Policy) -> bool:
    """Whether a measure is of a sanctioner that the policy looks at; where that cannot be known, it is."""
    body = listing.sanctioners.get(measure.sanctioner)
    if not policy.sanctioners or body is None:
        return not policy.sanctioners or measure.sanctioner in policy.sanctioners
    return not {body.id, body.country}.isdisjoint(policy.sanctioners)


def _counts(measure: Measure, status: MeasureStatus, listing: Listing, policy: Policy) -> bool:
    return status in policy.statuses and _is_of(measure, listing, policy)


def _is_decided(listing: Listing, today: dt.date | None) -> bool:
    """Whether the last decision on the entry as it stands holds and says that it is a false match."""
    if not listing.decisions:
        return False
    last = next((one for one in listing.decisions if one.entry == listing.entry), None)
    return last is not None and last.outcome == Outcome.FALSE_MATCH and last.holds(today)
