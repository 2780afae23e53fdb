"""Names of the files that a child leaves when it reads a document for its pages (``pipeline.viewing``)."""

WORDS = "words.json"
SIZES = "sizes.json"
