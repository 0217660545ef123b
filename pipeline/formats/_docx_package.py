"""The zip of a DOCX file: opened with suspicion, written with every untouched member as it was."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from pipeline.errors import SanwenError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEMBERS = 10_000
_UNPACKED = 400 * 2**20  # bytes of all members together
_XML = 60 * 2**20  # bytes of one XML member
_ENCRYPTED = 0x1
_WORD_REMEDY = "Open it in Word or LibreOffice and save it as .docx"
_OFFICE_DOCUMENT = re.compile(r"/officeDocument$")
_RELATED = {
    "footnotes": re.compile(r"/footnotes$"),
    "endnotes": re.compile(r"/endnotes$"),
    "styles": re.compile(r"/styles$"),
}


class Package:
    """An open DOCX file. `members` are its names in order; `parts` says which of them play which role."""

    def __init__(self, data: bytes, path: str) -> None:
        """Open a package and check its frame.

        Raises:
            SanwenError: this is no DOCX file, or a damaged, encrypted or monstrous one.
        """
        self.path = path
        self._refuse_ole(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise SanwenError("this is no DOCX file, or it is cut off", file=path, remedy=_WORD_REMEDY) from error
        self._infos = self._zip.infolist()
        self.members = [info.filename for info in self._infos]
        self._refuse_monsters()
        if "[Content_Types].xml" not in self.members:
            raise SanwenError("this is a zip archive, but no DOCX file", file=path, remedy=_WORD_REMEDY)
        self.parts = self._find_parts()

    def _refuse_ole(self, data: bytes) -> None:
        if data.startswith(_OLE):
            locked = "EncryptedPackage".encode("utf-16-le") in data
            raise SanwenError(
                "the document is encrypted with a password" if locked else "this is an old .doc file, not a DOCX file",
                file=self.path,
                remedy="Remove the password in Word and save it again" if locked else _WORD_REMEDY,
            )

    def _refuse_monsters(self) -> None:
        if any(info.flag_bits & _ENCRYPTED for info in self._infos):
            raise SanwenError(
                "the document is encrypted", file=self.path, remedy="Remove the password and save it again"
            )
        if len(self._infos) > _MEMBERS or sum(info.file_size for info in self._infos) > _UNPACKED:
            raise SanwenError("the document unpacks to an absurd size (a zip bomb?)", file=self.path)
        if len(set(self.members)) != len(self.members):
            raise SanwenError("two members of the zip archive have the same name", file=self.path, remedy=_WORD_REMEDY)

    def read(self, name: str, limit: int = _UNPACKED) -> bytes:
        """Return a member's content.

        Raises:
            SanwenError: it is damaged, missing, or larger than it says or than `limit`.
        """
        try:
            with self._zip.open(name) as member:
                data = member.read(limit + 1)
        except KeyError as error:
            raise SanwenError(f"the member {name} is missing", file=self.path, remedy=_WORD_REMEDY) from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            RuntimeError,
            NotImplementedError,
            EOFError,
        ) as error:
            raise SanwenError(f"the member {name} is damaged", file=self.path, remedy=_WORD_REMEDY) from error
        if len(data) > limit:
            raise SanwenError(f"the member {name} unpacks to more than {limit // 2**20} MB", file=self.path)
        return data

    def xml(self, name: str) -> str:
        """Return the text of an XML member, which is well-formed and without document type.

        Raises:
            SanwenError: it is not.
        """
        data = self.read(name, _XML)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise SanwenError(f"the member {name} is not in UTF-8", file=self.path, remedy=_WORD_REMEDY) from error
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise SanwenError(f"the member {name} declares entities: refused", file=self.path, remedy=_WORD_REMEDY)
        self._parse(name, data)
        return text

    def _parse(self, name: str, data: bytes) -> Any:
        from lxml import etree  # noqa: PLC0415 (slow to import)

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            message = f"the member {name} is broken XML: {error}"
            raise SanwenError(message, file=self.path, remedy=_WORD_REMEDY) from error

    def tree(self, name: str) -> Any:
        """The lxml element at the root of an XML member."""
        return self._parse(name, self.xml(name).encode())

    def _find_parts(self) -> dict[str, str]:
        """Find the main document, its notes and styles by the relationships, which alone are binding."""
        found: dict[str, str] = {}
        main = self._targets("_rels/.rels", "", {"document": _OFFICE_DOCUMENT}).get("document", "word/document.xml")
        if main not in self.members:
            raise SanwenError("this Office file holds no Word document", file=self.path, remedy=_WORD_REMEDY)
        found["document"] = main
        folder, base = posixpath.split(main)
        related = self._targets(f"{folder}/_rels/{base}.rels".lstrip("/"), folder, _RELATED)
        found |= {role: name for role, name in related.items() if name in self.members}
        if "docProps/core.xml" in self.members:
            found["core"] = "docProps/core.xml"
        return found

    def _targets(self, name: str, folder: str, wanted: Mapping[str, re.Pattern[str]]) -> dict[str, str]:
        if name not in self.members:
            return {}
        found: dict[str, str] = {}
        for relation in self.tree(name):
            kind, target = relation.get("Type", ""), relation.get("Target", "")
            for role, pattern in wanted.items():
                if pattern.search(kind) and relation.get("TargetMode") != "External":
                    place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                    found.setdefault(role, posixpath.normpath(place))
        return found

    def replaced(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the package with some members' contents changed; order, dates and compression stay."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as written:
            for info in self._infos:
                copy = zipfile.ZipInfo(info.filename, info.date_time)
                copy.compress_type = info.compress_type
                copy.external_attr, copy.internal_attr = info.external_attr, info.internal_attr
                copy.create_system, copy.comment = info.create_system, info.comment
                data = changed.get(info.filename)
                written.writestr(copy, self.read(info.filename) if data is None else data)
            written.comment = self._zip.comment
        return out.getvalue()
