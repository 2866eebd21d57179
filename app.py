"""Run the workbench on the case in this folder."""

if __name__ == "__main__":  # as a page, run by the server
    from workbench.ui.frame import run

    run(__file__)
else:  # as the server, by its own name
    from streamlit import App

    from workbench.ui import server

    app = App(__file__, **server.parts())
