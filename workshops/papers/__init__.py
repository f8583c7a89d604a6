"""Papers of a workshop: read from the database as values, written as HTML, laid out as PDF.

Each document is made in the event's language (papers.languages). No clock is read: the day that a
paper says it was made on is handed in, so that the same content gives the same bytes.
"""
