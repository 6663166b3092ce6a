"""What is tracked: frozen values, without input or output.

``Sanctioner``, ``Target`` and ``Measure`` carry the domain; ``Action``,
``Name``, ``Identifier``, ``PartialDate``, ``Source`` and ``SanctionsList``
serve them.
"""

from sanctions_tracker.model.action import Action, Conflict, ConflictValue, Count, Response, Selector, TriggerEvent
from sanctions_tracker.model.dates import PartialDate
from sanctions_tracker.model.identifier import Identifier
from sanctions_tracker.model.measure import Measure, MeasureEvent
from sanctions_tracker.model.name import Name, NamePart
from sanctions_tracker.model.provenance import Origin, Source
from sanctions_tracker.model.sanctioner import Sanctioner
from sanctions_tracker.model.sanctions_list import Note, RejectedRecord, SanctionsList
from sanctions_tracker.model.target import Address, Attribute, Birth, CountryTie, Relation, Target

__all__ = [
    "Action",
    "Address",
    "Attribute",
    "Birth",
    "Conflict",
    "ConflictValue",
    "Count",
    "CountryTie",
    "Identifier",
    "Measure",
    "MeasureEvent",
    "Name",
    "NamePart",
    "Note",
    "Origin",
    "PartialDate",
    "RejectedRecord",
    "Relation",
    "Response",
    "Sanctioner",
    "SanctionsList",
    "Selector",
    "Source",
    "Target",
    "TriggerEvent",
]
