"""Cuts a font down to some characters: subset_font.py FONT CHARACTERS OUTPUT [--tabular-figures]

With --tabular-figures the digits become the font's equally wide ones: Dear ImGui applies no OpenType
features, and numbers that change while training would otherwise jump about.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont


def use_tabular_figures(font):
    replacements = {}
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    table = getattr(table, "ExtSubTable", table)
                    replacements.update(table.mapping)
    digits = [ord(digit) for digit in "0123456789"]
    for table in font["cmap"].tables:
        for digit in digits:
            glyph = table.cmap.get(digit)
            if glyph:
                table.cmap[digit] = replacements.get(glyph, glyph)
    widths = [font["hmtx"][font.getBestCmap()[digit]][0] for digit in digits]
    # Inter's interpolated weights are off by rounding, far below a pixel.
    if max(widths) > 1.01 * min(widths):
        sys.exit(f"digits are not equally wide: {widths}")


def main(source, characters, output, *flags):
    font = TTFont(source)
    if "--tabular-figures" in flags:
        use_tabular_figures(font)
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = [0, 1, 2, 13]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(characters))
    subsetter.subset(font)
    font.save(output)


main(*sys.argv[1:])
