"""The reference value sets of the advanced format: what each code means, and how values are written."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.model import Note, Origin, PartialDate
from sanctions_tracker.model.country import country_code

if TYPE_CHECKING:
    from lxml import etree

#: The sanctioner that every measure names.
SANCTIONER_ID = "us-ofac"

#: The source that every origin names; the list's own id too.
LIST_ID = "us-ofac-advanced"

#: ISO 15924 codes for the script codes that the file writes in words.
#: Source: the file's ScriptValues; the other codes are ISO 15924 already.
_SCRIPTS = {"Hebrew": "Hebr", "Japanese": "Jpan", "Korean": "Kore", "Latin": "Latn"}

#: What the publisher writes where no country is known: nothing to interpret.
NO_COUNTRY = frozenset({"", "undetermined", "unknown", "none identified"})

#: The words of the codes that say nothing.
SILENT = frozenset({"", "Unknown"})

_DATE_PARTS = ("Year", "Month", "Day")


def target_id(profile: str) -> str:
    """The id of a target: OFAC's own unique id with the country before it."""
    return f"us:{profile}"


def joined(*parts: str) -> str:
    """Remarks in one text, empty ones left out."""
    return "; ".join(filter(None, parts)) if any(parts) else ""


def printed(element: etree._Element) -> str:
    """All text inside, as a reader of the file would see it."""
    return "-".join(text for piece in element.itertext() if (text := str(piece).strip()))


def children(
    element: etree._Element, tags: Mapping[str, str], origin: Origin, notes: list[Note]
) -> Mapping[str, list[etree._Element]]:
    """The children by name; what stands there and is not one of ``tags`` goes to ``notes``.

    ``tags`` are tags with their names, see :meth:`Reference.tags`.
    """
    found: dict[str, list[etree._Element]] = {}
    for child in element:
        name = tags.get(child.tag)
        if name is None:
            note_unknown(child, origin, notes)
        elif name in found:
            found[name].append(child)
        else:
            found[name] = [child]
    return found


def leaves(element: etree._Element, tags: Mapping[str, str], origin: Origin, notes: list[Note]) -> Mapping[str, str]:
    """The texts of the children by name, otherwise as :func:`children`."""
    found: dict[str, str] = {}
    for child in element:
        name = tags.get(child.tag)
        if name is None:
            note_unknown(child, origin, notes)
        else:
            text = printed(child) if len(child) else (child.text or "").strip()
            found[name] = joined(found[name], text) if name in found else text
    return found


def note_unknown(element: etree._Element, origin: Origin, notes: list[Note]) -> None:
    """Keep an element that a later version of the format may bring; comments are no content."""
    if isinstance(element.tag, str):
        name = element.tag.rpartition("}")[2]
        notes.append(Note(f"an element that this reader does not know, {name}: {printed(element)}", origin))


def texts(found: list[etree._Element] | None) -> str:
    """The stripped texts of some elements."""
    if found and len(found) == 1:
        return (found[0].text or "").strip()
    return joined(*[(element.text or "").strip() for element in found or ()])


def flag(element: etree._Element, name: str, origin: Origin, notes: list[Note]) -> bool:
    """A boolean attribute, false where there is none."""
    value = element.get(name, "false")
    if value not in {"true", "false", "1", "0"}:
        notes.append(Note(f"{name} is neither true nor false: {value!r}", origin))
    return value in {"true", "1"}


def date_of(element: etree._Element, ns: str) -> dt.date | None:
    """The day that Year, Month and Day give; None where there is nothing inside.

    Raises:
        ValueError: they give none.
    """
    parts = element if len(element) == len(_DATE_PARTS) else list(element.iterchildren("*"))
    if not len(parts):
        return None
    given = {child.tag: (child.text or "").strip() for child in parts}
    numbers = [given.get(ns + name, "") for name in _DATE_PARTS]
    if len(parts) != len(numbers) or not all(map(str.isdecimal, numbers)):
        message = f"{printed(element)!r} is not a year, a month and a day"
        raise ValueError(message)
    try:
        return dt.date(*map(int, numbers))
    except (ValueError, OverflowError):
        message = f"there is no day {printed(element)}"
        raise ValueError(message) from None


@lru_cache(maxsize=65536)
def _between(first: dt.date | None, last: dt.date | None, *, circa: bool) -> PartialDate:
    return PartialDate.between(first, last, circa=circa)


@attrs.frozen
class Reference:
    """Code -> meaning, for each set that the reader needs.

    ``ns`` is the file's namespace in braces, ``unexplained`` counts the codes
    that were met and that no set holds.
    """

    ns: str
    values: Mapping[str, Mapping[str, str]]
    party_types: Mapping[str, str]
    countries: Mapping[str, tuple[str | None, str]]
    scripts: Mapping[str, str]
    unexplained: Counter[tuple[str, str]] = attrs.field(factory=Counter)

    @classmethod
    def read(cls, element: etree._Element, ns: str) -> Reference:
        """From the ReferenceValueSets element."""
        values: dict[str, dict[str, str]] = {}
        for value in element.iterfind("*/*"):
            name = str(value.tag).removeprefix(ns)
            values.setdefault(name, {})[value.get("ID", "")] = (value.text or "").strip()
        kinds = {
            subtype.get("ID", ""): values.get("PartyType", {}).get(subtype.get("PartyTypeID", ""), "")
            for subtype in element.iter(ns + "PartySubType")
        }
        codes = {script.get("ID", ""): script.get("ScriptCode", "") for script in element.iter(ns + "Script")}
        scripts = {number: _SCRIPTS.get(code, code) for number, code in codes.items() if code}
        return cls(ns, values, kinds, _countries(element, ns), scripts)

    def name(self, group: str, code: str | None) -> str:
        """What a code means, empty where there is no code.

        A code that the set does not hold stays as it is, behind the set's name.
        """
        if not code:
            return ""
        try:
            return self.values[group][code]
        except KeyError:
            self.unexplained[group, code] += 1
            return f"{group} {code}"

    def tags(self, *names: str) -> Mapping[str, str]:
        """The tags of some elements, as they stand in the file, with their names."""
        return {self.ns + name: name for name in names}

    def silent(self, group: str, *others: str) -> frozenset[str | None]:
        """The codes of a set that say nothing, or no more than one of ``others``; none at all is one of them."""
        words = {*SILENT, *others}
        return frozenset({None, "", *(code for code, word in self.values.get(group, {}).items() if word in words)})

    def country(self, code: str | None) -> tuple[str | None, str]:
        """ISO code and printed name of a country id; (None, "") where there is none."""
        if not code:
            return None, ""
        return self.countries.get(code) or (None, self.name("Country", code))

    def script(self, code: str | None) -> str | None:
        """The ISO 15924 code of a script id; None where there is none."""
        if code and code not in self.scripts:
            self.unexplained["Script", code] += 1
        return self.scripts.get(code or "")

    def day(self, element: etree._Element) -> PartialDate | None:
        """The day of a Date element; None where there is nothing inside.

        Raises:
            ValueError: it gives none, or one of another calendar.
        """
        self._refuse_calendar(element)
        day = date_of(element, self.ns)
        return _between(day, day, circa=False) if day else None

    def period(self, element: etree._Element) -> PartialDate | None:
        """Some day of a DatePeriod: from the start's first day to the end's last.

        ``Start/To`` and ``End/From`` lie between the two: they say how fine each
        end is known (a month, a year) and nothing more. None where nothing is
        inside.

        Raises:
            ValueError: it gives no day, or one of another calendar.
        """
        self._refuse_calendar(element)
        start, end = element.find(self.ns + "Start"), element.find(self.ns + "End")
        circa = any(bound is not None and bound.get("Approximate") in {"true", "1"} for bound in (start, end))
        first, last = self._bound(start, "From"), self._bound(end, "To")
        if first or last:
            return _between(first, last, circa=circa)
        if printed(element):
            message = f"{printed(element)!r} has neither a first nor a last day"
            raise ValueError(message)
        return None

    def _bound(self, bound: etree._Element | None, name: str) -> dt.date | None:
        day = bound.find(self.ns + name) if bound is not None else None
        return date_of(day, self.ns) if day is not None else None

    def _refuse_calendar(self, element: etree._Element) -> None:
        calendar = self.name("CalendarType", element.get("CalendarTypeID"))
        if calendar not in {"", "Gregorian"}:
            message = f"{printed(element)!r} is of the calendar {calendar!r}"
            raise ValueError(message)


def _countries(element: etree._Element, ns: str) -> dict[str, tuple[str | None, str]]:
    """Area codes bear the ids of their countries, so that one table serves both."""
    found = {}
    for value in element.iter(f"{ns}AreaCode", f"{ns}Country"):
        text = (value.text or "").strip()
        name = (value.get("Description") or text).strip()
        iso = value.get("ISO2") or (text if value.get("Description") else "")
        found[value.get("ID", "")] = (country_code(iso or name), name)
    return found
