"""The register of officials as a file: one table that goes out and comes back. No database.

content = template(about, rows, authorities); table = read_register(content, "a.xlsx")
marked(about, table, problems, authorities); register_csv(about, rows), register_xlsx(about, rows)
"""

from data_layer.official_files.about import About
from data_layer.official_files.columns import (
    CODE,
    NAME,
    NUMBER,
    REASON,
    VERSION,
    RegisterRow,
    reason_text,
    version_text,
)
from data_layer.official_files.reading import FileRow, read_register
from data_layer.official_files.workbook import (
    Choice,
    marked,
    register_csv,
    register_xlsx,
    template,
)

__all__ = [
    "CODE",
    "NAME",
    "NUMBER",
    "REASON",
    "VERSION",
    "About",
    "Choice",
    "FileRow",
    "RegisterRow",
    "marked",
    "read_register",
    "reason_text",
    "register_csv",
    "register_xlsx",
    "template",
    "version_text",
]
