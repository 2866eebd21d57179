"""The script that `workbench serve` starts Streamlit on, and nothing else.

It stands in a folder of its own: beside a folder named pages, Streamlit would serve
that folder's scripts by themselves, past the frame, to whoever comes first; and what
lies beside it would be found before other modules of its name.
"""
