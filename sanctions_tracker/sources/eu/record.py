"""A record between the formats: what an XML element or some rows of a CSV say, under the names of the XML."""

from __future__ import annotations

from typing import NamedTuple

import attrs

from sanctions_tracker.model import Note, Origin

#: The source that every origin names; the list's own id too.
LIST_ID = "eu-fsf"

_EACH = "regulationLanguage logicalId"
_COUNTRY = "region countryIso2Code countryDescription"
#: The parts of a record, by element, and the attributes that this reader knows of each.
#: Source: the export 1.1 itself; an address's ``number`` is a column of the CSV of 2018 only.
KNOWN = {
    tag: frozenset(f"{names} {_EACH}".split())
    for tag, names in {
        "nameAlias": "firstName middleName lastName wholeName function gender title nameLanguage strong",
        "citizenship": _COUNTRY,
        "birthdate": f"{_COUNTRY} city zipCode place circa calendarType"
        " birthdate dayOfMonth monthOfYear year yearRangeFrom yearRangeTo",
        "address": f"{_COUNTRY} number street poBox zipCode city place asAtListingTime",
        "identification": f"{_COUNTRY} number latinNumber identificationTypeCode identificationTypeDescription"
        " diplomatic knownExpired knownFalse reportedLost revokedByIssuer issuedBy issueDate validFrom validTo"
        " nameOnDocument",
    }.items()
}

#: In which language every act is quoted; another one would be worth telling.
ACT_LANGUAGE = "en"


class Act(NamedTuple):
    """A legal act that put something into a record, as far as the format tells of it."""

    title: str = ""
    kind: str = ""
    published: str = ""
    url: str = ""
    organisation: str = ""
    in_force: str = ""
    programme: str = ""


@attrs.define(eq=False)
class Part:
    """A name, a birth, an address and the like: its fields, where it stands, its remarks, acts and contacts."""

    fields: dict[str, str]
    locator: str
    remarks: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    contacts: tuple[tuple[str, str], ...] = ()

    def add_remark(self, text: str) -> None:
        """Take in one more remark."""
        self.remarks += (text,)

    def text(self, name: str) -> str:
        """A field without the white space around it; empty where there is none."""
        return self.fields.get(name, "").strip()

    def flag(self, name: str) -> bool:
        """Whether a field says true."""
        return self.fields.get(name, "").strip().casefold() in {"true", "1"}

    @property
    def number(self) -> str:
        """The publisher's id of the part."""
        return self.fields.get("logicalId", "").strip()

    @property
    def remark(self) -> str:
        """All remarks in one text."""
        return "\n".join(self.remarks)

    @property
    def act_language(self) -> str:
        """In which language the act is quoted, where it is not the usual one."""
        language = self.text("regulationLanguage")
        return f"regulationLanguage: {language}" if language not in {ACT_LANGUAGE, ""} else ""

    def raw(self, names: tuple[str, ...]) -> str:
        """Fields as printed, to stand beside what was made of them."""
        fields = self.fields
        return " ".join([f'{name}="{value}"' for name in names if (value := fields.get(name))])


class Extra(NamedTuple):
    """Something that this reader does not know: kept under the publisher's heading."""

    name: str
    value: str
    locator: str


_NO_ACT = Act()


@attrs.define
class Record:
    """One sanctionEntity. ``notes`` gathers what could not be interpreted."""

    locator: str
    fields: dict[str, str]
    act: Act = _NO_ACT
    act_locator: str = ""
    subjects: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    parts: dict[str, list[Part]] = attrs.field(factory=lambda: {tag: [] for tag in KNOWN})
    extras: list[Extra] = attrs.field(factory=list)
    notes: list[Note] = attrs.field(factory=list)
    id: str = ""

    def __attrs_post_init__(self) -> None:
        self.id = self.text("euReferenceNumber") or self.text("logicalId")

    def add_remark(self, text: str) -> None:
        """Take in one more remark."""
        self.remarks += (text,)

    def put_in_order(self) -> None:
        """Sort the parts by the publisher's number: their order in the file changes from one export to the next."""
        for parts in self.parts.values():
            if len(parts) > 1:
                parts.sort(key=_order)

    def text(self, name: str) -> str:
        """A field of the record itself, without the white space around it."""
        return self.fields.get(name, "").strip()

    def origin(self, locator: str, raw: str | None = None) -> Origin:
        """Where a value stands."""
        return Origin(LIST_ID, self.id, locator, raw)

    def note(self, what: str, locator: str, raw: str) -> None:
        """Say that a value was kept as printed."""
        self.notes.append(Note(f"{what}: {raw!r}", Origin(LIST_ID, self.id, locator, raw)))


def joined(*texts: str) -> str:
    """Remarks in one text, empty ones left out."""
    return "; ".join([text for text in texts if text])


def _order(part: Part) -> tuple[int, str]:
    number = part.fields.get("logicalId", "")
    # the length first, so that 9 comes before 10; whoever counts in other signs comes last
    return (len(number) if number.isdecimal() else 1 << 31, number)
