"""pandas with numpy: whole columns at once.

python3 pandas.py MODULES FOLDER OUT.csv
"""
import sys

sys.path.pop(0)  # this file's own folder, where its name would hide the library's
import numpy as np
import pandas as pd

folder, out = sys.argv[2:4]
text = "category"
outcomes = pd.read_csv(f"{folder}/outcomes.csv", dtype={"fund": str, "indicator": text, "sign": text})
funds = pd.read_csv(f"{folder}/funds.csv", dtype={"fund": str, "type": str, "department": str})
weights = pd.read_csv(f"{folder}/weights.csv")
rows = outcomes.merge(funds[["fund", "year", "type"]], on=["fund", "year"])
indicator = pd.Index(weights.indicator.unique())
types = pd.Index(weights.type.unique())
table = weights.pivot(index="type", columns="indicator", values="weight").loc[types, indicator].to_numpy()
codes = indicator.get_indexer(rows.indicator.cat.categories)[rows.indicator.cat.codes]
weight = table[types.get_indexer(rows.type), codes]
down = (rows.sign == "<=").to_numpy()
target, actual = rows.target.to_numpy(), rows.actual.to_numpy()
part, whole = np.where(down, target, actual), np.where(down, actual, target)
rows["score"] = np.floor(weight * np.where(part >= whole, 1.0, part / whole) * 100 + 0.5) / 100
scores = rows.groupby(["fund", "year"], sort=False, as_index=False).score.sum()
result = funds[["fund", "type", "department", "year"]].merge(scores, on=["fund", "year"])
result["score"] = result.score.round(2)
result["grade"] = np.select([result.score >= 90, result.score >= 80, result.score >= 60], ["优", "良", "中"], "差")
result.to_csv(out, index=False)
