"""An announcement: who did what against whom, in what numbers, and what it answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model.checks import known_countries, known_country, not_blank, with_time_zone
from sanctions_tracker.model.dates import PartialDate
from sanctions_tracker.model.provenance import Origin
from sanctions_tracker.model.vocabulary import ActionKind, Confidence, Evidence, MeasureKind, MeasureStatus, PartyClass


def _not_negative(_instance: object, attribute: attrs.Attribute[Any], value: int | None) -> None:
    if value is not None and value < 0:
        message = f"{attribute.name} must not be negative: {value}"
        raise ModelError(message, value=value)


@attrs.frozen
class Count:
    """So many parties of a class, as an announcement counts them.

    ``of`` is None for a total over all classes; ``against`` the country that
    the count is limited to, None for the whole action; ``at_least`` marks a
    lower bound ("more than a dozen").
    """

    value: int = attrs.field(validator=_not_negative)
    of: PartyClass | None = None
    against: str | None = attrs.field(default=None, validator=known_country)
    at_least: bool = False
    note: str = ""


@attrs.frozen
class Response:
    """What an action answers: another action (``to``), or an event outside the data.

    ``evidence`` says on whose word; ``note`` keeps the sources' disagreement.
    """

    evidence: Evidence
    to: str = ""
    note: str = ""


@attrs.frozen
class Selector:
    """Which entries of the official list belong to an action.

    An entry belongs where its programmes meet ``programmes`` (any of them).
    ``evidence`` is ``stated`` where the action or its legal basis says so.
    """

    programmes: tuple[str, ...]
    evidence: Evidence = Evidence.STATED
    note: str = ""


@attrs.frozen
class Action:
    """An announcement by one sanctioner.

    ``against`` holds country codes (``*`` where a law addresses nobody in
    particular); ``named`` the ids of the targets that the sources name;
    ``complete`` whether these are all. ``counts`` are the announcement's own.
    ``recorded_status`` is what the sources last said of it; what held on a day
    is derived from the measures.

    Raises:
        ModelError: more targets named than counted (see :meth:`check_named`), an
            effective date certainly before the announcement, a moment without time zone,
            an action that answers itself.
        UnknownCountryError: a code that does not exist.
    """

    id: str = attrs.field(validator=not_blank)
    sanctioner: str = attrs.field(validator=not_blank)
    kind: ActionKind
    date: PartialDate
    against: tuple[str, ...] = attrs.field(default=(), validator=known_countries)
    counts: tuple[Count, ...] = ()
    named: tuple[str, ...] = ()
    complete: bool = False
    measures: tuple[MeasureKind, ...] = ()
    legal_basis: str = ""
    responses: tuple[Response, ...] = attrs.field(default=())
    affects: tuple[str, ...] = ()
    effective: PartialDate | None = attrs.field(default=None)
    moment: dt.datetime | None = attrs.field(default=None, validator=with_time_zone)
    addressees: int | None = attrs.field(default=None, validator=_not_negative)
    selectors: tuple[Selector, ...] = ()
    recorded_status: MeasureStatus | None = None
    confidence: Confidence | None = None
    note: str = ""
    origins: tuple[Origin, ...] = ()

    @effective.validator
    def _effective_not_before_announced(self, _attribute: attrs.Attribute[Any], effective: PartialDate | None) -> None:
        if effective is not None and effective < self.date:
            message = f"{self.id}: takes effect on {effective}, before it was announced on {self.date}"
            raise ModelError(message, value=effective)

    @responses.validator
    def _answers_another(self, _attribute: attrs.Attribute[Any], responses: tuple[Response, ...]) -> None:
        if any(response.to == self.id for response in responses):
            message = f"{self.id}: an action cannot answer itself"
            raise ModelError(message, value=responses)

    def counted(self, of: PartyClass | None = None, against: str | None = None) -> Count | None:
        """The count of one class (None for the total) against one country (None for the whole)."""
        return next((count for count in self.counts if (count.of, count.against) == (of, against)), None)

    def check_named(self, classes: dict[str, PartyClass]) -> None:
        """Check that no more targets are named than were counted, class by class.

        ``classes`` maps a target's id to its class. A count that is a lower
        bound, or none at all, allows any number.

        Raises:
            ModelError: more are named than counted.
        """
        named = Counter(classes[target] for target in self.named)
        for of, number in (*named.items(), (None, len(self.named))):
            count = self.counted(of)
            if count is not None and not count.at_least and number > count.value:
                what = of.value if of else "in all"
                message = f"{self.id}: names {number} ({what}) but counts {count.value}"
                raise ModelError(message, value=self.named)

    def __str__(self) -> str:
        return self.id


@attrs.frozen
class TriggerEvent:
    """Something that happened and that actions may refer to, itself no sanction."""

    id: str = attrs.field(validator=not_blank)
    date: PartialDate
    what: str = attrs.field(validator=not_blank)
    origins: tuple[Origin, ...] = ()


@attrs.frozen
class ConflictValue:
    """One of the values that sources disagree over, as they print it."""

    value: str
    origins: tuple[Origin, ...] = ()


@attrs.frozen
class Conflict:
    """A disagreement between sources: both sides are kept.

    ``about`` is the id of the record; ``resolution`` what the data set made of it.
    """

    topic: str = attrs.field(validator=not_blank)
    about: str = attrs.field(validator=not_blank)
    values: tuple[ConflictValue, ...]
    resolution: str = ""
