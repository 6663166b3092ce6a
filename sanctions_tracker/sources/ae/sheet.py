"""The sheet of the UAE local terrorist list: three heading rows, one row a person."""

from __future__ import annotations

from sanctions_tracker.sources.rows import Heading

SOURCE_ID = "ae-local"

NUMBER, CLASSIFICATION, NATIONALITY = "#", "التصنيف", "الجنسية"
FAMILY_ARABIC, FAMILY_LATIN = "اسم العائلة (بالحروف العربية)", "اسم العائلة (بالحروف اللاتينية)"
NAME_ARABIC, NAME_LATIN = "الاسم الكامل (بالحروف العربية)", "الاسم الكامل (بالحروف اللاتينية)"
BIRTH_DATE, BIRTH_PLACE, ALIAS = "تاريخ الميلاد", "مكان الميلاد", "الاسم"
STREET, CITY, COUNTRY = "الشارع", "المدينة", "الدولة"
DOCUMENT_TYPE, DOCUMENT_NUMBER, ISSUER = "النوع", "رقم الوثيقة", "جهة الإصدار"
ISSUED, EXPIRES, INFORMATION = "تاريخ الإصدار", "تاريخ الانتهاء", "معلومات أخرى"

_REQUIRED = (CLASSIFICATION, NAME_ARABIC, NAME_LATIN, INFORMATION)
KNOWN = (
    NUMBER,
    *_REQUIRED,
    *(NATIONALITY, FAMILY_ARABIC, FAMILY_LATIN, BIRTH_DATE, BIRTH_PLACE, ALIAS, STREET, CITY, COUNTRY),
    *(DOCUMENT_TYPE, DOCUMENT_NUMBER, ISSUER, ISSUED, EXPIRES),
)
HEADING = Heading(
    markers=(CLASSIFICATION, NATIONALITY, NAME_ARABIC, NAME_LATIN), enough=3, required=_REQUIRED, known=KNOWN
)
#: What the publisher writes where it has nothing to say.
NOTHING = frozenset({"-", "–", "_"})
