"""Run the workbench on the case in this folder."""

from workbench.ui.frame import run

run(__file__)
