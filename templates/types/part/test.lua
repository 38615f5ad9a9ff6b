test.case("results.annual_goals: Large extent",
    { indicator = "results.annual_goals", actual = "Large extent" }, { attainment = 0.67 })
