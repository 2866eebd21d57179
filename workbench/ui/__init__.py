"""The screens: what is shown and asked, never what it comes to."""
