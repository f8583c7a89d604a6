"""A plan on paper: read from its document (plans.document) as values, then written as PDF, DOCX or XLSX.

Nothing here asks the database: an edition prints years later as it was adopted. No clock is read
either; the day that a draft is of is handed in, so that the same content gives the same paper.
"""
