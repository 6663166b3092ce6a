"""SDN.XML and CONSOLIDATED.XML: one element a party, in either of the format's two namespaces.

Source of the layout: OFAC, "SDN.XML data specification", and the files of 2021,
2024 and 2026 themselves. What is not kept:

* the ``uid`` of lists' members (aliases, addresses, numbers), but in locators;
* ``mainEntry`` of "true": "false" says that a value is a further one, and is
  kept as the note ``alt.``, the word of the CSV files;
* ``Record_Count``, which is compared with the records read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import attrs
from lxml import etree

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Address, Attribute, Note, Origin, PartialDate, Sanctioner, SanctionsList
from sanctions_tracker.model.vocabulary import NameKind, TargetKind
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.ofac.drafts import ALIASES, KINDS, Draft, Said
from sanctions_tracker.sources.ofac.listing import Gathered, Published, close, list_name, source_id, split_links
from sanctions_tracker.sources.ofac.printed import us_date
from sanctions_tracker.sources.ofac.reference import joined, printed

FORMAT_ID = "ofac-sdn-xml"
_NAMESPACE = re.compile(r"(?:http://tempuri\.org/sdnList\.xsd|https?://[^ ]*ofac[^ ]*/XML)")
_PROGRAMMES = re.compile(r"<programList>(.*?)</programList>", re.DOTALL)
_PROGRAMME = re.compile(r"<program>(.*?)</program>", re.DOTALL)

#: The vessel's particulars -> the label of the advanced format.
_VESSEL = {
    "callSign": "Vessel Call Sign",
    "vesselType": "VESSEL TYPE",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
}
_LINES = ("address1", "address2", "address3")

_Taker = Callable[[Draft, Any], None]

#: One question to the parser's own tree is faster than looking into every value.
_is_deep = etree.XPath("boolean(*/*/*/*)")


def recognise(document: Document) -> bool:
    """Whether the XML root is an sdnList of OFAC's."""
    namespace, name = document.root
    return name == "sdnList" and bool(_NAMESPACE.fullmatch(namespace))


def parse(document: Document, sanctioner: Sanctioner) -> SanctionsList:
    """Read the whole file.

    Raises:
        DamagedInputError: the XML is malformed or cut short, or holds no party.
        UnsafeInputError: it declares entities.
    """
    programmes = [_PROGRAMME.findall(given) for given in _PROGRAMMES.findall(document.head_text)]
    name = list_name(programmes)
    reader = _Reader(document, source_id("xml", name))
    gathered = reader.read()
    published = Published(name, reader.source, FORMAT_ID, reader.date, document.sha256())
    return close(gathered, published, sanctioner)


class _Reader:
    """One pass: each child of an entry goes to the method of its name."""

    def __init__(self, document: Document, source: str) -> None:
        namespace, _ = document.root
        self.source = source
        self.date: PartialDate | None = None
        self._ns = f"{{{namespace}}}"
        self._document = document
        self._gathered = Gathered()
        self._seen = 0
        #: Whether the entry at hand bears elements deeper than any of the publisher's.
        self._deep = False
        self._count: str | None = None
        self._root: etree._Element | None = None
        self._uid = self._ns + "uid"
        takers: dict[str, _Taker] = {
            "programList": self._programmes,
            "akaList": self._aliases,
            "addressList": self._addresses,
            "idList": self._numbers,
            "dateOfBirthList": self._births,
            "placeOfBirthList": self._birth_places,
            "nationalityList": self._nationalities,
            "citizenshipList": self._citizenships,
            "vesselInfo": self._vessel,
            "remarks": self._remarks,
            "title": self._title,
        }
        self._takers = {self._ns + name: taker for name, taker in takers.items()}
        self._plain = {self._ns + name: name for name in ("uid", "firstName", "lastName", "sdnType")}

    def read(self) -> Gathered:
        entry, information = self._ns + "sdnEntry", self._ns + "publshInformation"
        for element in elements(self._document, [entry, information]):
            self._note_strangers(element.getprevious(), entry, information)
            if element.tag == entry:
                self._entry(element)
                self._root = element.getparent()
            else:
                self._information(element)
        self._close(entry, information)
        return self._gathered

    def _note_strangers(self, element: etree._Element | None, *known: str) -> None:
        """Elements beside the entries that this reader does not know."""
        while element is not None and element.tag not in known:
            if isinstance(element.tag, str):
                text = f"an element that this reader does not know, {self._name(element)}: {printed(element)}"
                self._gathered.notes.append(Note(text, Origin(self.source, "", f"line {element.sourceline}")))
            element = element.getprevious()

    def _close(self, *known: str) -> None:
        if not self._seen:
            message = "the file holds no party: it is not whole"
            raise DamagedInputError(message, file=self._document.name)
        if self._root is not None and len(self._root):
            self._note_strangers(self._root[-1], *known)
        if self._count is not None and self._count != str(self._seen):
            origin = Origin(self.source, "", "publshInformation/Record_Count", self._count)
            text = f"the publisher counts {self._count} records, {self._seen} were read"
            self._gathered.notes.append(Note(text, origin))

    def _name(self, element: etree._Element) -> str:
        return str(element.tag).removeprefix(self._ns)

    def _information(self, element: etree._Element) -> None:
        for child in element.iterchildren("*"):
            name, text = self._name(child), printed(child)
            origin = Origin(self.source, "", f"publshInformation/{name}", text)
            if name == "Record_Count":
                self._count = text
            elif name == "Publish_Date" and (date := us_date(text)):
                self.date = date
            else:
                self._gathered.notes.append(Note(f"not understood, {name}: {text}", origin))

    def _entry(self, element: etree._Element) -> None:
        self._seen += 1
        self._deep = _is_deep(element) is True
        takers = self._takers
        plain: dict[str, str] = {}
        lists: list[tuple[_Taker, etree._Element]] = []
        strangers: list[etree._Element] = []
        for child in element:
            tag = child.tag
            if tag in takers:
                lists.append((takers[tag], child))
            elif tag in self._plain and tag not in plain and not len(child):
                plain[tag] = (child.text or "").strip()
            else:
                strangers.append(child)
        uid = plain.get(self._uid, "")
        origin = Origin(self.source, uid, f"sdnEntry[uid='{uid}']" if uid else f"sdnEntry[{self._seen}]")
        self._gathered.add(self._draft(plain, lists, strangers, origin), origin)

    def _draft(
        self,
        plain: dict[str, str],
        lists: Sequence[tuple[_Taker, etree._Element]],
        strangers: Sequence[etree._Element],
        origin: Origin,
    ) -> Draft:
        ns = self._ns
        word = plain.get(ns + "sdnType", "")
        kind = KINDS.get(word.lower()) if word else None
        draft = Draft(origin.record, kind or TargetKind.UNKNOWN, self._gathered.notes)
        if kind is None:
            draft.add_note(f"no kind of party is known by the name {word!r}", origin)
        given, family = plain.get(ns + "firstName", ""), plain.get(ns + "lastName", "")
        if given or family:
            draft.name(given, family, NameKind.PRIMARY, self._place(origin.record, "lastName"))
        for taker, child in lists:
            taker(draft, child)
        if strangers:
            self._keep(draft, strangers, "sdnEntry")
        return draft

    def _place(self, record: str, locator: str) -> Origin:
        return Origin(self.source, record, locator)

    def _items(self, draft: Draft, parent: etree._Element, path: str) -> list[tuple[dict[str, str], Origin]]:
        """The members of a list: each as its texts by tag, and its place."""
        tag, found = self._ns + path.rpartition("/")[2], []
        source, record, uid, deep = self.source, draft.record, self._uid, self._deep
        for item in parent.iterchildren(tag):
            said = {child.tag: (child.text or "").strip() for child in item}
            origin = Origin(source, record, f"{path}[uid='{said.pop(uid, '')}']")
            if deep or len(said) + 1 != len(item):
                said = self._unusual(draft, item, origin)
            found.append((said, origin))
        if len(found) != len(parent):
            self._keep(draft, [item for item in parent if item.tag != tag], path)
        return found

    def _unusual(self, draft: Draft, item: etree._Element, origin: Origin) -> dict[str, str]:
        """The texts of a member that may say something twice, bear elements of its own, or hold nothing but text."""
        said = {child.tag: (child.text or "").strip() for child in item.iterchildren("*")}
        uid = said.pop(self._uid, None)
        if len(said) + (uid is not None) != len(item) or any(map(len, item)) or not len(item):
            draft.attributes.append(Attribute(self._name(item), printed(item), origin=origin))
            draft.add_note(f"an element of another shape than the publisher's: {printed(item)!r}", origin)
        return said

    def _keep(self, draft: Draft, strangers: Sequence[etree._Element], path: str) -> None:
        """Elements that this reader does not know."""
        for element in strangers:
            if isinstance(element.tag, str):
                name = self._name(element)
                draft.attributes.append(
                    Attribute(name, printed(element), origin=self._place(draft.record, f"{path}/{name}"))
                )

    def _leftovers(self, draft: Draft, said: dict[str, str], origin: Origin) -> str:
        """Keep what a member says beyond the known; returned is the note that a further value bears."""
        main = said.pop(self._ns + "mainEntry", "true")
        for tag, text in said.items():
            if text and isinstance(tag, str):
                draft.attributes.append(Attribute(tag.removeprefix(self._ns), text, origin=origin))
        return "alt." if main == "false" else ""

    def _programmes(self, draft: Draft, parent: etree._Element) -> None:
        tag = self._ns + "program"
        for item in parent:
            if item.tag == tag and not len(item):
                if text := (item.text or "").strip():
                    draft.programmes.append(text)
            else:
                self._keep(draft, [item], "programList")

    def _aliases(self, draft: Draft, parent: etree._Element) -> None:
        ns = self._ns
        for said, origin in self._items(draft, parent, "akaList/aka"):
            word, category = said.pop(ns + "type", ""), said.pop(ns + "category", "")
            given, family = said.pop(ns + "firstName", ""), said.pop(ns + "lastName", "")
            kind, note = ALIASES.get(word.replace(".", "").lower()) or (NameKind.ALIAS, word)
            if category not in {"weak", "strong"}:
                draft.add_note(f"an alias neither weak nor strong: {category!r}", origin)
            draft.name(given, family, kind, origin, weak=category == "weak", note=note)
            if said:
                self._leftovers(draft, said, origin)

    def _addresses(self, draft: Draft, parent: etree._Element) -> None:
        ns = self._ns
        for said, origin in self._items(draft, parent, "addressList/address"):
            take = said.pop
            lines = tuple(filter(None, [take(ns + name, "") for name in _LINES]))
            city, region = take(ns + "city", ""), take(ns + "stateOrProvince", "")
            postcode, country = take(ns + "postalCode", ""), take(ns + "country", "")
            note = self._leftovers(draft, said, origin) if said else ""
            if lines or city or region or postcode or country:
                code = draft.country(country, origin)
                draft.addresses.append(Address(lines, city, region, postcode, code, country, note, origin))

    def _numbers(self, draft: Draft, parent: etree._Element) -> None:
        ns = self._ns
        for said, origin in self._items(draft, parent, "idList/id"):
            take = said.pop
            label, value = take(ns + "idType", ""), take(ns + "idNumber", "")
            issued, expires = take(ns + "issueDate", ""), take(ns + "expirationDate", "")
            country = take(ns + "idCountry", "")
            note = self._leftovers(draft, said, origin) if said else ""
            if issued or expires:
                draft.add(_dated(draft, Said(label, value, origin, country, note=note), issued, expires))
            else:
                draft.add(Said(label or "id", value, origin, country, note=note))

    def _values(self, draft: Draft, parent: etree._Element, path: str, value: str, label: str) -> None:
        """The members of a list that hold one value each."""
        for said, origin in self._items(draft, parent, path):
            text = said.pop(self._ns + value, "")
            note = self._leftovers(draft, said, origin) if said else ""
            if text:
                draft.add(Said(label, text, origin, note=note))

    def _births(self, draft: Draft, parent: etree._Element) -> None:
        self._values(draft, parent, "dateOfBirthList/dateOfBirthItem", "dateOfBirth", "DOB")

    def _birth_places(self, draft: Draft, parent: etree._Element) -> None:
        self._values(draft, parent, "placeOfBirthList/placeOfBirthItem", "placeOfBirth", "POB")

    def _nationalities(self, draft: Draft, parent: etree._Element) -> None:
        self._values(draft, parent, "nationalityList/nationality", "country", "nationality")

    def _citizenships(self, draft: Draft, parent: etree._Element) -> None:
        self._values(draft, parent, "citizenshipList/citizenship", "country", "citizen")

    def _vessel(self, draft: Draft, parent: etree._Element) -> None:
        for child in parent:
            name, text = self._name(child), (child.text or "").strip()
            if name not in _VESSEL or len(child):
                self._keep(draft, [child], "vesselInfo")
            elif text:
                draft.add(Said(_VESSEL[name], text, self._place(draft.record, f"vesselInfo/{name}")))

    def _title(self, draft: Draft, element: etree._Element) -> None:
        if text := printed(element):
            draft.positions.append(text)

    def _remarks(self, draft: Draft, element: etree._Element) -> None:
        rest, links = split_links(printed(element))
        if rest:
            draft.remarks.append(rest)
        for link in links:
            draft.add(Said("Linked To:", link, self._place(draft.record, "remarks")))


def _dated(draft: Draft, said: Said, issued: str, expires: str) -> Said:
    """The same with its dates; those that cannot be read stand in the note."""
    first, last = draft.date(issued, said.origin), draft.date(expires, said.origin)
    raw = [text for text, date in ((issued, first), (expires, last)) if text and not date]
    return attrs.evolve(said, label=said.label or "id", issued=first, expires=last, note=joined(said.note, *raw))
