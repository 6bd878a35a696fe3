# Fonts for the canvas, reduced to the characters the page can show.

FONTS_RECIPE="1 $(sha256sum <"$ROOT/tools/subset_font.py")"

# Latin, Latin-1, dashes and quotes, bullets, arrows, and mathematical symbols.
INTER_CHARACTERS='U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2013-2014,U+2018-201A,U+201C-201E,U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2190-2199,U+21BA-21BB,U+2202,U+2206,U+2211-2212,U+2215,U+221A,U+221E,U+222B,U+2248,U+2260,U+2264-2265,U+25A0-25A1,U+25B2-25B3,U+25B6-25B7,U+25BC-25BD,U+25C0-25C1,U+25CB,U+25CF,U+2713,U+2717,U+0391-03A9,U+03B1-03C9,U+1E9E'
ICON_CHARACTERS='U+F000-F2E0'

install_fonts() {
    local unpacked made inter
    download deb "${FONT_PACKAGES[@]}"
    unpacked="$(fresh_directory fonts-unpacked)"
    made="$(fresh_directory fonts)"
    unpack_deb fonts-inter "$unpacked"
    unpack_deb fonts-font-awesome "$unpacked"
    inter="$unpacked/usr/share/fonts/opentype/inter"
    subset_font "$inter/Inter-Regular.otf" "$INTER_CHARACTERS" "$made/inter_regular.otf" --tabular-figures
    subset_font "$inter/Inter-SemiBold.otf" "$INTER_CHARACTERS" "$made/inter_semibold.otf" --tabular-figures
    subset_font "$unpacked/usr/share/fonts/truetype/font-awesome/fontawesome-webfont.ttf" \
        "$ICON_CHARACTERS" "$made/font_awesome.ttf"
    mkdir "$made/licences"
    cp "$unpacked/usr/share/doc/fonts-inter/copyright" "$made/licences/inter"
    cp "$unpacked/usr/share/doc/fonts-font-awesome/copyright" "$made/licences/font-awesome"
    publish "$made" "$DEPS/fonts"
    rm -rf "$unpacked"
}

# Uses /usr/bin/python3, because Debian's fontTools is installed for Debian's Python, which may not be first on PATH.
subset_font() {
    logged setup-fonts /usr/bin/python3 "$ROOT/tools/subset_font.py" "$@" || die "could not subset $1"
}
