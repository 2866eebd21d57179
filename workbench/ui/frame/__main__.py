"""The script that Streamlit is started on by `workbench serve`.

It stands in a folder of its own: beside a folder named pages, Streamlit would serve
that folder's scripts by themselves, past the frame, to whoever comes first.
"""

from workbench.ui.frame import run

run()
