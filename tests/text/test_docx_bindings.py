"""A content control that is bound to a value shows that value in Word, whatever words the file keeps in it."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.text.document import Document
from app.text.reading import read_bytes
from tests.factories.word_files import NAMESPACES, R, archive, paragraph, run, word_file
from tests.factories.word_kinds import cell, table

_ID = "{AAAAAAAA-0000-0000-0000-000000000001}"
_VALUES = (
    '<f:form xmlns:f="urn:form" f:unit="weeks"><f:period>60 days</f:period><f:period>90 days</f:period>'
    "<f:kind>d</f:kind><f:agreed>true</f:agreed><f:day>2026-03-04</f:day><f:nothing/></f:form>"
)
_LIST = '<w:dropDownList><w:listItem w:displayText="calendar days" w:value="d"/></w:dropDownList>'
_BOX = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'


def relations(kind: str, target: str) -> str:
    pointer = f'<Relationship Id="x" Type="{R}/{kind}" Target="{target}"/>'
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{pointer}</Relationships>'
    )


def control(path: str, content: str = "", kind: str = "<w:text/>", more: str = "", store: str = _ID) -> str:
    named = f'w:storeItemID="{store.lower()}"' if store else ""
    mapped = "w:prefixMappings=\"xmlns:n='urn:form'\""
    return (
        f'<w:sdt><w:sdtPr>{more}<w:dataBinding {mapped} w:xpath="{path}" {named}/>{kind}</w:sdtPr>'
        f"<w:sdtContent>{content or run('30 days')}</w:sdtContent></w:sdt>"
    )


def read(body: str, **parts: str) -> Document:
    stored = {
        "customXml/item1.xml": _VALUES,
        "customXml/_rels/item1.xml.rels": relations("customXmlProps", "itemProps1.xml"),
        "customXml/itemProps1.xml": f'<d:datastoreItem xmlns:d="urn:d" d:itemID="{_ID}"/>',
    }
    pointer = f'<Relationship Id="values" Type="{R}/customXml" Target="../customXml/item1.xml"/>'
    return read_bytes(word_file(body, parts={**stored, **parts}, relations=pointer), "a.docx")


@pytest.mark.parametrize(
    ("bound", "text"),
    [
        (control("/n:form[1]/n:period[1]"), "In 60 days."),
        (control("/n:form[1]/n:period[2]/text()"), "In 90 days."),
        (control("/n:form/@n:unit"), "In weeks."),
        (control("/n:form/n:period", store=""), "In 60 days."),
        (control("/n:form/n:kind", kind=_LIST), "In calendar days."),
        (control("/n:form/n:agreed", run("☐"), kind=_BOX), "In ☒."),
        (
            control("/n:form/n:day", run("1 March"), kind='<w:date w:fullDate="2026-03-01T00:00:00Z"/>'),
            "In 2026-03-04.",
        ),
        (control("/n:form/n:nothing"), "In ."),
        (control("/n:form/n:period", run("Click here"), more="<w:showingPlcHdr/>"), "In 60 days."),
    ],
)
def test_the_bound_value_is_read_and_told(bound: str, text: str) -> None:
    document = read(paragraph(run("In ") + bound + run(".")))
    assert document.text == text
    (warning,) = document.warnings
    assert "bound to, which was read (paragraph 1: “" in warning
    assert "instead of “" in warning


@pytest.mark.parametrize(
    "bound",
    [
        control("/n:form/n:period", store="{BBBBBBBB-0000-0000-0000-000000000001}"),
        control("/n:form/n:period", kind=""),
        control("/n:form/n:period", kind="<w:picture/>"),
        control("/n:form/n:period[3]"),
        control("//n:period"),
        control("/n:form/n:period[last()]"),
        control("/n:form/other:period"),
        control("document('file:///etc/passwd')"),
        control("/n:form/n:day", kind='<w:date w:fullDate="2026-03-04T00:00:00Z"/>'),
    ],
)
def test_a_control_that_is_bound_to_nothing_it_can_show_stays_as_stored(bound: str) -> None:
    document = read(paragraph(run("In ") + bound + run(".")))
    assert (document.text, document.warnings) == ("In 30 days.", ())


def test_a_value_that_says_the_same_is_no_news() -> None:
    document = read(paragraph(run("In ") + control("/n:form/n:period", run("60") + run(" days")) + run(".")))
    assert (document.text, document.warnings) == ("In 60 days.", ())


def test_an_empty_control_bound_to_nothing_shows_its_prompt() -> None:
    prompt = control("/n:form/n:nothing", run("Click here"), more="<w:showingPlcHdr/>")
    document = read(paragraph(run("In ") + prompt))
    assert document.text == "In Click here"
    assert "shows only its prompt" in document.warnings[0]


def test_bound_paragraphs_cells_and_headers() -> None:
    bound = control("/n:form/n:period", paragraph("old"))
    header = f"<w:hdr {NAMESPACES}>{paragraph(control('/n:form/n:period', run('older')))}</w:hdr>"
    row = f"<w:tr>{cell('a')}{control('/n:form/n:kind', cell('oldest'))}</w:tr>"
    document = read(paragraph("First.") + bound + table(row), header=header)
    assert document.text.split("\n")[1:] == ["60 days", "a", "d"]
    assert document.margins == ("60 days",)
    (warning,) = document.warnings
    for said in (
        "paragraph 2: “60 days” instead of “old”",
        "table 1, row 1, column 2: “d” instead of “oldest”",
        "a header or footer: “60 days” instead of “older”",
    ):
        assert said in warning


def test_a_title_comes_from_the_properties_of_the_file() -> None:
    core = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
    title = control("/c:core[1]/t:title[1]", run("Old title"), store=core)
    title = title.replace("xmlns:n='urn:form'", "xmlns:c='urn:core' xmlns:t='urn:title'")
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    part = '<c:core xmlns:c="urn:core" xmlns:t="urn:title"><t:title>Counterproposal 2</t:title></c:core>'
    data = word_file(paragraph(title), parts={"docProps/core.xml": part})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    pointer = f'<Relationship Id="core" Type="{kind}" Target="docProps/core.xml"/></Relationships>'
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"</Relationships>", pointer.encode())
    assert read_bytes(archive(files), "a.docx").text == "Counterproposal 2"
