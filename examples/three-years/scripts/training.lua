-- 企业培训补贴（虚构）：全部按指标性质计分。
local sy = require "steelyard"
return sy.base()
