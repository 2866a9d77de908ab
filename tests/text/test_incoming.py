"""Old Word files, OpenDocument and RTF: read through LibreOffice, or refused with what to do. Nothing is fetched."""

from __future__ import annotations

import io
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from app import incoming, office
from app.errors import OfficeMissing, UnreadableFile
from app.text import reading
from tests.factories.word_files import (
    R,
    archive,
    deleted,
    inserted,
    level,
    listed,
    numbering,
    paragraph,
    run,
    word_file,
)

RTF = rb"{\rtf1\ansi The Employer shall give the Union written notice.\par Silence is no consent.}"
ODT = "application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
needs_office = [
    pytest.mark.office,
    pytest.mark.skipif(office.office_program() is None, reason="needs LibreOffice (soffice)"),
]


def old_word(flags: int) -> bytes:
    """The head of an old Word file: the container, the text stream's first words, the name of the stream."""
    return OLE + b"\xec\xa5\xc1\x00" + bytes(7) + bytes([flags]) + bytes(500) + "WordDocument".encode("utf-16-le")


def protected_odt() -> bytes:
    manifest = '<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    return archive({"mimetype": ODT, "content.xml": "x", "META-INF/manifest.xml": manifest})


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (old_word(0x12), "a.doc", "old Word format (.doc)"),
        (RTF, "a.rtf", "is in RTF"),
        (archive({"mimetype": ODT, "content.xml": "x"}), "a.odt", "OpenDocument format (.odt)"),
    ],
)
def test_without_a_converter_they_are_refused(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableFile, match="save it as DOCX") as error:
        reading.read_bytes(data, name)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (old_word(0x13), "protected by a password"),
        (protected_odt(), "protected by a password"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (OLE + "Workbook".encode("utf-16-le"), "is a spreadsheet"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "is a presentation"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "is an e-mail"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "no text"),
        (archive({"mimetype": ODT, **{f"p{each}": "" for each in range(20_001)}}), "more than 20,000 parts"),
    ],
)
def test_what_no_converter_helps_with_is_refused_before_one_runs(
    data: bytes, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "convert", lambda *_, **__: pytest.fail("a converter ran"))
    with pytest.raises(UnreadableFile, match=says):
        incoming.read_bytes(data, "a.docx")


def test_without_libreoffice_the_message_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    assert not incoming.reads_office_files()
    with pytest.raises(OfficeMissing, match=r"a\.rtf.*needs LibreOffice.*Save it as \.docx"):
        incoming.read_bytes(RTF, "a.rtf")


def test_the_document_remembers_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name, kind and digest are those of what came in, whatever it was turned into."""
    monkeypatch.setattr(office, "convert", lambda *_, **__: word_file(paragraph("Notice is given in writing.")))
    document = incoming.read_bytes(RTF, "a.docx")
    import hashlib

    assert (document.kind, document.name, document.digest) == ("rtf", "a.docx", hashlib.sha256(RTF).hexdigest())
    assert "was converted before it was read" in document.warnings[0]


def test_a_file_is_read_from_a_path_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "convert", lambda *_, **__: word_file(paragraph("Notice is given in writing.")))
    (tmp_path / "a.rtf").write_bytes(RTF)
    assert incoming.read_file(tmp_path / "a.rtf").kind == "rtf"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One document with numbers and tracked changes, written by LibreOffice in each of the three formats."""
    folder = tmp_path_factory.mktemp("formats")
    body = listed("Notice") + listed(run("The Employer ") + deleted("may") + inserted("shall") + run(" tell."), 1)
    body += listed("It is in writing.", 1) + paragraph("Done.")
    lists = numbering(level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2"))
    (folder / "a.docx").write_bytes(word_file(body, parts={"numbering": lists}))
    program = shutil.which("soffice")
    assert program
    for kind in ("doc", "odt", "rtf"):
        command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                   "--convert-to", kind, "--outdir", str(folder), str(folder / "a.docx")]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


class TestThroughLibreOffice:
    pytestmark = needs_office

    @pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
    def test_words_numbers_and_changes(self, folder: Path, kind: str) -> None:
        document = incoming.read_file(folder / f"a.{kind}")
        assert document.kind == kind
        assert document.text.splitlines()[0] == "1. Notice"
        assert document.text.splitlines()[-1] == "Done."
        assert "The Employer shall tell." in document.text
        assert document.before is not None
        assert "The Employer may tell." in document.before.text
        assert [change.text for change in document.tracked] == ["may", "shall"]
        if kind != "rtf":  # LibreOffice loses levels when it writes RTF
            assert document.text.splitlines()[1:3] == ["1.1 The Employer shall tell.", "1.2 It is in writing."]

    def test_a_broken_file_is_one_sentence(self) -> None:
        with pytest.raises(UnreadableFile, match=r"^b\.odt"):
            incoming.read_bytes(archive({"mimetype": ODT, "content.xml": "<broken"}), "b.odt")


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            asked.append(str(getattr(self, "raw_requestline", b"")))
            return super().parse_request()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def calling_docx(address: str) -> bytes:
    """A Word file that names something elsewhere in every way that there is."""
    picture = f'<w:r><w:pict><v:shape><v:imagedata r:id="pic" src="{address}/vml.png"/></v:shape></w:pict></w:r>'
    field = f"<w:fldSimple w:instr=' INCLUDETEXT \"{address}/field.docx\" '>{run('shown')}</w:fldSimple>"
    kinds = {"pic": "image", "tpl": "attachedTemplate", "chunk": "aFChunk", "sub": "subDocument", "ole": "oleObject",
             "link": "hyperlink", "styles9": "styles"}  # fmt: skip
    relations = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{address}/{key}" TargetMode="External"/>'
        for key, kind in kinds.items()
    )
    body = f'<w:p>{run("Words. ")}{picture}{field}</w:p><w:altChunk r:id="chunk"/><w:subDoc r:id="sub"/>'
    main = (
        f'<?xml version="1.0"?><!DOCTYPE w:document SYSTEM "{address}/dtd">'
        + f'<?xml-stylesheet href="{address}/style.xsl"?>'
    )
    from tests.factories.word_files import document

    return word_file(main=main + document(body), relations=relations)


def calling_odt(address: str) -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    )
    content = (
        f'<office:document-content {names} office:version="1.2"><office:body><office:text><text:p>Words of the Union.'
        f'<draw:frame><draw:image xlink:href="{address}/a.png" xlink:type="simple"/></draw:frame></text:p>'
        f'<text:section text:name="s"><text:section-source xlink:href="{address}/b.odt"/><text:p>shown</text:p>'
        "</text:section></office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in (("mimetype", ODT), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            package.writestr(name, part)
    return buffer.getvalue()


def calling_rtf(address: str) -> bytes:
    return (
        r"{\rtf1{\*\template " + address + r"/t.dotm}Words of the Union. "
        r"{\field{\*\fldinst INCLUDEPICTURE \"" + address + r"/a.png\" \\d}{\fldrslt shown}}"
        r"{\field{\*\fldinst INCLUDETEXT \"" + address + r"/a.docx\"}{\fldrslt shown}}"
        r"{\field{\*\fldinst DDEAUTO cmd \"/c calc\"}{\fldrslt shown}}\par}"
    ).encode()


def test_a_word_file_that_calls_elsewhere_is_read_without_a_call(listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    document = reading.read_bytes(calling_docx(address), "a.docx")
    assert document.text.startswith("Words. shown")
    assert asked == []


@pytest.mark.office
@pytest.mark.skipif(office.office_program() is None, reason="needs LibreOffice (soffice)")
@pytest.mark.parametrize(("make", "name"), [(calling_odt, "a.odt"), (calling_rtf, "a.rtf")])
def test_a_file_that_is_converted_calls_nowhere_either(
    listener: tuple[str, list[str]], make: object, name: str
) -> None:
    address, asked = listener
    assert callable(make)
    document = incoming.read_bytes(make(address), name)
    assert "Words of the Union." in document.text
    assert asked == []
