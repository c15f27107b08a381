"""Draw the forms that come with the program anew: `python tools/make_report_forms.py`. Offices edit copies of them."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FOLDER = Path(__file__).resolve().parent.parent / "planning" / "forms"
CODES = ("SB01", "SB02", "SB03", "WL01", "WL02", "WL03", "WL04", "YX01", "YX02", "YX03")
RATIO = {"SB03"}
SHOWN = ("code", "name", "unit", "part", "whole", "value", "note", "office", "state")
TITLE, TEXT = "方正小标宋简体", "仿宋_GB2312"


def city_form() -> None:
    """Figures by township, numerators and denominators summed by formulas of the form's own."""
    book = Workbook()
    page: Any = book.active
    page.title = "月报表"
    page.append(["{{ county }}乡镇信息设备情况月报表"])
    page.append(["统计期：{{ month }}　　截至：{{ as_of }}　　生成：{{ made_on }}"])
    page.append(
        [
            "序号",
            "乡镇",
            *(f"{{{{ {code}.name }}}}（{{{{ {code}.unit }}}}）" for code in CODES),
            "计算机（台）",
        ]
    )
    page.append(["", "全县合计", *(f"{{{{ {code} }}}}" for code in CODES), "=SUM(M5:M5)"])
    page.append(["{{ no }}", "{{ place }}", *(f"{{{{ {code} }}}}" for code in CODES), "{{ SB03.d }}"])
    page.append(["填报单位：{{ SB01.office }}"])
    page.append(
        ["统计负责人（签字）：　　　　　　　填表人（签字）：　　　　　　　报出日期：　　年　　月　　日"]
    )
    _draw(page)
    book.save(FOLDER / "city_form.xlsx")


def _draw(page: Any) -> None:
    last = len(CODES) + 3
    line = Side(style="thin")
    for row in (1, 2, 6, 7):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    page["A1"].font = Font(name="宋体", size=18, bold=True)
    page["A1"].alignment = Alignment(horizontal="center", vertical="center")
    for row in (3, 4, 5):
        for cell in page[row]:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.font = Font(name="宋体", size=10, bold=row < 5)
    for at, code in enumerate(CODES, start=3):
        for row in (4, 5):
            page.cell(row=row, column=at).number_format = "0.00" if code in RATIO else "0.0%"
    for cell in page[3]:
        cell.fill = PatternFill("solid", fgColor="E6EEF2")
    for row, height in ((1, 34), (2, 20), (3, 48), (6, 22), (7, 26)):
        page.row_dimensions[row].height = height
    for at in range(1, last + 1):
        page.column_dimensions[page.cell(row=3, column=at).column_letter].width = 6 if at == 1 else 11
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def monthly_report() -> None:
    """The report in the looks of an official paper, lying, so that all indicators stand side by side."""
    document: Any = Document()
    _lying(document)
    _all_in_all(document)
    _heading(document, "二、各乡镇情况")
    _by_township(document)
    _differences(document)
    _definitions(document)
    document.core_properties.author = ""
    document.core_properties.title = "乡镇信息设备月度统计报告"
    document.save(FOLDER / "monthly_report.docx")


def _lying(document: Any) -> None:
    """A4 on its side, under its title."""
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    _font(document.styles["Normal"], TEXT, 12)
    _paragraph(document, "{{ county }}乡镇信息设备月度统计报告", TITLE, 22, centred=True)
    dates = "统计期：{{ month }}　截至 {{ as_of }}　生成日期：{{ made_on }}"
    _paragraph(document, dates, TEXT, 12, centred=True)


def _all_in_all(document: Any) -> None:
    _heading(document, "一、总体情况")
    said = "{{ county }}共统计 {{ townships }} 个乡镇。各项指标的分子、分母一并列出；没有分母的不列数值，并注明原因。"
    _paragraph(document, said, TEXT, 12)
    names = ("code", "name", "unit", "part", "whole", "value", "note", "office", "state")
    _table(
        document,
        ("代码", "指标", "单位", "分子", "分母", "数值", "说明", "填报单位", "状态"),
        "one in indicators",
        tuple(f"one.{name}" for name in names),
    )


def _differences(document: Any) -> None:
    _heading(document, "三、与手工上报数不一致的指标")
    _paragraph(document, "{% if not differences %}本月没有不一致的指标。{% endif %}", TEXT, 12)
    _table(
        document,
        ("指标", "单位名称", "手工上报", "系统统计", "原因说明"),
        "one in differences",
        ("one.name", "one.place", "one.reported", "one.counted", "one.explanation"),
    )


def _definitions(document: Any) -> None:
    _heading(document, "四、统计口径")
    _paragraph(document, "{%p for one in indicators %}", TEXT, 12)
    _paragraph(document, "{{ one.name }}（{{ one.version }}）：{{ one.definition }}", TEXT, 12)
    _paragraph(document, "{%p endfor %}", TEXT, 12)


def _by_township(document: Any) -> None:
    """As many columns as there are indicators."""
    table = document.add_table(rows=4, cols=4)
    table.style = "Table Grid"
    for at, text in enumerate(("乡镇", "{%tc for one in indicators %}", "{{ one.name }}", "{%tc endfor %}")):
        _cell(table.cell(0, at), text, bold=True)
    _cell(table.cell(1, 0), "{%tr for line in lines %}")
    for at, text in enumerate(
        ("{{ line.place }}", "{%tc for said in line['values'] %}", "{{ said }}", "{%tc endfor %}")
    ):
        _cell(table.cell(2, at), text)
    _cell(table.cell(3, 0), "{%tr endfor %}")


def _table(document: Any, heads: tuple[str, ...], loop: str, names: tuple[str, ...]) -> None:
    table = document.add_table(rows=4, cols=len(heads))
    table.style = "Table Grid"
    for at, (head, name) in enumerate(zip(heads, names, strict=True)):
        _cell(table.cell(0, at), head, bold=True)
        _cell(table.cell(2, at), f"{{{{ {name} }}}}")
    _cell(table.cell(1, 0), f"{{%tr for {loop} %}}")
    _cell(table.cell(3, 0), "{%tr endfor %}")


def _cell(cell: Any, text: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.bold = bold
    _font(run, TEXT, 10)


def _heading(document: Any, text: str) -> None:
    _paragraph(document, text, "黑体", 14)


def _paragraph(document: Any, text: str, font: str, points: int, *, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(paragraph.add_run(text), font, points)


def _font(of: Any, name: str, points: int) -> None:
    of.font.name, of.font.size = name, Pt(points)
    of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    city_form()
    monthly_report()
