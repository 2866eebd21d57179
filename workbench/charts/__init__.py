"""Results as altair charts, a module for each thing that is shown.

Pure functions from results to small specifications: a chart travels on every edit, so
that its data are inline and short. Colours and text fit a light and a dark page alike,
and nothing is told by colour alone. Nothing is computed here that a result does not
hold, no sentence is worded here, and neither Streamlit nor a file is known.
"""
