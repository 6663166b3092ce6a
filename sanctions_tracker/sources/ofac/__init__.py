"""United States: the Office of Foreign Assets Control."""

from sanctions_tracker.model import Sanctioner
from sanctions_tracker.model.vocabulary import SanctionerKind
from sanctions_tracker.sources.ofac import advanced, enhanced, sdn, tables
from sanctions_tracker.sources.ofac.reference import SANCTIONER_ID
from sanctions_tracker.sources.registry import ListFormat, ListSource

SANCTIONER = Sanctioner(
    SANCTIONER_ID,
    "Office of Foreign Assets Control",
    kind=SanctionerKind.AGENCY,
    country="US",
    official_list="https://sanctionslist.ofac.treas.gov",
)

SOURCE = ListSource(
    id="ofac",
    title="OFAC Specially Designated Nationals and consolidated lists",
    sanctioner=SANCTIONER,
    formats=(
        ListFormat(
            id="ofac-advanced-xml",
            title="OFAC SDN_ADVANCED.XML",
            recognise=advanced.recognise,
            parse=lambda document: advanced.parse(document, SANCTIONER),
            sparing=lambda document: advanced.sparing(document, SANCTIONER),
        ),
        ListFormat(
            id=sdn.FORMAT_ID,
            title="OFAC SDN.XML and CONSOLIDATED.XML",
            recognise=sdn.recognise,
            parse=lambda document: sdn.parse(document, SANCTIONER),
            sparing=lambda document: sdn.sparing(document, SANCTIONER),
        ),
        ListFormat(
            id=enhanced.FORMAT_ID,
            title="OFAC ENHANCED XML",
            recognise=enhanced.recognise,
            parse=lambda document: enhanced.parse(document, SANCTIONER),
            sparing=lambda document: enhanced.sparing(document, SANCTIONER),
        ),
        ListFormat(
            id=tables.FORMAT_ID,
            title="OFAC SDN.CSV and CONS_PRIM.CSV",
            recognise=tables.recognise,
            parse=lambda document: tables.parse(document, SANCTIONER),
            sparing=lambda document: tables.sparing(document, SANCTIONER),
        ),
    ),
    folder=lambda path: tables.read_folder(path, SANCTIONER),
)
