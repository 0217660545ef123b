"""The trilingual page: one article in English and in every Chinese locale, on one HTML page with a language switch.

The page stands alone: no font, script, style or picture is fetched from anywhere.
"""

from pipeline.page.assemble import build

__all__ = ["build"]
