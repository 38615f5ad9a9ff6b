test.case("execution.rate: @in_part@",
    { indicator = "execution.rate", facts = { budget = "100万元", spent = "92万元" } }, { attainment = 0.92 })

test.case("output.timeliness.allotted: @in_full@",
    { indicator = "output.timeliness.allotted", target = "6月底前", facts = { allotted_on = "5月20日" } },
    { attainment = 1 })
