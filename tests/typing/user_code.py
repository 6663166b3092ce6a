"""Code as a user would write it. It must type-check under ``mypy --strict``; it is run as well, where it can be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import sanctions_tracker as st
from sanctions_tracker.errors import InputNotFoundError, ReadError, RejectedRecordsError


def read_what_can_be_read(path: Path) -> st.SanctionsList | None:
    try:
        return st.read(path)
    except RejectedRecordsError as error:
        print(len(error.rejected), error.file)  # noqa: T201  (a user's script)
        return st.read(path, source="ofac", on_rejected="collect")
    except InputNotFoundError:
        return None
    except ReadError as error:
        where = f"{error.file} {error.locator}"
        raise SystemExit(where) from error


def who_is_listed(lists: list[st.SanctionsList], names: list[str], on: dt.date) -> dict[str, list[str]]:
    screener = st.Screener(lists, st.Policy(threshold=0.9))
    found: dict[str, list[str]] = {}
    for screening in screener.screen_many(names, as_of=on):
        found[screening.query.name] = [described(hit) for hit in screening]
    return found


def described(hit: st.Hit) -> str:
    target: st.Target = hit.target
    measure: st.Measure | None = next(iter(hit.measures), None)
    since: st.PartialDate | None = measure.since if measure is not None else None
    return f"{target.name} ({hit.score:.2f}) since {since}"


def best_hit(screener: st.Screener, query: str) -> st.Hit | None:
    screening: st.Screening = screener.screen(query, limit=1)
    return screening[0] if screening else None


def alike(left: str, right: str) -> bool:
    comparison: st.Comparison = st.compare(left, right, kind="person")
    weights: list[float] = [one.weight for one in comparison.evidence]
    return comparison.score >= 0.85 and sum(weights) > 0


def lags(data: st.SanctionsList, left: str, right: str) -> list[tuple[str, str, int]]:
    result: st.Reconciliation = st.reconcile(data, left, right, window_days=30)
    return [(edge.trigger.id, edge.response.id, edge.lag[0]) for episode in result.episodes for edge in episode.edges]


def verdicts(actions: list[st.Action], official: st.SanctionsList) -> dict[str, str]:
    results: tuple[st.Verification, ...] = st.verify(actions, official)
    return {one.action.id: one.verdict.value for one in results}


def a_target() -> st.Target:
    from sanctions_tracker.model.vocabulary import IdentifierType, RelationKind, TargetKind  # noqa: PLC0415

    return st.Target(
        id="t1",
        kind=TargetKind.PERSON,
        names=(st.Name("Ali Reza"), st.Name("علی رضا", language="fa")),
        identifiers=(st.Identifier(IdentifierType.PASSPORT, "A1", country="IR"),),
        relations=(st.Relation(RelationKind.LEADS, text="An organisation"),),
    )
