"""Packs font files as WOFF2: pack.py FOLDER FILE..."""

import pathlib
import sys

from fontTools.ttLib import TTFont

folder = pathlib.Path(sys.argv[1])
for name in map(pathlib.Path, sys.argv[2:]):
    font = TTFont(name, recalcBBoxes=False, recalcTimestamp=False)
    stem = name.stem
    if "COLR" in font:
        # The same pictures a second time, for browsers that do not draw COLRv1.
        del font["SVG "]
        stem = "NotoColorEmoji"
    font.flavor = "woff2"
    font.save(folder / f"{stem}.woff2")
