"""Ways in which a file goes wrong, by accident or on purpose. A number says which damage is done.

``mutated("un-consolidated-xml", 7)`` is the same file wherever and whenever it is asked for.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

from tests.sources.seeds import seeds

Mutator = Callable[[Random, bytes], bytes]

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_ODD = (
    *(bytes([code]) for code in (0, 1, 8, 9, 10, 11, 12, 13, 0x1A, 0x1B, 0x7F, 0x80, 0xC0, 0xFF)),
    *_MARKS,
    *(b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xe2\x80\xa8", b"\xc2\x85", b"\xef\xbf\xbe"),
    *(sign.encode() for sign in "\u202e\u200c\u200f\u0640\u0300\ufeff\u00a0\u3000\U0001f986\U000e0041"),
    *(b"&", b"<", b">", b"]]>", b"<![CDATA[", b"&#0;", b"&#xD800;", b"&nbsp;", b"\\ud800", b"\\u0000", b'"', b"'"),
    *(b",", b";", b"|", b"\t", b"{", b"}", b"[", b"]", b"\r\n", b"\n\n", b"\\N", b"%s", b"=1+1"),
)
_VALUES = tuple(
    text.encode()
    for text in (
        *("", " ", "-", "-0-", "na", "None", "null", "NaN", "Infinity", "-1", "1e999", "0x1F", "0", "007", "true", "?"),
        *("00/00/0000", "31/02/1975", "00/00/1975", "9999-99-99", "0000-00-00", "1975-13-01", "15/08/19yy", "1975"),
        *("circa 1975", "1975 to 1970", "29/02/1900", "٣١/٠٢/١٣٤٥", "۱۴۰۳/۱۳/۰۱", "1 Ramadan 1445", "10000-01-01"),
        *("1) A 2) B 3) C", "(1)", "((((((", "a) b) c)", ";;;;", ", , ,", "A (a.k.a. B (f.k.a. C))", "()", "…"),
        *("IRAN", "Moonville", "IR", "zz", "Iran (Islamic Republic of)", "مصر و قطر", "كوريا", "England & Wales"),
        *("Individual", "Entity", "Ship", "Person", "P", "Primary name", "alias", "Low", "Asset freeze", "http://[::1"),
    )
)
_NUMBERS = tuple(
    text.encode()
    for text in (
        *("0", "-1", "9" * 30, "9" * 5000, "1" + "0" * 400, "00000000001", "1.5", "1e308", "٣", "²", "½", "4294967296"),
        *("2147483648", "18446744073709551616", "1048576", "99999999"),
    )
)
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "cp1252", "latin-1", "cp864", "utf-7")
_DOCTYPES = (
    b'<!DOCTYPE x [<!ENTITY e "ha"><!ENTITY f "&e;&e;&e;&e;">]>',
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]>',
    b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    b"<!DOCTYPE x [<!ATTLIST x a CDATA 'b'>]>",
    b"<!DOCTYPE html>",
)
_NAME = rb"[A-Za-z_:][\w.:-]*"
_TAG = re.compile(rb"</?(" + _NAME + rb")")
_ATTRIBUTE = re.compile(rb"\s+" + _NAME + rb"\s*=\s*(\"[^\"]*\"|'[^']*')")
_ELEMENT = re.compile(rb"<(" + _NAME + rb")(?:\s[^<>]*)?>[^<>]*</\1>")
_KEY = re.compile(rb'"(\w+)"\s*:')
_DIGITS = re.compile(rb"\d+")
_VALUE = re.compile(rb"(?<=>)[^<>\n]+(?=<)|(?<=[\",;:])[^\",;:<>\n]+(?=[\",;\r\n])")
_JSON = re.compile(rb'\{[^{}]*\}|\[[^\[\]]*\]|"[^"\n]*"')


def _spot(random: Random, content: bytes) -> int:
    return random.randint(0, len(content))


def _span(random: Random, content: bytes) -> tuple[int, int]:
    start = _spot(random, content)
    longest = random.choice((1, 4, 30, 300, 3000))
    return start, min(len(content), start + random.randint(1, longest))


def _put(content: bytes, start: int, end: int, new: bytes) -> bytes:
    return content[:start] + new + content[end:]


def _one(random: Random, pattern: re.Pattern[bytes], content: bytes) -> re.Match[bytes] | None:
    """Some match behind some place: looking for all of them would take longer than reading the file."""
    return pattern.search(content, random.randint(0, len(content) * 9 // 10)) or pattern.search(content)


def _replaced(random: Random, content: bytes, pattern: re.Pattern[bytes], new: Sequence[bytes]) -> bytes:
    match = _one(random, pattern, content)
    return _put(content, *match.span(), random.choice(new)) if match else content


def _flip(random: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 2, 8))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _delete(random: Random, content: bytes) -> bytes:
    return _put(content, *_span(random, content), b"")


def _duplicate(random: Random, content: bytes) -> bytes:
    start, end = _span(random, content)
    times = random.choice((1, 1, 3, 40))
    return _put(content, start, start, content[start:end] * times)


def _move(random: Random, content: bytes) -> bytes:
    start, end = _span(random, content)
    rest = _put(content, start, end, b"")
    at = _spot(random, rest)
    return _put(rest, at, at, content[start:end])


def _truncate(random: Random, content: bytes) -> bytes:
    return content[: _spot(random, content)] if random.random() < 0.8 else content[_spot(random, content) :]


def _splice(random: Random, content: bytes) -> bytes:
    """The beginning of this file and the end of another, or a piece of it inside."""
    other = random.choice(random.choice(list(seeds().values())))
    if random.random() < 0.5:
        return content[: _spot(random, content)] + other[_spot(random, other) :]
    start, end = _span(random, other)
    at = _spot(random, content)
    return _put(content, at, at, other[start:end])


def _insert(random: Random, content: bytes) -> bytes:
    at = random.choice((0, len(content), _spot(random, content)))
    return _put(content, at, at, random.choice(_ODD) * random.choice((1, 1, 2, 200)))


def _encode(random: Random, content: bytes) -> bytes:
    """The same text in another encoding, whatever the file says of its own."""
    return content.decode("utf-8", errors="replace").encode(random.choice(_ENCODINGS), errors="replace")


def _number(random: Random, content: bytes) -> bytes:
    return _replaced(random, content, _DIGITS, _NUMBERS)


def _value(random: Random, content: bytes) -> bytes:
    return _replaced(random, content, _VALUE, _VALUES)


def _long(random: Random, content: bytes) -> bytes:
    """A value of many thousand signs."""
    unit = random.choice(
        (b"A", b"A ", b"(", b"1) ", b"a.k.a. ", b"; ", b", ", "ي ".encode(), b"-", b"1", b"'", b"&lt;")
    )
    return _replaced(random, content, _VALUE, [unit * random.choice((300, 3000, 30_000))])


def _swap(random: Random, content: bytes) -> bytes:
    """Two tags, keys or cells change places."""
    pattern = random.choice((_TAG, _ATTRIBUTE, _ELEMENT, _KEY, _VALUE, _JSON))
    one, other = _one(random, pattern, content), _one(random, pattern, content)
    if one is None or other is None or one.start() == other.start():
        return content
    first, second = sorted((one, other), key=lambda match: match.start())
    if first.end() > second.start():
        return content
    return b"".join(
        (content[: first.start()], second[0], content[first.end() : second.start()], first[0], content[second.end() :])
    )


def _drop(random: Random, content: bytes) -> bytes:
    """An attribute, an element, a value or a piece of JSON goes."""
    return _replaced(random, content, random.choice((_ATTRIBUTE, _ELEMENT, _VALUE, _JSON, _KEY)), [b""])


def _rename(random: Random, content: bytes) -> bytes:
    """All tags or keys of one name get another."""
    match = _one(random, random.choice((_TAG, _KEY)), content)
    if match is None:
        return content
    old, new = match[1], random.choice((b"x", b"NAME", b"id", b"entity", b"1", match[1] + b"s"))
    return re.sub(rb"(?<![\w.:-])" + re.escape(old) + rb"(?![\w.:-])", lambda _: new, content)


def _nest(random: Random, content: bytes) -> bytes:
    """A record inside another, or many inside one another."""
    match = _one(random, random.choice((_ELEMENT, _JSON)), content)
    if match is None:
        return content
    at = _spot(random, content)
    if random.random() < 0.7:
        return _put(content, at, at, match[0])
    depth = random.choice((3, 300, 3000))
    around = (b"<a>", b"</a>") if match[0].startswith(b"<") else (b'{"a":[', b"]}")
    return _put(content, *match.span(), around[0] * depth + match[0] + around[1] * depth)


def _declare(random: Random, content: bytes) -> bytes:
    at = content.find(b"?>") + 2 if b"?>" in content[:200] else 0
    named = _put(content, at, at, random.choice(_DOCTYPES))
    return _replaced(random, named, _VALUE, [b"&e;", b"&f;", b"&amp;e;"]) if random.random() < 0.5 else named


def _shuffle(random: Random, content: bytes) -> bytes:
    """Lines change their order, or stand twice, or go."""
    lines = content.splitlines(keepends=True)
    at = random.randrange(len(lines)) if lines else 0
    match random.randrange(4):
        case 0:
            random.shuffle(lines)
        case 1:
            lines[at:at] = lines[at : at + 1] * random.choice((1, 50))
        case 2:
            del lines[at : at + 1]
        case _:
            lines.reverse()
    return b"".join(lines)


def _columns(random: Random, content: bytes) -> bytes:
    """A line loses its first cell, or gets one more."""
    lines = content.split(b"\n")
    at = random.choice((0, random.randrange(len(lines))))
    sign = random.choice((b",", b";"))
    lines[at] = lines[at].partition(sign)[2] if random.random() < 0.5 else b"more" + sign + lines[at]
    return b"\n".join(lines)


def _ends(random: Random, content: bytes) -> bytes:
    """Other line ends, or none."""
    return content.replace(b"\r\n", b"\n").replace(b"\n", random.choice((b"\r", b"\r\n", b" ", b"\n\n", b"\r\r\n")))


_MUTATORS: tuple[Mutator, ...] = (
    *(_flip, _delete, _duplicate, _move, _truncate, _splice, _insert, _encode, _number, _value, _value, _long),
    *(_swap, _drop, _drop, _rename, _nest, _declare, _shuffle, _columns, _ends),
)


def zipped(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def _inside(random: Random, workbook: bytes, mutator: Mutator) -> bytes:
    """A workbook one of whose files is damaged: most of the time that of the sheet, which is the largest."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    largest = max(files, key=lambda name: len(files[name]))
    name = largest if random.random() < 0.8 else random.choice(list(files))
    files[name] = mutator(random, files[name])
    return zipped(files)


def _packed(random: Random, content: bytes) -> bytes:
    """In one of the wrappings that are taken off, whole or damaged."""
    pack = random.choice((gzip.compress, bz2.compress, lzma.compress, lambda inner: zipped({"list": inner})))
    packed = pack(content)
    return random.choice((bytes, bytes, _cut, _scratched))(packed)


def _cut(packed: bytes) -> bytes:
    return packed[: len(packed) * 2 // 3]


def _scratched(packed: bytes) -> bytes:
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 0x55]) + packed[middle + 1 :]


def _damaged(random: Random, content: bytes) -> bytes:
    mutator = random.choice(_MUTATORS)
    if zipfile.is_zipfile(io.BytesIO(content)) and random.random() < 0.9:
        try:
            return _inside(random, content, mutator)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):  # damaged once already
            return mutator(random, content)
    return mutator(random, content)


def mutated(format_id: str, number: int) -> bytes:
    """A damaged file of a format: always the same for the same number."""
    random = Random(f"{format_id} {number}")  # noqa: S311  (chance that can be repeated is what is wanted)
    content = random.choice(seeds()[format_id])
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        content = _damaged(random, content)
    return _packed(random, content) if random.random() < 0.06 else content
