"""The language switch in a real browser. These tests exist only where Chromium is installed; the rest of the suite is
complete without them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from page_case import case, locales

from pipeline.page import build

CHROMIUM = shutil.which("chromium")
PROBE = """
<script>
addEventListener("load", function () {
  var seen = Array.from(document.querySelectorAll("main > article")).filter(function (each) {
    return getComputedStyle(each).display !== "none";
  });
  document.body.setAttribute("data-seen", seen.map(function (each) { return each.id; }).join(" "));
});
</script>
"""

if CHROMIUM:
    pytestmark = pytest.mark.slow

    def in_browser(text: str, folder: Path, fragment: str = "") -> str:
        """The page after its scripts have run, with the articles that can be seen named in `data-seen`."""
        file = folder / "page.html"
        text = re.sub(r"<meta http-equiv=[^>]*>", "", text)  # the policy would keep the probe out too
        file.write_text(text.replace("</body>", f"{PROBE}</body>"), "utf-8")
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1400,900"]
        done = subprocess.run(
            [CHROMIUM, *flags, f"--user-data-dir={folder / 'profile'}", "--dump-dom", f"{file.as_uri()}{fragment}"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout

    def seen(dom: str) -> str:
        return re.search(r'data-seen="([^"]*)"', dom)[1]

    def page() -> str:
        article, targets = case("treaty")
        return build(article, targets, locales())

    @pytest.mark.parametrize("tag", ["en", "zh-Hant-TW"])
    def test_an_address_can_name_the_language(tag: str, tmp_path: Path) -> None:
        dom = in_browser(page(), tmp_path, f"#{tag}")
        assert seen(dom) == tag
        assert re.search(r"<html [^>]*>", dom)[0] == f'<html lang="{tag}" data-show="{tag}">'

    def test_without_a_fragment_the_first_edition_is_shown(tmp_path: Path) -> None:
        assert seen(in_browser(page(), tmp_path)) == "zh-Hans"

    @pytest.mark.parametrize("tag", ["en", "zh-Hant-HK"])
    def test_the_switch_needs_no_script(tag: str, tmp_path: Path) -> None:
        text = re.sub(r"<script>.*?</script>", "", page(), flags=re.DOTALL).replace(" checked", "")
        picked = text.replace(f'name="language" value="{tag}"', f'name="language" value="{tag}" checked')
        assert picked != text
        assert seen(in_browser(picked, tmp_path)) == tag

    def test_side_by_side_shows_english_and_the_language_picked(tmp_path: Path) -> None:
        text = page().replace('id="parallel"', 'id="parallel" checked')
        assert seen(in_browser(text, tmp_path, "#zh-Hant-HK")) == "en zh-Hant-HK"

    def test_the_policy_lets_the_pages_own_script_run(tmp_path: Path) -> None:
        file = tmp_path / "page.html"
        file.write_text(page(), "utf-8")
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
        done = subprocess.run(
            [CHROMIUM, *flags, "--dump-dom", f"{file.as_uri()}#zh-Hant-TW"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert 'data-show="zh-Hant-TW"' in done.stdout
