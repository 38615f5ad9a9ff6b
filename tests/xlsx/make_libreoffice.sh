#!/bin/sh
# make_libreoffice.sh - workbooks as LibreOffice writes them: of form.fods, of expected/form.csv with figures and days found
# out as a user's import does, and what libxlsxwriter made saved once more.
#
#     sh tests/xlsx/make_libreoffice.sh FOLDER
#
# In the root of the tree. Writes FOLDER/..._libreoffice.xlsx: the same figures each time, other bytes (the time is in them).
set -eu
to=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# convert SOURCE SHEET NAME [OPTION …]: a sheet of CSV is called after its file.
convert() {
    source=$1
    sheet=$2
    name=$3
    shift 3
    mkdir -p "$work/out"
    cp "$source" "$work/$sheet.${source##*.}"
    LC_ALL=C.UTF-8 soffice --headless "-env:UserInstallation=file://$work/profile" "$@" \
        --convert-to xlsx --outdir "$work/out" "$work/$sheet.${source##*.}" >"$work/log" 2>&1 || cat "$work/log" >&2
    mv "$work/out/$sheet.xlsx" "$to/$name.xlsx"
}

convert tests/xlsx/form.fods form form_libreoffice
# Commas, quotes, UTF-8, English (USA), quoted cells as they are, numbers and days found out.
convert tests/xlsx/expected/form.csv 自评表 form_csv_libreoffice "--infilter=CSV:44,34,76,1,,1033,true,true"
convert tests/xlsx/made/formats_libxlsxwriter.xlsx formats formats_libreoffice
