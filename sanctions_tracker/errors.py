"""Every error that this library raises on purpose.

* SanctionsTrackerError
  + ModelError                a value breaks a rule of the model
    - InvalidNameError        a name holds no letter and no digit
    - InvalidDateError        a date cannot be read, or does not exist
    - UnknownCountryError     a country code or name that no table knows
    - UnknownRecordError      an id that the list does not hold
    - QueryError              a question that cannot be understood as it was put
    - DecisionError           a recorded decision that cannot be made or obeyed
  + ReadError                 a file cannot be read as a sanctions list
    - InputNotFoundError      there is no such file
    - EmptyInputError         the file holds nothing
    - UnknownFormatError      the content is of no known publisher
    - DamagedInputError       the content is cut short, malformed or wrongly encoded
    - UnsafeInputError        the content declares entities, or unpacks beyond the limit
    - RejectedRecordsError    some records could not be read (``on_rejected="raise"``)
  + CodecError                JSON that does not describe the model
  + NothingToSearchError      a search over no list, or over an empty one: no answer is no clearance
    - StaleListError          a list older than the policy allows on the day given
  + ReconciliationError       a question between countries that has no answer as it was put
  + WriteError                a list cannot be written as asked
  + MissingExtraError         an optional package is not installed

Each carries what it is about as attributes, and its message says what to do.
Every class is also a built-in one where that helps existing code
(``InputNotFoundError`` is a ``FileNotFoundError``, ``ModelError`` a ``ValueError``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How much of a text a message repeats, in characters.
_SHOWN = 60


class SanctionsTrackerError(Exception):
    """The root of the tree: catch it to catch everything raised on purpose."""

    def __reduce__(self) -> tuple[object, ...]:  # the constructors take more than the message
        return _rebuilt, (type(self), self.args), vars(self)


def _rebuilt(kind: type[SanctionsTrackerError], args: tuple[object, ...]) -> SanctionsTrackerError:
    """An error that was copied or came from another process."""
    error = kind.__new__(kind)
    error.args = args
    return error


class ModelError(SanctionsTrackerError, ValueError):
    """A value breaks a rule of the model; ``value`` is what was given."""

    def __init__(self, message: str, *, value: object = None) -> None:
        super().__init__(message)
        self.value = value


class InvalidNameError(ModelError):
    """A name holds no letter and no digit, so that nothing can be compared."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        super().__init__(f"the name {shown!r} holds no letter and no digit: give a name to compare", value=text)


class InvalidDateError(ModelError):
    """A date cannot be read, or does not exist in its calendar."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"{text!r} is no date that can be read: {why}", value=text)
        self.why = why


class UnknownCountryError(ModelError):
    """A country that neither ISO 3166 nor this library's additions know."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"unknown country {text!r}: give an ISO 3166 two-letter code such as IR or US, or EU, UN, XK",
            value=text,
        )


class UnknownRecordError(ModelError, KeyError):
    """An id that the list does not hold."""

    def __init__(self, record_id: str, *, kind: str, where: str) -> None:
        super().__init__(f"no {kind} {record_id!r} in {where}", value=record_id)
        self.kind = kind

    def __str__(self) -> str:  # KeyError would print the repr of the message
        return str(self.args[0])


class QueryError(ModelError):
    """A question that cannot be understood: an unknown column, a date that is none."""


class DecisionError(ModelError):
    """A decision that cannot be made, or decisions that contradict each other."""


class ReadError(SanctionsTrackerError):
    """A file cannot be read as a sanctions list.

    ``file`` is the name of what was read; ``locator`` says where in it
    (line, element path, row and column), empty where the whole is meant.
    """

    def __init__(self, message: str, *, file: str = "", locator: str = "") -> None:
        place = ", ".join(part for part in (file, locator) if part)
        super().__init__(f"{place}: {message}" if place else message)
        self.file = file
        self.locator = locator


class InputNotFoundError(ReadError, FileNotFoundError):
    """There is no such file."""


class EmptyInputError(ReadError):
    """The file holds nothing: that is a failed download, not an empty list."""


class UnknownFormatError(ReadError):
    """The content belongs to no known publisher's format."""


class DamagedInputError(ReadError):
    """The content is cut short, malformed or wrongly encoded."""


class UnsafeInputError(ReadError):
    """The content declares entities or unpacks beyond the limit, and is refused unread."""


class RejectedRecordsError(ReadError):
    """Some records could not be read.

    ``rejected`` holds them; ``read(..., on_rejected="collect")`` returns the
    others with the rejected ones beside them.
    """

    def __init__(self, rejected: Sequence[object], *, file: str) -> None:
        first = rejected[0]
        super().__init__(
            f"{len(rejected)} record(s) could not be read, the first: {first}; "
            'pass on_rejected="collect" to keep the others and see each of them',
            file=file,
        )
        self.rejected = tuple(rejected)


class CodecError(SanctionsTrackerError, ValueError):
    """JSON that does not describe the model; ``paths`` say where, as in ``$.names[0].kind``."""

    def __init__(self, message: str, *, paths: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.paths = tuple(paths)


class NothingToSearchError(SanctionsTrackerError, ValueError):
    """A search over no list, or over a list without a single target."""


class StaleListError(NothingToSearchError):
    """A list is older than the policy allows, or does not say how old it is.

    ``list_id`` names it, ``dated`` is its date as text (empty where it states none).
    """

    def __init__(self, list_id: str, *, dated: str, today: str, max_age_days: int) -> None:
        age = f"is of {dated}" if dated else "states no date"
        super().__init__(
            f"{list_id} {age}, and on {today} the policy allows {max_age_days} day(s): "
            "get the publisher's newest file, or set Policy.max_age_days"
        )
        self.list_id = list_id
        self.dated = dated


class ReconciliationError(SanctionsTrackerError, ValueError):
    """A question between countries that has no answer as it was put."""


class WriteError(SanctionsTrackerError, ValueError):
    """A list cannot be written: an unknown format, or a place that takes no text."""


class MissingExtraError(SanctionsTrackerError, ImportError):
    """An optional package is not installed; ``extra`` names the extra that brings it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs a package that is not installed: pip install 'sanctions-tracker[{extra}]'")
        self.extra = extra
