"""The bundled data set: what is in it, that it hangs together, and what it says of known cases."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from sanctions_tracker.codec import from_json_lines, json_lines
from sanctions_tracker.model import Count, Measure, Origin, PartialDate, SanctionsList, Selector
from sanctions_tracker.model.vocabulary import (
    ActionKind,
    Confidence,
    Evidence,
    MeasureKind,
    MeasureStatus,
    NameKind,
    NameStrength,
    PartyClass,
    RelationKind,
    TargetKind,
)
from sanctions_tracker.sources.reading import bundled

IMPOSING = {ActionKind.DESIGNATION, ActionKind.REIMPOSITION, ActionKind.CALL}


@pytest.fixture(scope="module")
def held() -> SanctionsList:
    return bundled()


def status(held: SanctionsList, measure_id: str, day: str) -> MeasureStatus:
    measure = next(measure for measure in held.measures if measure.id == measure_id)
    return measure.status(dt.date.fromisoformat(day))


def measures_of(held: SanctionsList, action: str, target: str = "") -> list[Measure]:
    return [m for m in held.measures if m.id.startswith(f"{action}/") and target in ("", m.target)]


def origins_in(value: Any) -> Iterator[Origin]:
    if isinstance(value, Origin):
        yield value
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from origins_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from origins_in(item)


# -- how much there is


def test_totals(held: SanctionsList) -> None:
    assert len(held.actions) == 62
    assert len(held.targets) == held.records_seen == 214
    assert len(held.sanctioners) == 16
    assert len(held.triggers) == 5
    assert len(held.conflicts) == 11
    assert len(held.notes) == 9
    assert len(held.measures) == 490
    assert held.rejected == ()
    assert (held.id, held.date) == ("bundled", PartialDate("2026-11-23"))


def test_the_sources_are_116_three_official_lists_and_the_data_set_itself(held: SanctionsList) -> None:
    kinds = Counter(source.kind for source in held.sources)
    assert kinds.pop("dataset") == 1
    assert kinds.pop("official_list") == 3
    assert kinds.total() == 116


def test_the_aliases_are_86_and_two_that_notes_give(held: SanctionsList) -> None:
    names = [name for target in held.targets for name in target.names if name.kind is not NameKind.PRIMARY]
    assert Counter(name.kind for name in names) == {NameKind.ALIAS: 87, NameKind.FORMER: 1}
    assert sorted(name.text for name in names if name.origin and name.origin.source == "bundled") == [
        "Hosein Mohammad Harooni",
        "گشت ارشاد",
    ]
    assert sum(len(sanctioner.aliases) for sanctioner in held.sanctioners) == 1


def test_seventeen_actions_answer_and_their_answers_are_23(held: SanctionsList) -> None:
    answering = [action for action in held.actions if action.responses]
    answers = [response for action in answering for response in action.responses]
    assert (len(answering), len(answers)) == (17, 23)
    assert Counter(answer.evidence for answer in answers) == {
        Evidence.STATED: 15,
        Evidence.INFERRED: 6,
        Evidence.CONTESTED: 2,
    }


def test_the_kinds_of_action(held: SanctionsList) -> None:
    assert Counter(action.kind.value for action in held.actions) == {
        "designation": 52,
        "delisting": 3,
        "reimposition": 2,
        "blocking_statute": 2,
        "call": 1,
        "regulation": 1,
        "suspension": 1,
    }


# -- that it hangs together


def test_it_survives_its_own_json_lines(held: SanctionsList) -> None:
    assert from_json_lines(json_lines(held)) == held


def test_every_origin_names_a_source_that_is_there(held: SanctionsList) -> None:
    parts = (held.targets, held.measures, held.actions, held.triggers, held.conflicts, held.notes, held.sanctioners)
    named = {origin.source for part in parts for origin in origins_in(part)}
    assert named <= held.sources_by_id.keys()


def test_every_record_says_where_it_comes_from(held: SanctionsList) -> None:
    assert all(action.origins for action in held.actions)
    assert all(measure.origins for measure in held.measures)
    assert all(trigger.origins for trigger in held.triggers)
    assert all(name.origin for target in held.targets for name in target.names)
    assert all(value.origins for conflict in held.conflicts for value in conflict.values)


def test_every_action_spoken_of_is_there(held: SanctionsList) -> None:
    actions = held.actions_by_id.keys()
    assert {answer.to for action in held.actions for answer in action.responses} - {""} <= actions
    assert {affected for action in held.actions for affected in action.affects} <= actions
    assert {action for measure in held.measures for action in measure.actions} <= actions
    assert {event.action for measure in held.measures for event in measure.events if event.action} <= actions


def test_every_record_spoken_of_is_there(held: SanctionsList) -> None:
    records = {*held.actions_by_id, *held.targets_by_id}
    sanctioners = held.sanctioners_by_id.keys()
    assert {conflict.about for conflict in held.conflicts} <= records
    assert {action.sanctioner for action in held.actions} <= sanctioners
    assert {measure.sanctioner for measure in held.measures} <= sanctioners
    assert {sanctioner.parent for sanctioner in held.sanctioners if sanctioner.parent} <= sanctioners
    assert {agency for sanctioner in held.sanctioners for agency in sanctioner.agencies} <= sanctioners
    others = {relation.other for target in held.targets for relation in target.relations if relation.other}
    assert others <= held.targets_by_id.keys()


def test_every_named_target_bears_the_measures_of_the_action(held: SanctionsList) -> None:
    for action in held.actions:
        if action.kind in IMPOSING:
            made = {(measure.target, measure.kind) for measure in measures_of(held, action.id)}
            assert {target for target, _ in made} == (set(action.named) if action.measures else set())
            assert {kind for _, kind in made} == (set(action.measures) if action.named else set())


def test_every_target_is_named_by_an_action(held: SanctionsList) -> None:
    assert {target for action in held.actions for target in action.named} == held.targets_by_id.keys()


def test_a_measure_is_its_actions_sanctioner_and_day(held: SanctionsList) -> None:
    for measure in held.measures:
        action = held.action(measure.actions[0])
        assert measure.sanctioner == action.sanctioner
        assert action.date in {event.date for event in measure.events}


def test_counts_by_country_never_exceed_the_whole(held: SanctionsList) -> None:
    for action in held.actions:
        for of in {count.of for count in action.counts if count.against}:
            whole = action.counted(of)
            parts = [count.value for count in action.counts if count.of is of and count.against]
            assert whole is not None
            assert sum(parts) == whole.value
            assert {count.against for count in action.counts if count.against} <= set(action.against)


# -- known cases


def test_lockheed_in_arabic_and_who_lists_it(held: SanctionsList) -> None:
    lockheed = held.target("us-lockheed")
    arabic = next(name for name in lockheed.names if name.script == "Arab")
    assert (arabic.text, arabic.language, arabic.strength) == ("لوكهيد مارتن", "ar", NameStrength.STRONG)
    assert arabic.origin == Origin("realist-arabi-2024-05", record="us-lockheed")
    assert {measure.sanctioner for measure in held.measures_on("us-lockheed")} == {"ir-mfa"}


def test_irans_answer_to_the_us_of_may_2024(held: SanctionsList) -> None:
    action = held.action("ir-20240502-us")
    assert [(count.of, count.value) for count in action.counts] == [(PartyClass.PERSON, 7), (PartyClass.ENTITY, 5)]
    assert (len(action.named), action.complete) == (9, False)
    assert [answer.to for answer in action.responses] == ["us-20240418", "us-20240423", "us-20240425"]
    assert {answer.evidence for answer in action.responses} == {Evidence.INFERRED}
    assert {measure.grounds for measure in measures_of(held, action.id)} == {"support for Israel in Gaza"}


def test_a_call_binds_nobody(held: SanctionsList) -> None:
    call = held.action("il-20240416-call")
    called_for = {(m.target, m.kind): m.status(dt.date(2026, 11, 23)) for m in measures_of(held, call.id)}
    assert call.addressees == 32
    assert called_for == {
        ("ir-missile-programme", MeasureKind.SECTORAL): MeasureStatus.CALLED_FOR,
        ("ir-irgc", MeasureKind.TERROR_DESIGNATION): MeasureStatus.CALLED_FOR,
    }
    assert not any(held_status.binds for held_status in called_for.values())


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-04-03", MeasureStatus.NOT_YET),
        ("2025-04-04", MeasureStatus.IN_FORCE),
        ("2025-05-13", MeasureStatus.IN_FORCE),
        ("2025-05-14", MeasureStatus.SUSPENDED),
        ("2025-06-01", MeasureStatus.SUSPENDED),
        ("2025-08-12", MeasureStatus.SUSPENDED),
        ("2025-08-13", MeasureStatus.IN_FORCE),
    ],
)
def test_skydio_is_suspended_for_ninety_days(held: SanctionsList, day: str, expected: MeasureStatus) -> None:
    assert status(held, "cn-20250404-uel/us-skydio/trade_ban", day) is expected
    assert status(held, "cn-20250404-uel/us-skydio/investment_ban", day) is expected


@pytest.mark.parametrize("target", ["de-gahler", "fr-glucksmann", "bg-kyuchyuk", "sk-lexmann", "eu-droi"])
def test_the_members_of_parliament_are_delisted(held: SanctionsList, target: str) -> None:
    measure = f"cn-20210322/{target}/travel_ban"
    assert status(held, measure, "2025-04-29") is MeasureStatus.IN_FORCE
    assert status(held, measure, "2025-05-01") is MeasureStatus.DELISTED


def test_a_contested_delisting_leaves_the_status_unknown_and_stays_a_conflict(held: SanctionsList) -> None:
    for measure in held.measures_on("de-butikofer"):
        assert measure.status(dt.date(2025, 4, 29)) is MeasureStatus.IN_FORCE
        assert measure.status(dt.date(2026, 1, 1)) is MeasureStatus.UNKNOWN
        assert measure.events[-1].note == "Bütikofer: status unknown"
    conflict = next(conflict for conflict in held.conflicts if conflict.about == "cn-20250430-lift")
    assert [value.value for value in conflict.values] == [
        "five MEPs incl. Bütikofer",
        "four serving MEPs; Bütikofer probably not",
    ]


def test_a_partial_delisting_touches_nobody_else(held: SanctionsList) -> None:
    assert status(held, "cn-20210322/be-cogolati/travel_ban", "2026-11-23") is MeasureStatus.IN_FORCE
    assert status(held, "cn-20210326/gb-tugendhat/travel_ban", "2026-11-23") is MeasureStatus.IN_FORCE


def test_announced_before_it_took_effect(held: SanctionsList) -> None:
    measure = "us-20190408/ir-irgc/asset_freeze"
    assert status(held, measure, "2019-04-07") is MeasureStatus.NOT_YET
    assert status(held, measure, "2019-04-08") is MeasureStatus.ANNOUNCED
    assert status(held, measure, "2019-04-14") is MeasureStatus.ANNOUNCED
    assert status(held, measure, "2019-04-15") is MeasureStatus.IN_FORCE


def test_delisted_without_a_known_designation(held: SanctionsList) -> None:
    (measure,) = held.measures_on("ir-dezfulian")
    assert measure.kind is MeasureKind.UNSPECIFIED
    assert measure.status(dt.date(2020, 8, 31)) is MeasureStatus.NOT_YET
    assert measure.status(dt.date(2020, 9, 15)) is MeasureStatus.UNKNOWN
    assert measure.status(dt.date(2021, 7, 1)) is MeasureStatus.IN_FORCE
    assert measure.status(dt.date(2021, 7, 2)) is MeasureStatus.DELISTED


def test_the_snapback_has_its_moment(held: SanctionsList) -> None:
    snapback = held.action("un-20250927-snapback")
    assert snapback.moment is not None
    assert snapback.moment.astimezone(dt.UTC) == dt.datetime(2025, 9, 28, tzinfo=dt.UTC)
    assert (snapback.date, snapback.effective) == (PartialDate("2025-09-27"), PartialDate("2025-09-28"))
    assert held.country_of(snapback.sanctioner) == "UN"


def test_lower_bounds(held: SanctionsList) -> None:
    count = held.action("us-20221026").counted(PartyClass.PERSON)
    assert count == Count(13, of=PartyClass.PERSON, at_least=True, note="'more than a dozen officials'")
    annex = held.action("eu-20221212").counts
    assert [(count.value, count.of, count.at_least) for count in annex] == [
        (20, PartyClass.PERSON, True),
        (1, PartyClass.ENTITY, True),
    ]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("ir-20221212", {"GB": 17, "EU": 15}),
        ("ir-20230125", {"GB": 9, "EU": 25}),
        ("ir-20230221", {"GB": 8, "EU": 28}),
    ],
)
def test_counts_by_country(held: SanctionsList, action: str, expected: dict[str, int]) -> None:
    found: Counter[str] = Counter()
    for count in held.action(action).counts:
        if count.against:
            found[count.against] += count.value
    assert found == expected


def test_the_legal_basis_of_the_british_actions_selects_their_entries(held: SanctionsList) -> None:
    selecting = {action.id: action.selectors for action in held.actions if action.selectors}
    note = "legal basis: The Iran (Sanctions) Regulations 2023"
    selector = Selector(("Iran",), Evidence.STATED, note)
    assert selecting == {"gb-20231214": (selector,), "gb-20240418": (selector,)}


def test_a_contested_trigger_keeps_the_words(held: SanctionsList) -> None:
    (answer,) = held.action("ir-20170326").responses
    assert (answer.evidence, answer.to) == (Evidence.CONTESTED, "us-20170324")
    assert answer.note.startswith("stated, but contested: AP reads it")


def test_an_answer_to_a_law_outside_the_data(held: SanctionsList) -> None:
    (answer,) = held.action("eu-20180807-blocking").responses
    assert (answer.evidence, answer.to) == (Evidence.STATED, "")
    assert "US extraterritorial Iran sanctions" in answer.note


def test_each_order_binds_those_it_names(held: SanctionsList) -> None:
    bases = {measure.target: measure.legal_bases for measure in measures_of(held, "us-20190624")}
    assert bases.pop("ir-khamenei") == ("EO 13876",)
    assert set(bases.values()) == {("EO 13224",)}


def test_a_second_designation_is_a_second_measure(held: SanctionsList) -> None:
    freezes = [m for m in held.measures_on("us-pompeo") if m.kind is MeasureKind.ASSET_FREEZE]
    assert [str(measure.since) for measure in freezes] == ["2021-01-19", "2022-07-16"]


def test_partial_and_former(held: SanctionsList) -> None:
    assert held.action("cn-2026-lift-gb").date == PartialDate("2026")
    assert held.action("cn-2026-lift-gb").confidence is Confidence.LOW
    former = next(name for name in held.target("ir-masn").names if name.kind is NameKind.FORMER)
    assert former.text == "Mahak Rayan Afzar"


def test_what_notes_say_of_targets(held: SanctionsList) -> None:
    (parent,) = held.target("gb-rafael").relations
    assert (parent.kind, parent.text) == (RelationKind.SUBSIDIARY_OF, "Rafael Advanced Defense Systems")
    assert held.target("gb-akrotiri").attributed_to == {"GB"}
    assert [address.country for address in held.target("gb-akrotiri").addresses] == ["CY"]
    assert held.target("dk-paludan").attributed_to == {"DK"}
    assert {tie.country for tie in held.target("dk-paludan").countries} == {"DK", "SE"}


def test_unit_and_parent(held: SanctionsList) -> None:
    (relation,) = held.target("ir-irgcn").relations
    assert (relation.kind, relation.other) == (RelationKind.PART_OF, "ir-irgc")
    assert held.target("ir-missile-programme").kind is TargetKind.PROGRAMME


def test_birth_and_passports(held: SanctionsList) -> None:
    qaani = held.target("ir-qaani")
    assert [birth.date for birth in qaani.births] == [PartialDate("1957-08-08")]
    assert {number.number for number in qaani.identifiers} == {"D9003033", "D9008347"}


def test_what_is_not_verified_is_told(held: SanctionsList) -> None:
    assert all(note.origin == Origin("bundled", locator="unverified") for note in held.notes)
    assert any("HMS Diamond" in note.text for note in held.notes)
