"""The remarks column of the CSV files.

``DOB 10 Dec 1948; alt. DOB 1950; Passport A123 (Iran); Linked To: ACME.``
Each item between semicolons opens with a label of the tables that the other
formats share (see :mod:`.drafts`). What opens with none of them stays as an
Attribute ``Remarks``. Aliases stand here in quotation marks where they are weak.
Source: OFAC, "SDN.CSV data specification" and FAQ 122 and 123 on weak aliases.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache

from sanctions_tracker.model import Attribute, Origin
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import NameKind
from sanctions_tracker.sources.ofac.drafts import ALIASES, WALLET, Draft, Said, kind_of, labels
from sanctions_tracker.sources.ofac.reference import NO_COUNTRY
from sanctions_tracker.sources.tables import rows

#: The publisher cuts the column here and continues in the file of comments.
LONGEST = 1000
LABEL = "Remarks"

_BETWEEN = re.compile(r";\s*")
_ALIAS = re.compile(r"(?P<kind>[afn]\.k\.a\.) ['\"](?P<name>.+)['\"]")
_DAY = r"(?:circa )?(?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4}"
_DATE = rf"{_DAY}(?: to {_DAY})?"
#: What follows a document's label where a sentence about it stands and no number.
_NO_NUMBER = re.compile(r"(?:and|are|in|is|issued|number|of|was|were|with)\b")
_DOCUMENT = re.compile(
    r"(?P<number>.*?)(?: \((?P<country>[^()]+(?:\([^()]*\))?)\))?"
    rf"(?: issued (?P<issued>{_DATE}))?(?: expires (?P<expires>{_DATE}))?"
)


@lru_cache(maxsize=1)
def _openings() -> dict[str, tuple[str, ...]]:
    """First word -> the labels that begin with it, the longest first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for label in labels():
        found[label.split(" ", 1)[0]].append(label)
    return {word: tuple(sorted(known, key=len, reverse=True)) for word, known in found.items()}


@lru_cache(maxsize=1)
def _documents() -> frozenset[str]:
    """The labels of documents: they alone may bear a country and dates."""
    return frozenset(row["label"] for row in rows("ofac_documents"))


def read_remarks(draft: Draft, remarks: str, title: str, origin: Origin, *, cut: bool = False) -> None:
    """Sort the items of a remarks column into the draft.

    ``title`` is what the column before says: the remarks repeat it. ``cut`` says
    that the text goes on in a file that is not given: its last item is half an item.
    """
    if not remarks:
        return
    text = remarks.strip()
    items = _BETWEEN.split(text if cut else text.removesuffix("."))
    repeated = Counter(_BETWEEN.split(title)) if title else Counter[str]()
    last = items.pop() if cut else ""
    for item in items:
        if repeated[item] > 0:
            repeated[item] -= 1
        elif item:
            _read_item(draft, item, origin)
    if last:
        draft.attributes.append(Attribute(LABEL, last, note="cut by the publisher", origin=origin))
    if cut:
        draft.add_note("the remarks go on in the file of comments, which was not given", origin)


def _read_item(draft: Draft, item: str, origin: Origin) -> None:
    plain = item.removeprefix("alt. ")
    note = "alt." if plain != item else ""
    if match := _ALIAS.fullmatch(plain):
        _alias(draft, match, origin)
    elif (label := _label(plain)) and not _is_sentence(label, plain[len(label) :].strip()):
        _labelled(draft, label, plain[len(label) :].strip(), note, origin)
    else:
        draft.attributes.append(Attribute(LABEL, item, origin=origin))


def _alias(draft: Draft, match: re.Match[str], origin: Origin) -> None:
    kind, note = ALIASES.get(match["kind"].replace(".", "")) or (NameKind.ALIAS, "")
    draft.name("", match["name"], kind, origin, weak=True, note=note)


def _label(item: str) -> str:
    """The label with which an item opens, empty where there is none."""
    if item.startswith(WALLET):
        currency = item[len(WALLET) :].partition(" ")[0]
        return WALLET + currency
    for label in _openings().get(item.split(" ", 1)[0], ()):
        if item.startswith(label) and (len(item) == len(label) or item[len(label)] == " "):
            return label
    return ""


def _is_sentence(label: str, value: str) -> bool:
    return label in _documents() and _NO_NUMBER.match(value) is not None


def _labelled(draft: Draft, label: str, value: str, note: str, origin: Origin) -> None:
    if not value:
        draft.attributes.append(Attribute(label, "", note=note, origin=origin))
        return
    if label not in _documents():
        kind, _ = kind_of(label)
        draft.add(Said(label, value, origin, note="" if kind in {"gender", "position"} else note))
        return
    match = _DOCUMENT.fullmatch(value)
    country = match["country"] or "" if match else ""
    if match is None or not match["number"] or (country and not _is_country(country)):
        draft.add(Said(label, value, origin, note=note))
        return
    issued, expires = draft.date(match["issued"] or "", origin), draft.date(match["expires"] or "", origin)
    draft.add(Said(label, match["number"], origin, country, issued=issued, expires=expires, note=note))


@lru_cache(maxsize=4096)
def _is_country(text: str) -> bool:
    """Whether a bracket at the end of a number names its issuer; others belong to the number."""
    return text.lower() in NO_COUNTRY or country_code(text) is not None
