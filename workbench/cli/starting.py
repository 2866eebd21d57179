"""The command that opens a case in the browser."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path


def serve(arguments: Namespace) -> int:
    """Serve a case until it is interrupted."""
    from workbench.serving import prepare

    app = prepare(
        Path(arguments.case),
        address=arguments.address,
        port=arguments.port,
        ledger=arguments.ledger,
        anonymous=arguments.allow_anonymous,
    )
    print(f"{app.url} (Ctrl+C stops it)", flush=True)
    return app.run()
