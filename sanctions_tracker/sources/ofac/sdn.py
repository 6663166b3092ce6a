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
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Address, Attribute, Note, Origin, PartialDate, Sanctioner
from sanctions_tracker.model.vocabulary import NameKind, TargetKind
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.ofac.drafts import ALIASES, KINDS, Draft, Said
from sanctions_tracker.sources.ofac.listing import (
    Closing,
    Found,
    by_name,
    checked,
    heading,
    list_name,
    source_id,
    split_links,
)
from sanctions_tracker.sources.ofac.printed import us_date
from sanctions_tracker.sources.ofac.reference import joined, printed
from sanctions_tracker.sources.parts import Part

if TYPE_CHECKING:
    from lxml import etree

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
#: The elements that the members of lists are made of.
_LEAVES = (
    *("uid", "mainEntry", "type", "category", "firstName", "lastName"),
    *("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country"),
    *("idType", "idNumber", "idCountry", "issueDate", "expirationDate", "dateOfBirth", "placeOfBirth"),
)
#: Where the members of lists stand.
_MEMBERS = (
    *("akaList/aka", "addressList/address", "idList/id", "dateOfBirthList/dateOfBirthItem"),
    *("placeOfBirthList/placeOfBirthItem", "nationalityList/nationality", "citizenshipList/citizenship"),
)
_PLAIN = ("uid", "firstName", "lastName", "sdnType")

_Taker = Callable[[Draft, Any], None]
#: The texts of a list's member by name, and its place.
_Member = tuple[dict[str, str], Origin]


def recognise(document: Document) -> bool:
    """Whether the XML root is an sdnList of OFAC's."""
    namespace, name = document.root
    return name == "sdnList" and bool(_NAMESPACE.fullmatch(namespace))


def parse(document: Document, sanctioner: Sanctioner) -> Iterator[Part]:
    """Read the whole file in one pass; the parties come once all names are known, for links are by name.

    Raises:
        DamagedInputError: the XML is malformed or cut short, or holds no party.
        UnsafeInputError: it declares entities.
    """
    reader = _Reader(document)
    found = list(reader.found())
    yield heading(reader.list, reader.source, sanctioner, reader.date)
    yield from Closing(reader.list, reader.source, reader.date, by_name(found)).parts(found)


def sparing(document: Document, sanctioner: Sanctioner) -> Iterator[Part]:
    """Read the file in two passes, the first of which keeps the names; otherwise as :func:`parse`.

    Raises:
        ReadError: the input cannot be read twice, or changed between the passes.
    """
    first = _Reader(document)
    names = by_name(first.found(whole=False))
    yield heading(first.list, first.source, sanctioner, first.date)
    with document.again() as again:
        yield from Closing(first.list, first.source, first.date, names).parts(_Reader(again).found())


class _Reader:
    """One pass: each child of an entry goes to the method of its name.

    ``list`` is the name of OFAC's list, ``source`` its id; ``date`` is known once all is found.
    """

    def __init__(self, document: Document) -> None:
        namespace, _ = document.root
        self.list = list_name([_PROGRAMME.findall(given) for given in _PROGRAMMES.findall(document.head_text)])
        self.source = source_id("xml", self.list)
        self.date: PartialDate | None = None
        self._ns = f"{{{namespace}}}"
        self._document = document
        self._seen = 0
        self._count: str | None = None
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
        self._plain = {self._ns + name: name for name in _PLAIN}
        self._leaves = {self._ns + name: name for name in _LEAVES}
        self._members = {path: self._ns + path.rpartition("/")[2] for path in _MEMBERS}

    def found(self, *, whole: bool = True) -> Iterator[Found]:
        """The parties one by one, and notes of no party; not ``whole``, a party has a name and no more."""
        entry, information = self._ns + "sdnEntry", self._ns + "publshInformation"
        root: etree._Element | None = None
        for element in elements(self._document, [entry, information]):
            yield from self._strangers(element.getprevious(), entry, information)
            if element.tag == entry:
                self._seen += 1
                root = element.getparent()
                yield from checked(self._draft(element, whole=whole))
            else:
                yield from self._information(element)
        if root is not None and len(root):
            yield from self._strangers(root[-1], entry, information)
        yield from self._counted()

    def _strangers(self, element: etree._Element | None, *known: str) -> Iterator[Note]:
        """Elements beside the entries that this reader does not know."""
        while element is not None and element.tag not in known:
            if isinstance(element.tag, str):
                text = f"an element that this reader does not know, {self._name(element)}: {printed(element)}"
                yield Note(text, Origin(self.source, "", f"line {element.sourceline}"))
            element = element.getprevious()

    def _counted(self) -> Iterator[Note]:
        if not self._seen:
            message = "the file holds no party: it is not whole"
            raise DamagedInputError(message, file=self._document.name)
        if self._count is not None and self._count != str(self._seen):
            origin = Origin(self.source, "", "publshInformation/Record_Count", self._count)
            yield Note(f"the publisher counts {self._count} records, {self._seen} were read", origin)

    def _name(self, element: etree._Element) -> str:
        return str(element.tag).removeprefix(self._ns)

    def _information(self, element: etree._Element) -> Iterator[Note]:
        for child in element.iterchildren("*"):
            name, text = self._name(child), printed(child)
            if name == "Record_Count":
                self._count = text
            elif name == "Publish_Date" and (date := us_date(text)):
                self.date = date
            else:
                yield Note(
                    f"not understood, {name}: {text}", Origin(self.source, "", f"publshInformation/{name}", text)
                )

    def _draft(self, element: etree._Element, *, whole: bool) -> Draft:
        takers, known = self._takers, self._plain
        plain: dict[str, str] = {}
        lists: list[tuple[_Taker, etree._Element]] = []
        strangers: list[etree._Element] = []
        for child in element:
            tag = child.tag
            if taker := takers.get(tag):
                lists.append((taker, child))
            elif (name := known.get(tag)) and name not in plain and not len(child):
                plain[name] = (child.text or "").strip()
            else:
                strangers.append(child)
        draft = self._begun(plain)
        if whole:
            for taker, child in lists:
                taker(draft, child)
            if strangers:
                self._keep(draft, strangers, "sdnEntry")
        return draft

    def _begun(self, plain: dict[str, str]) -> Draft:
        """A draft with its kind and its name."""
        uid, word = plain.get("uid", ""), plain.get("sdnType", "")
        origin = Origin(self.source, uid, f"sdnEntry[uid='{uid}']" if uid else f"sdnEntry[{self._seen}]")
        kind = KINDS.get(word.lower()) if word else None
        draft = Draft(kind or TargetKind.UNKNOWN, origin)
        if kind is None:
            draft.add_note(f"no kind of party is known by the name {word!r}", origin)
        given, family = plain.get("firstName", ""), plain.get("lastName", "")
        if given or family:
            draft.name(given, family, NameKind.PRIMARY, Origin(self.source, uid, "lastName"))
        return draft

    def _items(self, draft: Draft, parent: etree._Element, path: str) -> list[_Member]:
        """The members of a list that stands at ``path``."""
        found: list[_Member] = []
        tag, strangers = self._members[path], []
        source, record, names = self.source, draft.origin.record, self._leaves
        for item in parent:
            if item.tag != tag:
                strangers.append(item)
                continue
            said = {names.get(leaf.tag, ""): (leaf.text or "").strip() for leaf in item if not len(leaf)}
            origin = Origin(source, record, f"{path}[uid='{said.pop('uid', '')}']")
            if "" in said or len(said) + 1 != len(item):
                said = self._unusual(draft, item, origin)
            found.append((said, origin))
        if strangers:
            self._keep(draft, strangers, path)
        return found

    def _unusual(self, draft: Draft, item: etree._Element, origin: Origin) -> dict[str, str]:
        """The texts of a member of which something stands twice, is deep, is missing, or is new."""
        said = {self._name(child): (child.text or "").strip() for child in item.iterchildren("*")}
        uid = said.pop("uid", None)
        if len(said) + (uid is not None) != len(item) or any(map(len, item)) or not len(item):
            draft.attributes.append(Attribute(self._name(item), printed(item), origin=origin))
            draft.add_note(f"an element of another shape than the publisher's: {printed(item)!r}", origin)
        return said

    def _keep(self, draft: Draft, strangers: Sequence[etree._Element], path: str) -> None:
        """Elements that this reader does not know."""
        for element in strangers:
            if isinstance(element.tag, str):
                name = self._name(element)
                origin = Origin(self.source, draft.record, f"{path}/{name}")
                draft.attributes.append(Attribute(name, printed(element), origin=origin))

    def _programmes(self, draft: Draft, parent: etree._Element) -> None:
        tag = self._ns + "program"
        for item in parent:
            if item.tag == tag and not len(item):
                if text := (item.text or "").strip():
                    draft.programmes.append(text)
            else:
                self._keep(draft, [item], "programList")

    def _aliases(self, draft: Draft, parent: etree._Element) -> None:
        for said, origin in self._items(draft, parent, "akaList/aka"):
            take = said.pop
            word, category = take("type", ""), take("category", "")
            given, family = take("firstName", ""), take("lastName", "")
            kind, note = ALIASES.get(word.replace(".", "").lower()) or (NameKind.ALIAS, word)
            if category not in {"weak", "strong"}:
                draft.add_note(f"an alias neither weak nor strong: {category!r}", origin)
            draft.name(given, family, kind, origin, weak=category == "weak", note=note)
            if said:
                _leftovers(draft, said, origin)

    def _addresses(self, draft: Draft, parent: etree._Element) -> None:
        for said, origin in self._items(draft, parent, "addressList/address"):
            take = said.pop
            lines = tuple([line for line in (take("address1", ""), take("address2", ""), take("address3", "")) if line])
            city, region = take("city", ""), take("stateOrProvince", "")
            postcode, country = take("postalCode", ""), take("country", "")
            note = _leftovers(draft, said, origin) if said else ""
            if lines or city or region or postcode or country:
                code = draft.country(country, origin)
                draft.addresses.append(Address(lines, city, region, postcode, code, country, note, origin))

    def _numbers(self, draft: Draft, parent: etree._Element) -> None:
        for said, origin in self._items(draft, parent, "idList/id"):
            take = said.pop
            label, value = take("idType", "") or "id", take("idNumber", "")
            issued, expires = take("issueDate", ""), take("expirationDate", "")
            country = take("idCountry", "")
            note = _leftovers(draft, said, origin) if said else ""
            stated = Said(label, value, origin, country, note=note)
            draft.add(_dated(draft, stated, issued, expires) if issued or expires else stated)

    def _births(self, draft: Draft, parent: etree._Element) -> None:
        members = self._items(draft, parent, "dateOfBirthList/dateOfBirthItem")
        _add_values(draft, members, "dateOfBirth", "DOB")

    def _birth_places(self, draft: Draft, parent: etree._Element) -> None:
        members = self._items(draft, parent, "placeOfBirthList/placeOfBirthItem")
        _add_values(draft, members, "placeOfBirth", "POB")

    def _nationalities(self, draft: Draft, parent: etree._Element) -> None:
        _add_values(draft, self._items(draft, parent, "nationalityList/nationality"), "country", "nationality")

    def _citizenships(self, draft: Draft, parent: etree._Element) -> None:
        _add_values(draft, self._items(draft, parent, "citizenshipList/citizenship"), "country", "citizen")

    def _vessel(self, draft: Draft, parent: etree._Element) -> None:
        for child in parent:
            name, text = self._name(child), (child.text or "").strip()
            if name not in _VESSEL or len(child):
                self._keep(draft, [child], "vesselInfo")
            elif text:
                draft.add(Said(_VESSEL[name], text, Origin(self.source, draft.record, f"vesselInfo/{name}")))

    def _title(self, draft: Draft, element: etree._Element) -> None:
        if text := printed(element):
            draft.positions.append(text)

    def _remarks(self, draft: Draft, element: etree._Element) -> None:
        rest, links = split_links(printed(element))
        if rest:
            draft.remarks.append(rest)
        for link in links:
            draft.links.append((link, Origin(self.source, draft.record, "remarks")))


def _leftovers(draft: Draft, said: dict[str, str], origin: Origin) -> str:
    """Keep what a member says beyond the known; returned is the note that a further value bears."""
    main = said.pop("mainEntry", "true")
    for name, text in said.items():
        if text:
            draft.attributes.append(Attribute(name, text, origin=origin))
    return "alt." if main == "false" else ""


def _add_values(draft: Draft, members: Sequence[_Member], name: str, label: str) -> None:
    """The members of a list that hold one value each."""
    for said, origin in members:
        text = said.pop(name, "")
        note = _leftovers(draft, said, origin) if said else ""
        if text:
            draft.add(Said(label, text, origin, note=note))


def _dated(draft: Draft, said: Said, issued: str, expires: str) -> Said:
    """The same with its dates; those that cannot be read stand in the note."""
    first, last = draft.date(issued, said.origin), draft.date(expires, said.origin)
    raw = [text for text, date in ((issued, first), (expires, last)) if text and not date]
    return said._replace(issued=first, expires=last, note=joined(said.note, *raw))
