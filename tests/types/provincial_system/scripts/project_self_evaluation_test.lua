-- The production rules of that system, row by row: w points, target t, actual a, round(…, 2).
local test = require "steelyard.test"

local function row(sign, target, actual, weight)
    return { indicator = "output.quality.any", sign = sign, target = target, actual = actual, weight = weight or 15 }
end

-- Signs > ≥: a ≥ t → w, else round(a ÷ t × w, 2).
for _, sign in ipairs { ">", ">=" } do
    test.case(sign .. ": a = t", row(sign, 40, 40), { score = 15 })
    test.case(sign .. ": a > t", row(sign, 40, 41), { score = 15, no_finding = "target-too-low" })
    test.case(sign .. ": a < t", row(sign, 40, 39), { score = 14.63 }) -- 39 ÷ 40 × 15 = 14.625
    test.case(sign .. ": a = 0", row(sign, 40, 0), { score = 0 })
    test.case(sign .. ": a < 0 counts as 0", row(sign, 40, -4), { score = 0 })
    test.case(sign .. ": a just below 1.2 t", row(sign, 40, 47.9), { score = 15, no_finding = "target-too-low" })
    test.case(sign .. ": a = 1.2 t", row(sign, 40, 48), { score = 15, finding = "target-too-low" })
end

-- Sign =, t > 0: as above; over-fulfilment is not punished. t = 0: a ≤ 0 → w, else 0.
test.case("=: a = t", row("=", 40, 40), { score = 15 })
test.case("=: a < t", row("=", 40, 30), { score = 11.25 })
test.case("=: a > t", row("=", 40, 44), { score = 15 })
test.case("=: t = 0, a = 0", row("=", 0, 0), { score = 15 })
test.case("=: t = 0, a < 0", row("=", 0, -1), { score = 15 })
test.case("=: t = 0, a > 0", row("=", 0, 0.1), { score = 0 })

-- Signs < ≤: a ≤ t → w; t < a < 2t → round((1 − (a − t) ÷ t) × w, 2); a ≥ 2t → 0.
for _, sign in ipairs { "<", "<=" } do
    test.case(sign .. ": a = t", row(sign, 40, 40), { score = 15 })
    test.case(sign .. ": a < t", row(sign, 40, 39), { score = 15 })
    test.case(sign .. ": a just over t", row(sign, 40, 41), { score = 14.63 }) -- (1 − 1 ÷ 40) × 15 = 14.625
    test.case(sign .. ": a halfway", row(sign, 40, 60), { score = 7.5 })
    test.case(sign .. ": a just below 2 t", row(sign, 40, 79), { score = 0.38 }) -- (1 − 39 ÷ 40) × 15 = 0.375
    test.case(sign .. ": a = 2 t", row(sign, 40, 80), { score = 0 })
    test.case(sign .. ": a > 2 t", row(sign, 40, 100), { score = 0 })
end

-- Budget row: spent ÷ budget × 10. There more was earned over 100 %, and 0 of 0; here neither.
test.case("budget: part of it", { indicator = "execution.rate", facts = { budget = 300, spent = 200 } }, { score = 6.67 })
test.case("budget: over 100 per cent earns 10", { indicator = "execution.rate", facts = { budget = 300, spent = 301 } },
    { score = 10, finding = "overspent" })
test.case("budget: 0 does not apply, whatever was spent", { indicator = "execution.rate", facts = { budget = 0, spent = 5 } },
    { status = "not_applicable", finding = "zero-budget" })

-- Total of indicators and budget row; grades from 80, 70, 60.
local function form(actual)
    return { facts = { budget = 100, spent = 100 },
        indicators = { { indicator = "output.quantity.a", target = "≥50", actual = actual, weight = 50 },
            { indicator = "benefit.social.b", target = "≥10", actual = 10, weight = 30 },
            { indicator = "satisfaction.c", target = "≥90%", actual = "90%", weight = 10 } } }
end
test.case("80 is 优", form(30), { score = 80, grade = "优" })
test.case("79.99 is 良", form(29.99), { score = 79.99, grade = "良" })
test.case("70 is 良", form(20), { score = 70, grade = "良" })
test.case("69.99 is 中", form(19.99), { score = 69.99, grade = "中" })
test.case("60 is 中", form(10), { score = 60, grade = "中" })
test.case("59.99 is 差", form(9.99), { score = 59.99, grade = "差" })
