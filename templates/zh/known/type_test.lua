-- @type@ 的测试：steelyard test 逐条核对。每条是：名称，给出的数据，应得的结果。改了规则，就按办法手工算一个
-- 例子加在这里。数字均为虚构。
local test = require "steelyard.test"

@cases@
-- 给出的可以是一个指标（indicator、target、actual、rating），基础数据（facts），或一整个评价对象
-- （indicators = { … }）；应得的可以是 attainment（得分系数）、score（得分）、status、finding（疑点代码）等：
-- test.case("名称", { indicator = "@path@", target = "≥10个", actual = "5个" }, { attainment = 0.5 })
