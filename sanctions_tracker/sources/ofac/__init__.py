"""United States: the Office of Foreign Assets Control."""

from sanctions_tracker.model import Sanctioner
from sanctions_tracker.model.vocabulary import SanctionerKind
from sanctions_tracker.sources.ofac import advanced
from sanctions_tracker.sources.registry import ListFormat, ListSource

SANCTIONER = Sanctioner(
    "us-ofac",
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
        ),
    ),
)
