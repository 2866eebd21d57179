"""Run the workbench on the case that the environment names."""

if __name__ == "__main__":  # as a page, run by the server
    from workbench.ui.frame import run

    run()
else:  # as the server, by its own name
    from streamlit import App

    from workbench.ui import ahead, delivery, entrance, font_files

    delivery.keep_in_order()  # before the first page asks for anything
    app = App(
        __file__,
        middleware=entrance.guarded(),
        routes=font_files.routes(entrance.base()),
        lifespan=ahead.loaded,
    )
