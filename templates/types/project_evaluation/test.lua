test.case("process.funds.received: 490 / 500",
    { indicator = "process.funds.received", facts = { budget = "500万元", received = "490万元" } },
    { actual = 98, attainment = 0.98 })
