"""Relations as FollowTheMoney links."""

from __future__ import annotations

from typing import NamedTuple

from sanctions_tracker.model import PartialDate, Relation
from sanctions_tracker.model.vocabulary import RelationKind
from sanctions_tracker.writers.entity import Entity, date_text
from sanctions_tracker.writers.party import LEGAL

_BODIES = LEGAL - {"Person", "LegalEntity"}
_ASSETS = frozenset({"Company", "Vessel", "Airplane"})
_PERSON = frozenset({"Person"})
_ANYTHING = LEGAL | _ASSETS
_PERCENT = 100


class _Form(NamedTuple):
    """A schema of links: the property of the bearer, that of the other, and what each may be."""

    schema: str
    near: str
    far: str
    near_schemata: frozenset[str]
    far_schemata: frozenset[str]
    label: str = "role"


_FORMS = {
    RelationKind.OWNS_OR_CONTROLS: _Form("Ownership", "owner", "asset", LEGAL, _ASSETS),
    RelationKind.OWNED_OR_CONTROLLED_BY: _Form("Ownership", "asset", "owner", _ASSETS, LEGAL),
    RelationKind.LEADS: _Form("Directorship", "director", "organization", LEGAL, _BODIES),
    RelationKind.FAMILY_OF: _Form("Family", "person", "relative", _PERSON, _PERSON, "relationship"),
    RelationKind.ASSOCIATE_OF: _Form("Associate", "person", "associate", _PERSON, _PERSON, "relationship"),
}
_UNKNOWN = _Form("UnknownLink", "subject", "object", _ANYTHING, _ANYTHING)


def link(relation: Relation, near: Entity, far: Entity | None, entity_id: str) -> Entity | None:
    """The link; where the other side is no target of the list, words in the bearer's notes and no link."""
    if far is None or far.id == near.id:
        near.add("notes", f"{relation.kind.value}: {_in_words(relation)}")
        return None
    form = _FORMS.get(relation.kind, _UNKNOWN)
    if near.schema not in form.near_schemata or far.schema not in form.far_schemata:
        form = _UNKNOWN
    made = Entity(entity_id, form.schema)
    made.add(form.near, near.id)
    made.add(form.far, far.id)
    if form is _UNKNOWN:
        made.add("role", relation.kind.value)
    made.add(form.label, relation.label)
    _add_the_rest(relation, made, form)
    return made


def _add_the_rest(relation: Relation, made: Entity, form: _Form) -> None:
    if relation.share is not None:
        percentage = f"{relation.share * _PERCENT:.6g}"
        made.add(*(("percentage", percentage) if form.schema == "Ownership" else ("summary", f"share: {percentage}%")))
    made.add("summary", "former" if relation.former else "", relation.note, relation.text)
    if relation.during is not None:
        _add_span(relation.during, made)


def _add_span(during: PartialDate, made: Entity) -> None:
    """The two ends where each is a plain date or open; a single date is no span, and stands in words."""
    first, slash, last = during.edtf.partition("/")
    ends = [end if end == ".." else date_text(PartialDate(end)) for end in (first, last) if end]
    if slash and all(ends):
        made.add("startDate", first.removeprefix(".."))
        made.add("endDate", last.removeprefix(".."))
    else:
        made.add("summary", f"during: {during}")


def _in_words(relation: Relation) -> str:
    share = f"{relation.share * _PERCENT:.6g}%" if relation.share is not None else ""
    during = f"during {relation.during}" if relation.during else ""
    said = (relation.text or relation.other, relation.label, share, "former" if relation.former else "", during)
    return "; ".join(part for part in (*said, relation.note) if part.strip())
