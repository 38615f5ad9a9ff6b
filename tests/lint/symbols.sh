#!/bin/sh
# Lint: the library exports only sy_ names. symbols.sh LIBRARY
set -u
names=$(nm -D --defined-only "$1" | awk '{ print $3 }' | grep -v '^__odr_asan') || exit 1
others=$(printf '%s\n' "$names" | grep -v '^sy_[a-z0-9_]*$')
if [ -n "$others" ]; then
    printf '%s\n' "exported without sy_:" "$others"
    exit 1
fi
echo "$(printf '%s\n' "$names" | wc -l) names, all sy_"
