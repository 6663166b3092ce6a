"""Small lists made to measure, for the tests that need one."""

from __future__ import annotations

from collections.abc import Iterable

from sanctions_tracker import model
from sanctions_tracker.model import PartialDate
from sanctions_tracker.model import vocabulary as words


def target(
    target_id: str,
    *names: str,
    kind: words.TargetKind = words.TargetKind.PERSON,
    country: str | None = None,
    weak: Iterable[str] = (),
) -> model.Target:
    """A target with strong names (the first is the primary one) and weak aliases."""
    strong = tuple(
        model.Name(text, kind=words.NameKind.PRIMARY if place == 0 else words.NameKind.ALIAS)
        for place, text in enumerate(names)
    )
    aliases = tuple(model.Name(text, words.NameKind.ALIAS, words.NameStrength.WEAK) for text in weak)
    ties = (model.CountryTie(words.TieRole.STATED, country),) if country else ()
    return model.Target(target_id, kind, strong + aliases, countries=ties)


def listed(target_id: str, day: str, *programmes: str, sanctioner: str = "body") -> model.Measure:
    """An asset freeze, listed on a day under some programmes."""
    return model.Measure(
        f"{target_id}/{day}",
        sanctioner,
        target_id,
        words.MeasureKind.ASSET_FREEZE,
        programmes=programmes,
        events=(model.MeasureEvent(words.EventKind.LISTED, PartialDate(day)),),
    )


def official_list(
    country: str,
    date: str | None,
    entries: Iterable[tuple[model.Target, model.Measure]],
    *,
    list_id: str = "official",
) -> model.SanctionsList:
    """The list of a country's one body, a measure a target."""
    entries = tuple(entries)
    return model.SanctionsList(
        list_id,
        date=PartialDate(date) if date else None,
        sanctioners=(model.Sanctioner("body", "A body", country=country),),
        targets=tuple(dict.fromkeys(one for one, _ in entries)),
        measures=tuple(measure for _, measure in entries),
    )


def announced(
    action_id: str,
    day: str,
    sanctioner: str = "left",
    against: str = "IR",
    *,
    counts: Iterable[tuple[words.PartyClass | None, int]] = (),
    named: Iterable[str] = (),
    complete: bool = False,
    responses: Iterable[model.Response] = (),
    at_least: bool = False,
    selectors: Iterable[model.Selector] = (),
    kind: words.ActionKind = words.ActionKind.DESIGNATION,
) -> model.Action:
    """An announcement."""
    return model.Action(
        action_id,
        sanctioner,
        kind,
        PartialDate(day),
        against=(against,),
        counts=tuple(model.Count(number, of, at_least=at_least) for of, number in counts),
        named=tuple(named),
        complete=complete,
        responses=tuple(responses),
        selectors=tuple(selectors),
    )


def announcements(
    *actions: model.Action, targets: Iterable[model.Target] = (), date: str = "2025-01-01"
) -> model.SanctionsList:
    """A data set of the bodies ``left`` (US) and ``right`` (IR)."""
    return model.SanctionsList(
        "announced",
        date=PartialDate(date),
        sanctioners=(model.Sanctioner("left", "Left", country="US"), model.Sanctioner("right", "Right", country="IR")),
        targets=tuple(targets),
        actions=actions,
    )
