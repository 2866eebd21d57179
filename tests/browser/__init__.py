"""Journeys in Chromium on a real server, for what exists only there.

What a unit test or Streamlit's AppTest can show does not belong here: each journey
costs seconds.
"""
