"""make_openpyxl.py - workbooks as openpyxl writes them: shared strings, styles, formulas without results.

    python3 tests/xlsx/make_openpyxl.py FOLDER

Writes FOLDER/*_openpyxl.xlsx. Needs the package python3-openpyxl. Same version, same bytes.
"""
import csv
import datetime
import os
import sys
import zipfile

import openpyxl
from openpyxl.comments import Comment

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = datetime.datetime(2022, 12, 31)


def rows_of(name):
    with open(os.path.join(HERE, "expected", name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def save(book, name):
    """Saves with fixed days, outside and inside."""
    book.properties.creator = "Steelyard"
    book.properties.created = book.properties.modified = DAY
    path = os.path.join(sys.argv[1], name + "_openpyxl.xlsx")
    book.save(path)
    with zipfile.ZipFile(path) as made:
        parts = [(part.filename, made.read(part)) for part in made.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as fixed:
        for part, data in parts:
            if part == "docProps/core.xml":  # save() puts the time of now into it
                start, end = data.index(b"<dcterms:modified"), data.index(b"</dcterms:modified>")
                value = data.index(b">", start) + 1
                data = data[:value] + b"2022-12-31T00:00:00Z" + data[end:]
            info = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(info, data)


# Cells of form.csv that an office would have as numbers: what is stored, and its format.
FORM = {
    "E4": (387664.62, "#,##0.00"), "F4": (387664.62, "#,##0.00"),
    "E5": (387664.62, "#,##0.00"), "F5": (387664.62, "#,##0.00"),
    "E6": (735, '"≥"0"人次"'), "F6": (735, "0"),
    "E8": (1, '"≥"0%'), "F8": (1, "0%"),
    "F9": (datetime.date(2022, 12, 20), 'yyyy"年"m"月"d"日"'),
    "E10": (0.95, '"≥"0%'), "F10": (0.9235, "0%"),
    "E11": (40, '"≤"0"万元"'), "F11": (38.77, '0.00"万元"'),
    "E13": (1, '"="0%'), "F13": (0.98, "0%"),
    "E14": (1, '"≥"0%'), "F14": (1, "0%"),
    "E15": (0.95, '"≥"0%'), "F15": (1, "0.0%"),
    "E16": (0.95, '"≥"0%'), "F16": (0.995, "0.0%"),
}
MERGED = ["A1:H1", "A2:H2", "A4:B4", "A6:A11", "B6:B7", "B9:B10", "A12:A14", "A15:A16", "B15:B16", "A17:C17"]


def make_form():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    for r, row in enumerate(rows_of("form"), 1):
        for c, text in enumerate(row, 1):
            cell = sheet.cell(r, c)
            if cell.coordinate in FORM:
                cell.value, cell.number_format = FORM[cell.coordinate]
            elif c in (4, 7) and r > 3 and text not in ("", "—"):
                cell.value = float(text)
            elif text:
                cell.value = text
    for area in MERGED:
        sheet.merge_cells(area)
    sheet["F6"].comment = Comment("按学籍系统人数", "Steelyard")
    sheet.freeze_panes = "A4"
    sheet.column_dimensions["C"].width = 40
    save(book, "form")


def make_formats():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for r, row in enumerate(rows_of("formats"), 1):
        for c, text in enumerate(row, 1):
            cell = sheet.cell(r, c)
            cell.value = text
            if r > 1 and c == 3:
                cell.value = float(row[4])
                cell.number_format = row[5]
            elif r > 1 and c == 4:
                cell.value = int(text)
            else:
                cell.data_type = "s"
    save(book, "formats")


def make_formulas():
    """No program has calculated these: openpyxl writes formulas alone."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append(["fund", "indicator", "target", "actual", "weight"])
    sheet.append(["f", "a.formula", "≥10", "=5+6", 50])
    sheet.append(["f", "a.value", "≥10", 12, 50])
    save(book, "formulas")


def make_sheets():
    """One book for every table, a cover before them, a hidden sheet, an empty one."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "封面"
    cover.sheet_state = "hidden"
    cover["B2"] = "绩效自评材料"
    tables = {
        "项目": [["fund", "name", "budget", "spent"], ["f", "营养改善", 387664.62, 380000]],
        "指标 表": [["fund", "indicator", "target", "actual", "weight"], ["f", "a.x", "≥10个", 9, 60], ["f", "a.y", "≥10个", 10, 40]],
        "数据": [["fund", "fact", "value"], ["f", "staff", 12], ["f", "regular", True], ["f", "irregular", False]],
        "空表": [],
    }
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.active = 1
    save(book, "sheets")


def make_hidden():
    """Rows, a column and a sheet that nobody sees."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for row in rows_of("hidden"):
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True
    secret = book.create_sheet("暗表")
    secret.sheet_state = "veryHidden"
    for row in sheet.iter_rows(values_only=True):
        secret.append(row)
    save(book, "hidden")


for make in (make_form, make_formats, make_formulas, make_sheets, make_hidden):
    make()
