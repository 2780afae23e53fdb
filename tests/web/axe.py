"""What axe-core sees of a page at WCAG 2.2 AA, in light and in dark."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_SCHEME = {"light": STANDARDS, "dark": ["color-contrast"]}
"""In the dark only the colours are others."""
_AXE = Axe()


def faults(page: Page, scheme: str = "light") -> list[str]:
    """What axe-core finds on the page as it stands: the rule, and where."""
    found = _AXE.run(page, options={"runOnly": BY_SCHEME[scheme], "resultTypes": ["violations"]}).response
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]


def looked_at(page: Page) -> list[str]:
    """What is wrong with the page as it stands, in light and in dark."""
    found = []
    for scheme in BY_SCHEME:
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {fault}" for fault in faults(page, scheme)]
    return found


def faulty(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """The states in which something was found."""
    return {state: faults for state, faults in found.items() if faults}
