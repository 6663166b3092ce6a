"""A number or address that identifies a target."""

from __future__ import annotations

from typing import Any

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model.checks import known_country, not_blank
from sanctions_tracker.model.dates import PartialDate
from sanctions_tracker.model.provenance import Origin
from sanctions_tracker.model.vocabulary import IdentifierType, Validity


@attrs.frozen
class Identifier:
    """A number as printed, with its type, its issuer and what the publisher says of it.

    ``label`` keeps the publisher's own word for the type; ``country`` is the
    issuer's code, ``issuer`` the issuing authority as text.

    Raises:
        ModelError: a blank number, or an expiry certainly before the issue.
        UnknownCountryError: an issuer's code that does not exist.
    """

    type: IdentifierType
    number: str = attrs.field(validator=not_blank)
    label: str = ""
    country: str | None = attrs.field(default=None, validator=known_country)
    issuer: str = ""
    issued: PartialDate | None = None
    expires: PartialDate | None = attrs.field(default=None)
    validity: Validity = Validity.UNSTATED
    note: str = ""
    origin: Origin | None = None

    @expires.validator
    def _expires_after_issue(self, _attribute: attrs.Attribute[Any], expires: PartialDate | None) -> None:
        if expires is not None and self.issued is not None and expires < self.issued:
            message = f"{self.type} {self.number}: expires {expires}, before it was issued on {self.issued}"
            raise ModelError(message, value=expires)

    def __str__(self) -> str:
        issued_by = f" ({self.country})" if self.country else ""
        return f"{self.label or self.type.value} {self.number}{issued_by}"
