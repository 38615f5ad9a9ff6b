test.case("execution.rate: @in_full@",
    { indicator = "execution.rate", facts = { budget = "100万元", spent = "100万元" } }, { attainment = 1 })

test.case("execution.rate: @in_part@",
    { indicator = "execution.rate", facts = { budget = "100万元", spent = "92万元" } }, { attainment = 0.92 })
