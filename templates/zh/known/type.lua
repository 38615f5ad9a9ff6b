-- @type@（@label@）的评分规则。sy.base() 取随程序安装的规则，这里只写要改的；现在什么也没改。
-- 去掉行首的 -- 试试，再运行 steelyard score。全部规则：steelyard help，或手册 docs/rules.md。
local sy = require "steelyard"
local rules = sy.base()

-- 分档计分：95（含）以上满分，85（含）以上八成，75（含）以上五成，再低不得分。
-- rules.indicator["@path@"] = sy.tiers { { 95, 1 }, { 85, 0.8 }, { 75, 0.5 } }

-- 自己算：返回得分系数（0 到 1）和理由。
-- rules.indicator["@path@"] = function(i, fund)
--     if i.actual >= i.target then return 1, "完成" end
--     return i.actual / i.target * 0.9, "未完成，再扣一成"
-- end

-- 对数据的疑点：出现在结果下面，不影响得分。
-- function rules.check(fund)
--     if fund.spent and fund.budget and fund.spent > fund.budget then
--         fund:finding("warning", "支出大于预算，请说明")
--     end
-- end

return rules
