"""OFAC's CSV files, on parties invented for the purpose."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.errors import DamagedInputError, EmptyInputError, InputNotFoundError, UnknownFormatError
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.model.vocabulary import IdentifierType, MeasureKind, NameKind, NameStrength, TargetKind, TieRole
from sanctions_tracker.sources import read
from sanctions_tracker.sources.ofac import SANCTIONER, SOURCE, tables
from sanctions_tracker.sources.parts import Heading
from sanctions_tracker.sources.registry import Registry
from tests.sources.streams import grows_little, read_and_streamed

REGISTRY = Registry((SOURCE,))
NO = "-0- "
REMARKS = (
    "DOB 10 Dec 1948; alt. DOB 1950 to 1951; POB Shiraz, Iran; nationality Iran; alt. citizen Iraq; Gender Male; "
    "Additional Sanctions Information - Subject to Secondary Sanctions; "
    "Passport X12 (Iran) issued 18 Jan 1984 expires 17 Jul 2011; National ID No. 77 (old style); "
    "a.k.a. 'ABU ZAYN'; f.k.a. 'SAMPLE, Abu'; Digital Currency Address - XBT 1abc; alt. Website www.example.org; "
    "Passport issued in Moonville; Director of SAMPLE WORKS; arrested 3 May 1999; "
    "Listing Date (EO 14024 Directive 2): 24 Feb 2022; Linked To: SAMPLE WORKS S.A."
)
PRIMARY = [
    ["101", "NUMUNI, Zayn", "individual", "SDGT] [IFSR", "Director of SAMPLE WORKS", *[NO] * 6, REMARKS],
    ["102", "SAMPLE STAR", "vessel", "IRAN", NO, "XX1", "Tug", "1,200", "700", "Panama", "Nobody", "MMSI 123."],
    ["103", "SAMPLE WORKS S.A.", NO, "SDGT", *[NO] * 8],
]
ALT = [["101", "7", "aka", "NAMUNI, Zain", NO], ["103", "8", "fka", "OLD WORKS", "a remark"]]
ADD = [["101", "9", "1 Sample St.", "Tehran 123", "Iran", NO], ["103", "10", NO, NO, NO, NO]]


def row(cells: list[str]) -> str:
    return ",".join(cell if cell == NO or cell.isdecimal() else '"' + cell.replace('"', '""') + '"' for cell in cells)


def table(rows: list[list[str]]) -> bytes:
    return ("".join(row(cells) + "\r\n" for cells in rows) + "\x1a").encode()


def listed(rows: list[list[str]]) -> SanctionsList:
    return read(table(rows), registry=REGISTRY, on_rejected="collect")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.bin").write_bytes(table(PRIMARY))
    (tmp_path / "two.bin").write_bytes(table(ALT))
    (tmp_path / "three.bin").write_bytes(table(ADD))
    return tmp_path


def test_the_primary_file_alone() -> None:
    result = listed(PRIMARY)
    assert (result.id, result.format, result.date) == ("us-ofac-sdn-csv", "ofac-sdn-csv", None)
    assert [(target.id, target.kind) for target in result.targets] == [
        ("us:101", TargetKind.PERSON),
        ("us:102", TargetKind.VESSEL),
        ("us:103", TargetKind.ENTITY),
    ]
    assert [note.text for note in result.notes] == [
        "the file of aliases was not given",
        "the file of addresses was not given",
    ]


def test_without_a_date_of_its_own_the_list_has_no_events() -> None:
    first = listed(PRIMARY).measures[0]
    assert (first.kind, first.programmes, first.events) == (MeasureKind.ASSET_FREEZE, ("SDGT", "IFSR"), ())


def test_the_remarks_hold_names_births_and_ties() -> None:
    person = listed(PRIMARY).targets[0]
    assert [(name.text, name.kind, name.strength) for name in person.names] == [
        ("Zayn NUMUNI", NameKind.PRIMARY, NameStrength.STRONG),
        ("ABU ZAYN", NameKind.ALIAS, NameStrength.WEAK),
        ("Abu SAMPLE", NameKind.FORMER, NameStrength.WEAK),
    ]
    assert [(str(birth.date), birth.place, birth.note) for birth in person.births] == [
        ("1948-12-10", "", ""),
        ("1950/1951", "", "alt."),
        ("None", "Shiraz, Iran", ""),
    ]
    assert [(tie.role, tie.country, tie.note) for tie in person.countries] == [
        (TieRole.NATIONALITY, "IR", ""),
        (TieRole.CITIZENSHIP, "IQ", "alt."),
    ]
    assert (person.gender, person.positions) == ("male", ("Director of SAMPLE WORKS",))


def test_the_remarks_hold_identifiers_and_what_stays_as_it_is() -> None:
    person = listed(PRIMARY).targets[0]
    assert [(item.type, item.number, item.country, str(item.expires)) for item in person.identifiers] == [
        (IdentifierType.PASSPORT, "X12", "IR", "2011-07-17"),
        (IdentifierType.NATIONAL_ID, "77 (old style)", None, "None"),
        (IdentifierType.WALLET, "1abc", None, "None"),
        (IdentifierType.WEBSITE, "www.example.org", None, "None"),
    ]
    assert [(item.name, item.value, str(item.date)) for item in person.attributes] == [
        ("Additional Sanctions Information -", "Subject to Secondary Sanctions", "None"),
        ("Remarks", "Passport issued in Moonville", "None"),
        ("Remarks", "arrested 3 May 1999", "None"),
        ("Listing Date (EO 14024 Directive 2):", "24 Feb 2022", "2022-02-24"),
    ]


def test_the_last_full_stop_belongs_to_the_name_where_a_party_is_called_so() -> None:
    (link,) = listed(PRIMARY).targets[0].relations
    assert (link.other, link.text) == ("us:103", "SAMPLE WORKS S.A.")


def test_a_vessel() -> None:
    vessel = listed(PRIMARY).targets[1]
    assert [(item.type, item.number) for item in vessel.identifiers] == [
        (IdentifierType.CALL_SIGN, "XX1"),
        (IdentifierType.MMSI, "123"),
    ]
    assert [(tie.role, tie.country) for tie in vessel.countries] == [(TieRole.FLAG, "PA")]


def test_a_folder_is_read_together(folder: Path) -> None:
    result = read(folder, registry=REGISTRY)
    person, _, firm = result.targets
    assert [name.text for name in person.names][1:2] == ["Zain NAMUNI"]
    assert [(name.text, name.kind, name.note) for name in firm.names][1:] == [
        ("OLD WORKS", NameKind.FORMER, "a remark")
    ]
    assert [str(address) for address in person.addresses] == ["1 Sample St., Tehran 123, Iran"]
    assert firm.addresses == ()
    assert [source.id for source in result.sources] == [
        "us-ofac-sdn-csv",
        "us-ofac-sdn-csv/add",
        "us-ofac-sdn-csv/alt",
    ]
    assert all(source.sha256 for source in result.sources)
    assert result.notes == ()


def test_rows_of_companions_without_a_party_are_notes(folder: Path) -> None:
    (folder / "two.bin").write_bytes(table([*ALT, ["999", "1", "aka", "GHOST", NO], ["103", "x"]]))
    (folder / "other.txt").write_bytes(b"hello")
    texts = [note.text for note in read(folder, registry=REGISTRY).notes]
    assert len(texts) == 3
    assert any("GHOST" in text for text in texts)
    assert any("2 columns where 5 are expected" in text for text in texts)
    assert any("other.txt" in text for text in texts)


def test_remarks_that_are_cut_go_on_in_the_comments(folder: Path) -> None:
    long = "Website " + "x" * 985 + "; a.k.a"
    rows = [*PRIMARY[:2], [*PRIMARY[2][:-1], long]]
    assert len(long) == 1000
    (folder / "one.bin").write_bytes(table(rows))
    alone = read(folder, registry=REGISTRY)
    assert [note.text for note in alone.notes] == ["the remarks go on in the file of comments, which was not given"]
    assert alone.targets[2].attributes[-1].value == "a.k.a"
    (folder / "four.bin").write_bytes(table([["103", ". 'LATE'."]]))
    whole = read(folder, registry=REGISTRY)
    assert whole.notes == ()
    assert whole.targets[2].names[-1].text == "LATE"


def test_folders_that_hold_no_list(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError):
        read(tmp_path / "absent", registry=REGISTRY)
    (folder / "five.bin").write_bytes(table(PRIMARY))
    with pytest.raises(UnknownFormatError, match="two files"):
        read(folder, registry=REGISTRY)
    (folder / "five.bin").write_bytes(b"")
    with pytest.raises(EmptyInputError):
        read(folder, registry=REGISTRY)
    for name in ("one.bin", "five.bin"):
        (folder / name).unlink()
    with pytest.raises(UnknownFormatError, match="no primary file"):
        read(folder, registry=REGISTRY)


def test_the_consolidated_list_is_told_by_its_programmes() -> None:
    rows = [["201", "SAMPLE, Jane", "individual", "NS-PLC", *[NO] * 7, "DOB 1962; POB Nowhere."]]
    assert listed(rows).id == "us-ofac-consolidated-csv"


def test_copies_that_were_saved_again() -> None:
    wrapped = io.StringIO()
    csv.writer(wrapped, quoting=csv.QUOTE_ALL).writerows(
        [["ID,NAME,-0- " + ",x" * 9], *([row(cells)] for cells in PRIMARY)]
    )
    result = read(wrapped.getvalue().encode() + b'"\x1a"', registry=REGISTRY)
    assert len(result.targets) == 3
    assert any("a heading" in note.text for note in result.notes)


def test_bad_rows_are_rejected_and_told_by_their_place() -> None:
    rows = [*PRIMARY, ["104", "CUT", NO], ["101", "TWIN", *[NO] * 10], ["105", "--", *[NO] * 10], ["", *[NO] * 11]]
    result = listed(rows)
    assert result.records_seen == 7
    assert [(bad.origin.locator, bad.reason) for bad in result.rejected] == [
        ("row 4", "3 columns where 12 are expected"),
        ("row 5", "a second record with the id us:101: TWIN"),
        ("row 6", "the record has no name that can be compared"),
        ("row 7", "the record has no id"),
    ]


def test_a_further_column_and_an_unknown_type_are_kept() -> None:
    target = listed([["104", "WHAT", "robot", *[NO] * 9, "extra"]]).targets[0]
    assert target.kind is TargetKind.UNKNOWN
    assert [(item.name, item.value) for item in target.attributes] == [("column 13", "extra")]


def test_a_wrong_encoding_and_a_missing_end_are_notes() -> None:
    content = table([["104", "CAFÉ", NO, "CUBA", *[NO] * 8]]).decode().encode("latin-1").removesuffix(b"\x1a")
    result = read(content, registry=REGISTRY)
    assert result.targets[0].name == "CAFÉ"
    assert [note.text.partition(" (")[0] for note in result.notes[:2]] == [
        "the file is not in UTF-8",
        "the file does not end with its end mark",
    ]


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", table(ALT), table(ADD), b'{"a": 1}', b"1,2,3,4,5,6,7,8,9,10,11,12\n"]
)
def test_other_tables_are_not_recognised(content: bytes) -> None:
    with pytest.raises(UnknownFormatError):
        read(content, registry=REGISTRY)


def test_an_empty_download() -> None:
    with pytest.raises(EmptyInputError):
        read(b"", registry=REGISTRY)


@settings(max_examples=100)
@given(st.data())
def test_only_errors_of_the_tree_escape(data: st.DataObject) -> None:
    content = bytearray(table(PRIMARY))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.sampled_from([b"", b'"', b"\x00", b"\xff", b"; ", b",", b"\r\n", b"(", b"-0- ", b"9999"])
        )
    result = read_and_streamed(bytes(content), registry=REGISTRY)
    assert result is None or result.records_seen == len(result.targets) + len(result.rejected)


def test_a_folder_is_read_by_the_verb(folder: Path) -> None:
    assert (read(folder).format, read(folder).id) == ("ofac-sdn-csv", "us-ofac-sdn-csv")
    assert read(str(folder), source="ofac") == read(folder) == read(folder, registry=REGISTRY)
    with pytest.raises(UnknownFormatError, match="comes in several files"):
        read(folder, source="uk")


def test_streaming_says_the_same(folder: Path) -> None:
    rows = [*PRIMARY, ["104", "CUT", NO], ["101", "TWIN", *[NO] * 10], ["105", "--", *[NO] * 10], ["", *[NO] * 11]]
    result = read_and_streamed(table(rows), registry=REGISTRY)
    assert result is not None
    assert (len(result.targets), len(result.rejected)) == (3, 4)
    assert result.targets[0].relations[0].other == "us:103"
    latin = table([["104", "CAFÉ", NO, "CUBA", *[NO] * 8]]).decode().encode("latin-1")
    assert read_and_streamed(latin, registry=REGISTRY) is not None
    (folder / "two.bin").write_bytes(table([*ALT, ["999", "1", "aka", "GHOST", NO], ["103", "x"]]))
    assert read_and_streamed(folder, registry=REGISTRY) is not None


def test_the_order_of_the_files_makes_no_difference(folder: Path) -> None:
    """Files in order are gone through side by side, others are grouped."""
    strangers = [["1", "1", "aka", "FIRST", NO], ["102", "2", "aka", "SECOND", NO], ["999", "3", "aka", "LAST", NO]]
    aliases = [strangers[0], ALT[0], strangers[1], ALT[1], strangers[2]]
    (folder / "two.bin").write_bytes(table(aliases))
    merged = read(folder)
    assert [note.text.split(", ")[-1] for note in merged.notes] == ["FIRST", "LAST"]
    assert [name.text for name in merged.targets[1].names] == ["SAMPLE STAR", "SECOND"]
    (folder / "two.bin").write_bytes(table([aliases[4], *aliases[:4]]))
    grouped = read(folder)
    assert [note.text.split(", ")[-1] for note in grouped.notes] == ["LAST", "FIRST"]

    def said(one: SanctionsList) -> list[tuple[str, ...]]:
        return [tuple(name.text for name in target.names) for target in one.targets]

    assert said(grouped) == said(merged)
    (folder / "one.bin").write_bytes(table(PRIMARY[::-1]))
    assert said(read(folder)) == said(merged)[::-1]


def test_rows_of_a_rejected_record_are_notes(folder: Path) -> None:
    (folder / "one.bin").write_bytes(table([["101", "CUT", NO], *PRIMARY[1:]]))
    result = read(folder, on_rejected="collect")
    assert [rejected.origin.locator for rejected in result.rejected] == ["row 1"]
    assert sorted(note.text.split(", ")[-1] for note in result.notes) == ["Iran", "Zain"]


def test_a_file_that_changes_while_the_folder_is_read_is_damaged(folder: Path) -> None:
    parts = tables.read_folder(folder, SANCTIONER)
    assert isinstance(next(parts), Heading)
    (folder / "one.bin").write_bytes(table(PRIMARY[:2]))
    with pytest.raises(DamagedInputError, match="changed while it was read"):
        list(parts)


def many(count: int) -> bytes:
    return table([[str(n), f"NUMUNI, Zayn {n}", *PRIMARY[0][2:]] for n in range(1000, 1000 + count)])


def test_streaming_holds_little(tmp_path: Path) -> None:
    def written(count: int) -> Path:
        path = tmp_path / f"{count}.csv"
        path.write_bytes(many(count))
        return path

    assert grows_little(written, 250, REGISTRY)


def test_a_folder_is_gone_through_in_little_memory(tmp_path: Path) -> None:
    def written(count: int) -> Path:
        folder = tmp_path / str(count)
        if not folder.exists():
            folder.mkdir()
            (folder / "sdn.csv").write_bytes(many(count))
            rows = [[str(n), str(n), "aka", f"NAMUNI, Zain {n}", NO] for n in range(1000, 1000 + count)]
            (folder / "alt.csv").write_bytes(table(rows))
        return folder

    assert grows_little(written, 200, REGISTRY)


@pytest.mark.parametrize(("end", "kept"), [("of the U.S. ", "of the U.S."), ("; Gender Male;", None)])
def test_remarks_are_cut_wherever_they_end(end: str, kept: str | None) -> None:
    remarks = "Website " + "x" * (1000 - len("Website ; ") - len(end)) + "; " + end
    result = listed([[*PRIMARY[2][:-1], remarks[:1000]]])
    assert len(remarks) == 1000
    assert [note.text for note in result.notes[:1]] == [
        "the remarks go on in the file of comments, which was not given"
    ]
    assert [item.value for item in result.targets[0].attributes] == ([kept] if kept else [])


def test_a_space_at_the_cut_is_kept(folder: Path) -> None:
    rows = [*PRIMARY[:2], [*PRIMARY[2][:-1], "Website " + "x" * 988 + "; a.b"]]
    (folder / "one.bin").write_bytes(table(rows))
    (folder / "four.bin").write_bytes(table([["103", " cde."]]))
    assert read(folder).targets[2].attributes[-1].value == "a.b cde"
