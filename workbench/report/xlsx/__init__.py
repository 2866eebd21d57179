"""The report as a workbook; its figures and sentences are made elsewhere.

The matrix is live: whoever receives the file changes a rating, a level, an emphasis, an
origin or what takes part, and scores and ranks follow by formula. Everything else
stands as it was exported, and says so. No macro, no link to anything outside.
"""

from workbench.report.xlsx.workbook import to_xlsx

__all__ = ["to_xlsx"]
