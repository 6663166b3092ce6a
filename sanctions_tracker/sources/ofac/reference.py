"""The reference value sets of the advanced format: what each code means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.country import country_code

if TYPE_CHECKING:
    from lxml import etree

#: ISO 15924 codes for the script codes that the file writes in words.
#: Source: the file's ScriptValues; the other codes are ISO 15924 already.
_SCRIPTS = {"Hebrew": "Hebr", "Japanese": "Jpan", "Korean": "Kore", "Latin": "Latn"}


def target_id(profile: str) -> str:
    """The id of a target: OFAC's own unique id with the country before it."""
    return f"us:{profile}"


def text_of(element: etree._Element, tag: str) -> str:
    """The stripped text of a child, empty where there is none."""
    return (element.findtext(tag) or "").strip()


@attrs.frozen
class Reference:
    """Code -> meaning, for each set that the reader needs."""

    values: Mapping[str, Mapping[str, str]]
    party_types: Mapping[str, str]
    countries: Mapping[str, tuple[str | None, str]]
    scripts: Mapping[str, str]

    @classmethod
    def read(cls, element: etree._Element, ns: str) -> Reference:
        """From the ReferenceValueSets element."""
        values: dict[str, dict[str, str]] = {}
        for group in element:
            for value in group:
                name = str(value.tag).removeprefix(ns)
                values.setdefault(name, {})[value.get("ID", "")] = (value.text or "").strip()
        subtypes = element.findall(f"{ns}PartySubTypeValues/{ns}PartySubType")
        kinds = {
            subtype.get("ID", ""): values.get("PartyType", {}).get(subtype.get("PartyTypeID", ""), "")
            for subtype in subtypes
        }
        codes = {script.get("ID", ""): script.get("ScriptCode", "") for script in element.iter(ns + "Script")}
        scripts = {number: _SCRIPTS.get(code, code) for number, code in codes.items()}
        return cls(values, kinds, _countries(element, ns), scripts)

    def name(self, group: str, code: str | None) -> str:
        """What a code means, empty where the set does not hold it."""
        return self.values.get(group, {}).get(code or "", "")

    def country(self, code: str | None) -> tuple[str | None, str]:
        """ISO code and printed name of a country id; (None, "") where there is none."""
        return self.countries.get(code or "", (None, ""))


def _countries(element: etree._Element, ns: str) -> dict[str, tuple[str | None, str]]:
    found = {}
    for value in element.iter(f"{ns}Country", f"{ns}AreaCode"):
        name = value.get("Description") or value.text or ""
        iso = value.get("ISO2") or (value.text if value.get("Description") else None)
        found[value.get("ID", "")] = (country_code(iso or name), name.strip())
    return found


def date_of(element: etree._Element) -> dt.date | None:
    """The day that Year, Month and Day children give; None where one is missing.

    Raises:
        ValueError: there is no such day.
    """
    parts = [int(child.text) for child in element if child.text and child.text.strip().isdigit()]
    return dt.date(*parts) if len(parts) == 3 else None  # noqa: PLR2004  (year, month, day)


def period_of(element: etree._Element, ns: str) -> PartialDate | None:
    """The day that a DatePeriod allows: from the start's first day to the end's last.

    None where it gives no day at all.
    """
    start, end = element.find(ns + "Start"), element.find(ns + "End")
    circa = any(bound is not None and bound.get("Approximate") == "true" for bound in (start, end))
    first = date_of(start.find(ns + "From")) if start is not None and start.find(ns + "From") is not None else None
    last = date_of(end.find(ns + "To")) if end is not None and end.find(ns + "To") is not None else None
    return PartialDate.between(first, last, circa=circa) if first or last else None
