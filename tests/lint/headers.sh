#!/bin/sh
# Lint: each public header compiles alone. headers.sh COMPILER LANGUAGE STANDARD
set -u
failed=0
count=0
for header in engine/include/steelyard/*.h; do
    name=${header##*/}
    count=$((count + 1))
    printf '#include <steelyard/%s>\n#include <steelyard/%s>\n' "$name" "$name" |
        "$1" -x "$2" "-std=$3" -Wall -Wextra -Wpedantic -Wundef -Werror -Iengine/include \
            -fsyntax-only - || failed=1
done
echo "$count headers as $3"
[ "$count" -gt 0 ] && exit "$failed"
