"""A small sound file of every format that is read, to be damaged by the tests; all parties are invented."""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from pathlib import Path

from sanctions_tracker.codec import write_json_lines
from sanctions_tracker.sources import read
from tests.sources import (
    test_ae,
    test_au,
    test_ca,
    test_eu,
    test_ir,
    test_ofac_csv,
    test_ofac_enhanced,
    test_ofac_sdn,
    test_opensanctions,
    test_uk,
    test_uksl,
)

_FIXTURES = Path(__file__).parents[1] / "fixtures"
#: The folder of OFAC's CSV files has no format id of its own.
FOLDER = "ofac-csv-folder"


def _rows(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def _fixture(name: str) -> bytes:
    return (_FIXTURES / name).read_bytes()


def _own_lines() -> bytes:
    """The library's own format: the UN's fixture, written."""
    out = io.StringIO()
    write_json_lines(read(_fixture("un_consolidated.xml"), source="un"), out.write)
    return out.getvalue().encode()


def folder_files() -> dict[str, bytes]:
    """OFAC's CSV files by name."""
    return {
        "sdn.csv": test_ofac_csv.table(test_ofac_csv.PRIMARY),
        "alt.csv": test_ofac_csv.table(test_ofac_csv.ALT),
        "add.csv": test_ofac_csv.table(test_ofac_csv.ADD),
        "sdn_comments.csv": test_ofac_csv.table([["101", "and so it goes on; Gender Male."]]),
    }


@lru_cache(maxsize=1)
def seeds() -> dict[str, tuple[bytes, ...]]:
    """Format id -> files of that format, each of a few kilobytes (OFAC's advanced format has long tables of words)."""
    conlist = test_uk.conlist(test_uk.PERSON, test_uk.ENTITY)
    regulation8 = test_au.consolidated(test_au.PERSON, test_au.ENTITY, header=test_au.OLD_HEADER)
    australian = test_au.consolidated(test_au.PERSON, test_au.row("a", "Kamran"), test_au.ENTITY)
    emirati = test_ae.local_list(test_ae.PERSON, test_ae.OTHER)
    iranian = test_ir.table(test_ir.PERSON, test_ir.ENTITY)
    euro = test_eu.table(test_eu.OLD_NAME, {**test_eu.OLD_NAME, "Entity_logical_id": "90002", "EU_ref_num": "EU.90002"})
    sdn = (test_ofac_sdn.PERSON, test_ofac_sdn.VESSEL, test_ofac_sdn.FIRM)
    return {
        "sanctions-tracker-jsonl": (_own_lines(),),
        "ofac-advanced-xml": (_fixture("ofac_advanced.xml"),),
        "ofac-sdn-xml": (test_ofac_sdn.file_of(*sdn), test_ofac_sdn.file_of(*sdn, namespace=test_ofac_sdn.OLD)),
        "ofac-enhanced-xml": (test_ofac_enhanced.file_of(test_ofac_enhanced.PERSON, test_ofac_enhanced.FIRM),),
        "ofac-sdn-csv": (test_ofac_csv.table(test_ofac_csv.PRIMARY),),
        "uk-conlist-csv": (conlist,),
        "uk-conlist-xlsx": (test_uk.workbook(_rows(conlist)),),
        "uksl-xml": (test_uksl.XML,),
        "uksl-csv": (test_uksl.CSV,),
        "uksl-ods": (test_uksl.ods([list(map(test_uksl.typed, row)) for row in _rows(test_uksl.CSV)]),),
        "un-consolidated-xml": (_fixture("un_consolidated.xml"),),
        "eu-fsf-xml": (_fixture("eu_full.xml"),),
        "eu-fsf-csv": (euro, test_eu.resaved(euro)),
        "au-dfat": (australian, test_uk.workbook(_rows(australian))),
        "au-dfat-regulation8": (regulation8, test_uk.workbook(_rows(regulation8))),
        "ca-sema-xml": (test_ca.dataset(test_ca.PERSON, test_ca.ENTITY, test_ca.SHIP),),
        "ch-seco-xml": (_fixture("ch_seco.xml"),),
        "ae-local": (emirati, test_uk.workbook(_rows(emirati))),
        "ir-mfa-csv": (iranian, test_uk.workbook(_rows(iranian))),
        "ftm-nested": (test_opensanctions.lines(test_opensanctions.NESTED, test_opensanctions.VESSEL),),
        "ftm-entities": (test_opensanctions.lines(*test_opensanctions.FIXTURE),),
        "opensanctions-simple-csv": (
            test_opensanctions.table(test_opensanctions.ROW, {**test_opensanctions.ROW, "id": "NK-2"}),
        ),
        FOLDER: tuple(folder_files().values()),
    }
