"""One desk for all tests of the pages: it takes seconds to make."""

from tests.web.served import office

__all__ = ["office"]
