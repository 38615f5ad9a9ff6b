#!/bin/sh
# Lint: .clang-format decides; ./dev format mends. format.sh CLANG_FORMAT
set -u
files=$(find engine plugins tests examples -name '*.[ch]' -not -path '*/build/*' | LC_ALL=C sort)
[ -n "$files" ] || exit 1
failed=0
for file in $files; do
    if ! "$1" "$file" | cmp -s - "$file"; then
        echo "$file: not as .clang-format asks; ./dev format mends it"
        failed=1
    fi
done
exit $failed
