"""Read a matrix out of a table of texts, as analysts keep one in a sheet.

A sheet comes in, a case goes out: where its matrix lies, what its columns hold, what
each text means. No file format is known here, nothing is guessed in silence, and no
file is opened.
"""
