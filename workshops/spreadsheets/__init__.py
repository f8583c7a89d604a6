"""Spreadsheets of people: opened without trusting them, read, and written. Knows no database."""

from workshops.spreadsheets.books import Book, Row, open_book
from workshops.spreadsheets.columns import guess_columns, guess_header_row, guess_sheet
from workshops.spreadsheets.containers import BIGGEST_FILE, Kind, Unreadable
from workshops.spreadsheets.rows import Read, Reader
from workshops.spreadsheets.vocabulary import FIELDS, Field, category_of
from workshops.spreadsheets.writing import Sheet, write_csv, write_xlsx

__all__ = [
    "BIGGEST_FILE",
    "FIELDS",
    "Book",
    "Field",
    "Kind",
    "Read",
    "Reader",
    "Row",
    "Sheet",
    "Unreadable",
    "category_of",
    "guess_columns",
    "guess_header_row",
    "guess_sheet",
    "open_book",
    "write_csv",
    "write_xlsx",
]
