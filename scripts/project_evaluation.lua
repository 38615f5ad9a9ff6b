-- 项目支出绩效评价 (project_evaluation): a finance bureau's or department's evaluation of a project, after the framework
-- of indicators annexed to 财预〔2020〕10号《项目支出绩效评价管理办法》: 决策, 过程, 产出, 效益.
--
-- [F] marks what stands in published reports: the four classes, 立项依据充分性 with its five points (要点), 资金到位率, 产出数量.
-- [M] marks what is typical and not confirmed: it is configuration, not a quotation. The framework says what to look at
-- and how rates are computed; how a value becomes points it leaves open, so all of that is [M]: a checklist earns
-- its share of points met, a rate is graded against [targets] by its sign. Wording of points is short and our own.
--
-- A measure stands with a pattern that fits its path alone, and so holds only where the indicator has points: a yardstick
-- that takes indicators of its own in its place (`output.quantity.completion = none`) is not asked for its facts.
local sy = require "steelyard"
local checks = require "checks"
local reported = require "reported"
local tiers = require "tiers"
local rules = sy.rules { api = 1 }

local sources = {}

-- The measure of one row; what the form reports where none of its facts is told.
local function measure(path, rate)
    reported.add(rules, sources, "*" .. path, rate)
end

-- 100 × part ÷ whole of two facts.
local function rate(part, whole)
    return { part, whole, compute = function(fund)
        return sy.percent(fund[part], fund[whole]), "%"
    end }
end

-- 决策：项目立项 ----------------------------------------------------------------------------------------

-- [F] five points
rules.indicator["decision.approval.basis"] = sy.checklist {
    { "①符合法律法规、发展规划和政策", 1 },
    { "②符合行业规划和政策要求", 1 },
    { "③在部门职责范围内", 1 },
    { "④属于公共财政支持范围，符合央地事权支出责任划分", 1 },
    { "⑤不与其他项目重复", 1 },
}
-- [M]
rules.indicator["decision.approval.procedure"] = sy.checklist {
    { "①按规定程序申请设立", 1 },
    { "②审批文件、材料齐全", 1 },
    { "③事前经过必要的论证、评估或集体决策", 1 },
}

-- 决策：绩效目标、资金投入 [M] -------------------------------------------------------------------------

rules.indicator["decision.goals.reasonable"] = sy.checklist {
    { "①设有绩效目标", 1 },
    { "②与实际工作内容相关", 1 },
    { "③产出和效益合乎正常业绩水平", 1 },
    { "④与预算资金量相匹配", 1 },
}
rules.indicator["decision.goals.clear"] = sy.checklist {
    { "①细化为具体的绩效指标", 1 },
    { "②有清晰、可衡量的指标值", 1 },
    { "③与项目任务数或计划数相对应", 1 },
}
rules.indicator["decision.funding.budget"] = sy.checklist {
    { "①预算编制经过论证", 1 },
    { "②预算内容与项目内容相符", 1 },
    { "③测算依据充分，按照标准编制", 1 },
    { "④预算资金量与工作任务相匹配", 1 },
}
rules.indicator["decision.funding.allocation"] = sy.checklist {
    { "①资金分配依据充分", 1 },
    { "②分配额度合理，与实际相适应", 1 },
}

-- 过程：资金管理 ----------------------------------------------------------------------------------------

-- [F] 实际到位资金÷预算资金
measure("process.funds.received", rate("received", "budget"))
-- [M] 实际支出资金÷实际到位资金：分母不是预算数，与自评表不同
measure("process.funds.execution", rate("spent", "received"))
-- [M]
rules.indicator["process.funds.compliance"] = sy.checklist {
    { "①符合财经法规、财务制度和资金管理办法", 1 },
    { "②资金拨付有完整的审批程序和手续", 1 },
    { "③符合预算批复或合同规定的用途", 1 },
    { "④没有截留、挤占、挪用、虚列支出", 1 },
}

-- 过程：组织实施 [M] ------------------------------------------------------------------------------------

rules.indicator["process.organization.rules"] = sy.checklist {
    { "①有财务和业务管理制度", 1 },
    { "②制度合法、合规、完整", 1 },
}
rules.indicator["process.organization.enforcement"] = sy.checklist {
    { "①遵守法律法规和管理规定", 1 },
    { "②项目调整和支出调整手续完备", 1 },
    { "③合同、验收、技术鉴定等资料齐全并及时归档", 1 },
    { "④人员、场地设备、信息支撑落实到位", 1 },
}

-- 产出 --------------------------------------------------------------------------------------------------

-- [F] 实际产出数÷计划产出数
measure("output.quantity.completion", rate("output_done", "output_planned"))
-- [M] 质量达标产出数÷实际产出数
measure("output.quality.qualified", rate("output_qualified", "output_done"))

-- [M] 实际完成时间与计划完成时间比较；逾期每满一个月或不足一个月扣一成
rules.target["*output.timeliness.finished"] = function(fund)
    local row = fund.indicators["output.timeliness.finished"]
    return fund.facts.finish_planned_on or row and row.target
end
measure("output.timeliness.finished", { "finished_on", kind = "userdata", compute = function(fund)
    return fund.finished_on
end })
rules.indicator["output.timeliness.finished"] = sy.deadline { lose = 0.1, per = "month" }

-- [M] (计划成本－实际成本)÷计划成本
measure("output.cost.saving", { "cost", "cost_planned", compute = function(fund)
    return sy.percent(fund.cost_planned - fund.cost, fund.cost_planned), "%"
end })
-- [M] 不超计划成本即满分；每超出一个百分点扣去 cost_lose，按比例计算
rules.indicator["output.cost.saving"] =
    sy.deduct { from = 0, per = 1, lose = rules.parameters.cost_lose, steps = "prorata", when = "below" }

-- 效益：实施效益、满意度 are graded by sign: a number against its target, a judgement by [ratings].

-- Money that was spent but never arrived.
local function check_received(fund)
    local received, spent = fund.received, fund.spent
    if received and spent and spent > received then
        checks.say(fund, "warning", "overspent", { zh = "实际支出 %s 大于实际到位资金 %s：请核实资金来源",
            en = "%s was spent, more than the %s received: say where it came from" }, checks.money(spent),
            checks.money(received))
    end
end

function rules.check(fund)
    reported.check(fund, sources)
    check_received(fund)
    tiers.check(fund, rules.parameters)
    checks.parts(fund)
    checks.wording(fund)
end

return rules
