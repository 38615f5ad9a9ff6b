// words.js - what the page says, in the document's language.
const LANGUAGE = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';
const WORDS = {
  skip: ['跳到正文', 'Skip to content'], overview: ['概览', 'Overview'], funds: ['评价对象', 'Funds'],
  departments: ['部门汇总', 'Departments'], findings: ['疑点', 'Findings'], yardsticks: ['评价标准', 'Yardsticks'],
  worklist: ['待办', 'Worklist'], summary: ['汇总', 'Summary'], changes: ['变化', 'Changes'], ranks: ['名次', 'Ranks'],
  results: ['结果', 'Results'], made: ['由 Steelyard（杆秤）生成', 'Made by Steelyard'],
  score: ['得分', 'Score'], grade: ['等级', 'Grade'], rank: ['名次', 'Rank'], coverage: ['可评率', 'Coverage'],
  bounds: ['得分范围', 'Bounds'], status: ['状态', 'Status'], year: ['年度', 'Year'], type: ['类型', 'Type'],
  department: ['主管部门', 'Department'], name: ['名称', 'Name'], fund: ['评价对象', 'Fund'], claimed: ['自评得分', 'Claimed'],
  claimed_total: ['自评总分', 'Claimed total'], claimed_grade: ['自评等级', 'Claimed grade'], all: ['全部', 'All'],
  search: ['查找', 'Search'], search_hint: ['编号、名称、部门', 'id, name, department'],
  shown: ['显示 {0} 项，共 {1} 项', '{0} of {1} shown'], matched: ['符合条件 {0} 项，共 {1} 项', '{0} of {1} match'],
  more: ['再显示 {0} 项', 'Show {0} more'], all_rows: ['全部显示', 'Show all'], reset: ['清除条件', 'Clear'],
  mean: ['平均得分', 'Mean score'], scored: ['已评', 'Scored'], no_grade: ['无等级', 'No grade'], none: ['无', 'None'],
  unknown: ['未提供', 'not given'], errors: ['错误', 'Errors'], warnings: ['警告', 'Warnings'], notes: ['提示', 'Notes'],
  back: ['← 返回总表', '← Back to all'], levels: ['一级指标得分', 'Scores by level'], level: ['一级指标', 'Level'],
  weight: ['分值', 'Weight'], share: ['得分率', 'Share earned'], facts: ['资金与基础数据', 'Money and facts'],
  fact: ['数据', 'Fact'], value: ['数值', 'Value'], written: ['原文', 'As written'], source: ['出处', 'Place'],
  indicators: ['指标', 'Indicators'], indicator: ['指标', 'Indicator'], level1: ['一级', 'Level 1'],
  level2: ['二级', 'Level 2'], target: ['指标值', 'Target'], actual: ['实际完成值', 'Actual'],
  attainment: ['得分系数', 'Attainment'], reason: ['计算说明', 'How it came about'], note: ['偏差原因', 'Note'],
  rule: ['规则', 'Rule'], adjustments: ['加减分', 'Adjustments'], points: ['分数', 'Points'], cap: ['等级上限', 'Grade at most'],
  veto: ['一票否决', 'veto'], severity: ['程度', 'Severity'], code: ['代码', 'Code'], message: ['疑点', 'Finding'],
  meaning: ['含义', 'Meaning'], remedy: ['办法', 'What to do'], no_findings: ['没有疑点。', 'No findings.'],
  section: ['节', 'Section'], key: ['键', 'Key'], years_of: ['各年', 'Other years'], full: ['满分', 'full score'],
  funds_n: ['评价对象数', 'Funds'], weighted_mean: ['加权平均分', 'Weighted mean'], plain_mean: ['平均分', 'Mean'],
  by_money: ['按金额可评率', 'Coverage by money'], grades: ['等级', 'Grades'],
  lines: ['各年得分', 'Scores over the years'], lines_hint: ['图中为前 {0} 项；用条件缩小范围', 'the first {0} are drawn; narrow the list to see others'],
  change: ['变化', 'Change'], from: ['起', 'From'], to: ['止', 'To'], results_cause: ['实绩', 'Results'],
  targets: ['指标值', 'Targets'], weights: ['分值', 'Weights'], rules: ['评分规则', 'Rules'], indicators_cause: ['指标增减', 'Indicators'],
  adjustments_cause: ['加减分', 'Adjustments'], rounding: ['舍入', 'Rounding'], standard: ['标准', 'Standard'],
  waterfall: ['得分变化的原因', 'Causes of the change'], drivers: ['变化来源', 'Drivers'], before: ['前一年', 'Before'],
  after: ['后一年', 'After'], details: ['详情', 'Details'], no_change: ['无从比较', 'cannot be compared'],
  intervals: ['名次区间（5%–95%）', 'Rank intervals (5%–95%)'], own_rank: ['名次', 'Rank'], interval: ['区间', 'Interval'],
  p05: ['5%', '5%'], p95: ['95%', '95%'], median: ['中位数', 'Median'], best: ['最好', 'Best'], worst: ['最差', 'Worst'],
  grade_share: ['各等级所占份额', 'Share of grades'], without: ['去掉后总分', 'Total without it'],
  draws: ['抽样 {0} 次，分值上下浮动 {1}，种子 {2}', '{0} draws, weights within ±{1}, seed {2}'],
  leaving_out: ['去掉一个指标', 'Without one indicator'],
  over: ['净多报分', 'Points over'], advice: ['办法', 'What to do'], why: ['缘由', 'Why'], recomputed: ['复算得分', 'Recomputed'],
  recomputed_total: ['复算总分', 'Recomputed total'], comparable: ['可比自评得分', 'Comparable claims'],
  unreviewed: ['未复核分值', 'Weight not reviewed'], difference: ['差异', 'Difference'], verdict: ['结论', 'Verdict'],
  rows: ['项数', 'Rows'], verdicts: ['按结论', 'By verdict'], by_code: ['按代码', 'By code'], count: ['次数', 'Count'],
  agrees: ['一致', 'agrees'], overclaimed: ['自评偏高', 'overclaimed'], underclaimed: ['自评偏低', 'underclaimed'],
  judgement: ['主观评定', 'judgement'], cannot_tell: ['无法判断', 'cannot tell'], pass: ['通过', 'pass'],
  add_reason: ['补充原因', 'add a reason'], return: ['退回', 'return'], visit: ['现场核查', 'visit'],
  title_score: ['绩效评价结果', 'Scores'], title_compare: ['年度比较', 'Years compared'],
  title_sensitivity: ['分值敏感性', 'Sensitivity to weights'], title_review: ['自评复核', 'Claims reviewed'],
  sorted_up: ['升序', 'ascending'], sorted_down: ['降序', 'descending'], sort: ['按此列排序', 'sort by this column'],
  scroll: ['可左右滚动的表格', 'table, scrolls sideways'], chart_data: ['图中数据见表格。', 'The data of the chart is in the table.'],
  missing_fund: ['没有这个评价对象：{0}', 'No such fund: {0}'], script_error: ['本页数据无法读取。', 'The data of this page cannot be read.'],
};

// The words for a key, with {0}, {1} … put in. A key without words is shown as it is.
function say(key, ...values) {
  const words = WORDS[key];
  const text = words ? words[LANGUAGE === 'zh' ? 0 : 1] : key;
  return values.reduce((all, value, i) => all.replace(`{${i}}`, () => String(value)), text);
}
