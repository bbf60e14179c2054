"""An uploaded spreadsheet, read safely into a frame of text."""

type_of_row = tuple[int, list[str]]
