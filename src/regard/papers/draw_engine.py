"""Draws charts in a confined child: reads `job.json` in its folder, writes pictures beside it.

Started through `confine.py`, never imported. The job is a list of Vega-Lite specifications,
the kinds of picture wanted and the scale of a PNG.
"""

import json
from pathlib import Path

import vl_convert
from fontpkg_arimo import ROOT as FONTS

FETCH_FROM: list[str] = []  # base addresses from which a specification may fetch: none


def main() -> None:
    """Draw every chart of the job in every kind that it wants."""
    vl_convert.register_font_directory(str(FONTS))
    job = json.loads(Path("job.json").read_text(encoding="utf-8"))
    for number, spec in enumerate(job["specs"], start=1):
        text = json.dumps(spec)
        if "svg" in job["kinds"]:
            svg = vl_convert.vegalite_to_svg(text, allowed_base_urls=FETCH_FROM)
            Path(f"chart-{number}.svg").write_text(svg, encoding="utf-8")
        if "png" in job["kinds"]:
            png = vl_convert.vegalite_to_png(text, scale=job["scale"], allowed_base_urls=FETCH_FROM)
            Path(f"chart-{number}.png").write_bytes(png)


if __name__ == "__main__":
    main()
