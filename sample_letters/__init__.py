"""The public corpus of synthetic letters, charts and gold answers. Not part of the installed package."""
