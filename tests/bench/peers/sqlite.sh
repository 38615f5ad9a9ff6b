#!/bin/sh
# SQLite: typed tables in memory, imported by its own program, and one query.
#   sqlite.sh MODULES FOLDER OUT.csv
set -eu
sqlite3 :memory: <<END
CREATE TABLE outcomes(fund TEXT, year INTEGER, indicator TEXT, sign TEXT, target REAL, actual REAL);
CREATE TABLE funds(fund TEXT, type TEXT, department TEXT, year INTEGER, budget REAL, spent REAL,
  PRIMARY KEY (fund, year)) WITHOUT ROWID;
CREATE TABLE weights(type TEXT, indicator TEXT, weight REAL, PRIMARY KEY (type, indicator)) WITHOUT ROWID;
.mode csv
.import --skip 1 '$2/funds.csv' funds
.import --skip 1 '$2/weights.csv' weights
.import --skip 1 '$2/outcomes.csv' outcomes
.headers on
.output '$3'
WITH points AS (
  SELECT o.fund, f.type, f.department, o.year, round(w.weight * CASE
    WHEN sign = '<=' THEN CASE WHEN actual <= target THEN 1 ELSE target / actual END
    WHEN actual >= target THEN 1 WHEN target <= 0 THEN 0 ELSE max(0, actual / target) END, 2) AS points
  FROM outcomes o JOIN funds f ON f.fund = o.fund AND f.year = o.year
  JOIN weights w ON w.type = f.type AND w.indicator = o.indicator),
scores AS (
  SELECT fund, type, department, year, round(sum(points), 2) AS score FROM points GROUP BY fund, year)
SELECT *, CASE WHEN score >= 90 THEN '优' WHEN score >= 80 THEN '良' WHEN score >= 60 THEN '中' ELSE '差' END AS grade
FROM scores;
END
