"""Run the workbench on the case in this folder."""

from streamlit import App

from workbench.ui.entrance import guarded
from workbench.ui.frame import run

if __name__ == "__main__":  # as a page; the server imports it by its own name
    run(__file__)
else:
    app = App(__file__, middleware=guarded())
