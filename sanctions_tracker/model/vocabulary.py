"""The words that the model uses for kinds, strengths and states.

Each enumeration's values are the strings written in JSON. Words of the
publishers are mapped onto these by the readers; what has no counterpart is
kept as text beside ``UNSPECIFIED``, ``OTHER`` or ``UNKNOWN``.
"""

from __future__ import annotations

from enum import StrEnum


class TargetKind(StrEnum):
    """What a target is. ``ENTITY`` is a body whose publisher says no more than that."""

    PERSON = "person"
    ENTITY = "entity"
    ORGANISATION = "organisation"
    COMPANY = "company"
    MILITARY_UNIT = "military_unit"
    STATE_BODY = "state_body"
    PROGRAMME = "programme"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"

    @property
    def counted_as(self) -> PartyClass:
        """The class under which announcements count a target of this kind."""
        return _COUNTED_AS.get(self, PartyClass.ENTITY)


class PartyClass(StrEnum):
    """The classes that announcements count: so many persons, entities, vessels, aircraft."""

    PERSON = "person"
    ENTITY = "entity"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    PROGRAMME = "programme"
    UNKNOWN = "unknown"


_COUNTED_AS = {
    TargetKind.PERSON: PartyClass.PERSON,
    TargetKind.VESSEL: PartyClass.VESSEL,
    TargetKind.AIRCRAFT: PartyClass.AIRCRAFT,
    TargetKind.PROGRAMME: PartyClass.PROGRAMME,
    TargetKind.UNKNOWN: PartyClass.UNKNOWN,
}


class NameKind(StrEnum):
    """What a name is to its bearer. ``ORIGINAL_SCRIPT`` is the primary name in its own script."""

    PRIMARY = "primary"
    ALIAS = "alias"
    FORMER = "former"
    ORIGINAL_SCRIPT = "original_script"


class NameStrength(StrEnum):
    """Whether the publisher stands by the name: a weak alias corroborates only.

    Source: OFAC, "Weak aliases" (FAQ 122 and 123): broad or generic names that
    are not expected to be screened for by themselves.
    """

    STRONG = "strong"
    WEAK = "weak"


class NamePartKind(StrEnum):
    """What a part of a name is, where the publisher says so."""

    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    MAIDEN = "maiden"
    PATRONYMIC = "patronymic"
    MATRONYMIC = "matronymic"
    NICKNAME = "nickname"
    TITLE = "title"
    WHOLE = "whole"


class TieRole(StrEnum):
    """How a target is tied to a country."""

    STATED = "stated"
    NATIONALITY = "nationality"
    CITIZENSHIP = "citizenship"
    REGISTRATION = "registration"
    FLAG = "flag"
    FORMER_FLAG = "former_flag"
    SEAT = "seat"


class IdentifierType(StrEnum):
    """What number it is; ``OTHER`` with the publisher's label where no type fits."""

    PASSPORT = "passport"
    NATIONAL_ID = "national_id"
    TAX_ID = "tax_id"
    REGISTRATION = "registration"
    DRIVING_LICENCE = "driving_licence"
    TRAVEL_DOCUMENT = "travel_document"
    BIRTH_CERTIFICATE = "birth_certificate"
    RESIDENCE_PERMIT = "residence_permit"
    LICENCE = "licence"
    IMO_VESSEL = "imo_vessel"
    IMO_COMPANY = "imo_company"
    MMSI = "mmsi"
    CALL_SIGN = "call_sign"
    AIRCRAFT_SERIAL = "aircraft_serial"
    AIRCRAFT_TAIL = "aircraft_tail"
    AIRCRAFT_MODE_S = "aircraft_mode_s"
    BIC = "bic"
    LEI = "lei"
    ISIN = "isin"
    DUNS = "duns"
    GIIN = "giin"
    TICKER = "ticker"
    WALLET = "wallet"
    UN_LOCODE = "un_locode"
    LIST_REFERENCE = "list_reference"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    OTHER = "other"


class Validity(StrEnum):
    """What the publisher says of a document."""

    VALID = "valid"
    FRAUDULENT = "fraudulent"
    UNSTATED = "unstated"


class MeasureKind(StrEnum):
    """What is done to the target; ``UNSPECIFIED`` where the publisher leaves it open."""

    ASSET_FREEZE = "asset_freeze"
    TRAVEL_BAN = "travel_ban"
    FINANCIAL_RESTRICTIONS = "financial_restrictions"
    TRANSACTION_REJECTION = "transaction_rejection"
    DEBT_EQUITY_RESTRICTIONS = "debt_equity_restrictions"
    TRADE_BAN = "trade_ban"
    INVESTMENT_BAN = "investment_ban"
    EXPORT_CONTROL = "export_control"
    IMPORT_RESTRICTIONS = "import_restrictions"
    ARMS_EMBARGO = "arms_embargo"
    ARMS_RESTRICTIONS = "arms_restrictions"
    TRANSPORT_BAN = "transport_ban"
    SECTORAL = "sectoral"
    TERROR_DESIGNATION = "terror_designation"
    MATERIAL_SUPPORT_PROHIBITION = "material_support_prohibition"
    COMPLIANCE_PROHIBITION = "compliance_prohibition"
    CLAIMS_RECOVERY = "claims_recovery"
    COUNTERMEASURES_POWER = "countermeasures_power"
    UNSPECIFIED = "unspecified"


class EventKind(StrEnum):
    """What happened to a measure. ``AMENDED`` changes its text, never its status."""

    CALLED_FOR = "called_for"
    ANNOUNCED = "announced"
    LISTED = "listed"
    DESIGNATED = "designated"
    EFFECTIVE = "effective"
    SUSPENDED = "suspended"
    LICENSED = "licensed"
    EXPIRED = "expired"
    REVOKED = "revoked"
    DELISTED = "delisted"
    REIMPOSED = "reimposed"
    AMENDED = "amended"


class MeasureStatus(StrEnum):
    """What holds of a measure on a day.

    ``NOT_YET``: nothing has happened by that day. ``UNKNOWN``: the dates known
    do not tell (a year-only date in the year asked for).
    """

    NOT_YET = "not_yet"
    CALLED_FOR = "called_for"
    ANNOUNCED = "announced"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    LICENSED = "licensed"
    EXPIRED = "expired"
    REVOKED = "revoked"
    DELISTED = "delisted"
    REIMPOSED = "reimposed"
    UNKNOWN = "unknown"

    @property
    def binds(self) -> bool:
        """Whether a measure of this status must be obeyed."""
        return self in _BINDING


_BINDING = frozenset({MeasureStatus.IN_FORCE, MeasureStatus.REIMPOSED, MeasureStatus.LICENSED})


class ActionKind(StrEnum):
    """What an announcement does."""

    DESIGNATION = "designation"
    REIMPOSITION = "reimposition"
    DELISTING = "delisting"
    SUSPENSION = "suspension"
    REGULATION = "regulation"
    BLOCKING_STATUTE = "blocking_statute"
    CALL = "call"


class Evidence(StrEnum):
    """On whose word something is said.

    ``STATED``: the party concerned says so. ``CONTESTED``: sources disagree.
    ``DERIVED``: worked out from an official list's own entries.
    ``INFERRED``: concluded from dates and likeness; never to be worded as a cause.
    """

    STATED = "stated"
    CONTESTED = "contested"
    DERIVED = "derived"
    INFERRED = "inferred"


class Confidence(StrEnum):
    """How well sourced a record of the bundled data set is.

    High: an official source or two independent outlets agree. Medium: one good
    outlet, or an inferred date. Low: one weak outlet.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SanctionerKind(StrEnum):
    """What kind of body imposes sanctions."""

    COUNTRY = "country"
    AGENCY = "agency"
    INTERGOVERNMENTAL = "intergovernmental"


class RelationKind(StrEnum):
    """How one target stands to another; read from the bearer to the other: bearer is ... of other."""

    OWNED_OR_CONTROLLED_BY = "owned_or_controlled_by"
    OWNS_OR_CONTROLS = "owns_or_controls"
    SUBSIDIARY_OF = "subsidiary_of"
    PARENT_OF = "parent_of"
    PART_OF = "part_of"
    ACTS_FOR = "acts_for"
    SUPPORTS = "supports"
    LEADS = "leads"
    FAMILY_OF = "family_of"
    ASSOCIATE_OF = "associate_of"
    PROPERTY_OF = "property_of"
    OTHER = "other"
