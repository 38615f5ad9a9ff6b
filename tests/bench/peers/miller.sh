#!/bin/sh
# Miller: joins, one expression, sums by fund and year. Points are summed as whole cents.
#   miller.sh MODULES FOLDER OUT.csv
set -eu
mlr --icsv --ocsv join -j fund,year -f "$2/funds.csv" \
    then join -j type,indicator -f "$2/weights.csv" \
    then put '
        down = $sign == "<=";
        part = down ? $target : $actual;
        whole = down ? $actual : $target;
        $points = roundm(100 * $weight * (part >= whole ? 1.0 : part / whole), 1)' \
    then stats1 -a sum -f points -g fund,type,department,year \
    then put '
        $score = $points_sum / 100;
        $grade = $score >= 90 ? "优" : $score >= 80 ? "良" : $score >= 60 ? "中" : "差"' \
    then cut -x -f points_sum "$2/outcomes.csv" >"$3"
