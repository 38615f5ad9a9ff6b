test.case("*.staff_control: 48 / 50",
    { indicator = "input.staff_control", facts = { staff = 48, staff_quota = 50 } }, { attainment = 1 })
