/** A text in both languages of the product. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}

/** What each step is called, by code. The codes are part of the API: add, never rename. */
export const stepLabels = {
  // policy values
  demand_quantile: { zh: '保护期需求在服务水平处的分位数', en: 'Demand quantile at the service level' },
  shorter_quantile: { zh: '较短期间需求的分位数', en: 'Demand quantile of a shorter period' },
  highest_quantile: { zh: '两者中较高的分位数', en: 'Higher of the two quantiles' },
  z: { zh: '服务水平对应的 Z 值', en: 'Z of the service level' },
  lead_time_root: { zh: '提前期的平方根', en: 'Square root of the lead time' },
  demand_variance: { zh: '需求方差', en: 'Variance from demand' },
  lead_time_variance: { zh: '提前期方差', en: 'Variance from the lead time' },
  total_variance: { zh: '总方差', en: 'Total variance' },
  total_sd: { zh: '总标准差', en: 'Total standard deviation' },
  quantile_excess: { zh: '超出预期需求的部分', en: 'What exceeds the expected demand' },
  safety_stock: { zh: '安全库存', en: 'Safety stock' },
  reorder_level: { zh: '预期需求加安全库存', en: 'Expected demand plus safety stock' },
  reorder_point: { zh: '再订货点', en: 'Reorder point' },
  covered_level: { zh: '不低于最低陈列量', en: 'At least the minimum presentation stock' },
  target_level: { zh: '目标库存', en: 'Target level' },
  // replenishment
  inbound_due: { zh: '保护期内到货的在途', en: 'Inbound due within the protection period' },
  position: { zh: '库存位置', en: 'Position' },
  wished_level: { zh: '所需库存', en: 'Level wished for' },
  shortfall: { zh: '缺口', en: 'Shortfall' },
  need: { zh: '净需求', en: 'Net need' },
  moq_raised: { zh: '提高到起订量', en: 'Raised to the minimum order quantity' },
  multiple_rounded: { zh: '按包装倍数取整', en: 'Rounded up to the order multiple' },
  gated: { zh: '零需求不下单', en: 'Nothing is ordered on zero need' },
  capped: { zh: '不超过上限', en: 'Kept at or below the cap' },
  cap_fitted: { zh: '上限内的整倍数', en: 'Largest multiple within the cap' },
  order_quantity: { zh: '建议订货量', en: 'Suggested order quantity' },
  // risk
  supply: { zh: '到该日为止的供给', en: 'Supply until that day' },
  covered: { zh: '到该日为止需求不超过供给的概率', en: 'Probability that demand until that day is covered' },
  demand_variance_until: { zh: '到该日为止的需求方差', en: 'Variance of demand until that day' },
  demand_variance_between: { zh: '两日之间的需求方差', en: 'Variance of demand between two days' },
  variance_sum: { zh: '方差之和', en: 'Sum of the variances' },
  covariance_double: { zh: '协方差的两倍', en: 'Twice the covariance' },
  covariance: { zh: '协方差', en: 'Covariance' },
  variance_product: { zh: '方差之积', en: 'Product of the variances' },
  sd_product: { zh: '标准差之积', en: 'Product of the standard deviations' },
  correlation_raw: { zh: '相关系数', en: 'Correlation' },
  correlation: { zh: '相关系数（0 至 0.99）', en: 'Correlation, within 0 and 0.99' },
  correlation_floor: { zh: '相关系数（不低于 0）', en: 'Correlation, at least 0' },
  stays_covered: { zh: '全程不缺货的概率', en: 'Probability of lasting all along' },
  stock_out_probability: { zh: '缺货概率', en: 'Probability of a stock-out' },
  // health
  lasting_ratio: { zh: '不缺货概率与服务水平之比', en: 'Probability of lasting against the service level' },
  lasting_share: { zh: '不缺货部分（上限 1）', en: 'Lasting part, at most 1' },
  lasting_points: { zh: '不缺货得分', en: 'Points for lasting' },
  in_stock_points: { zh: '有货率得分', en: 'Points for days in stock' },
  availability_score: { zh: '可得性得分', en: 'Availability score' },
  excess_ratio: { zh: '过剩比例', en: 'Excess against stock' },
  excess_share: { zh: '过剩比例（0 至 1）', en: 'Excess share, within 0 and 1' },
  lean_share: { zh: '非过剩比例', en: 'Share that is not excess' },
  lean_points: { zh: '非过剩得分', en: 'Points for lean stock' },
  excess_score: { zh: '过剩与呆滞得分', en: 'Excess and dead stock score' },
  turns_ratio: { zh: '周转率与目标之比', en: 'Turns against target' },
  turns_share: { zh: '周转率与目标之比（上限 1）', en: 'Turns against target, at most 1' },
  turnover_score: { zh: '周转得分', en: 'Turnover score' },
  half_error: { zh: '相对误差的一半', en: 'Half of the relative error' },
  accuracy_raw: { zh: '准确度', en: 'Accuracy' },
  accuracy_floor: { zh: '准确度（不低于 0）', en: 'Accuracy, at least 0' },
  accuracy_score: { zh: '预测准确度得分', en: 'Forecast accuracy score' },
  availability_weighted: { zh: '可得性加权得分', en: 'Availability, weighted' },
  excess_weighted: { zh: '过剩加权得分', en: 'Excess, weighted' },
  turnover_weighted: { zh: '周转加权得分', en: 'Turnover, weighted' },
  accuracy_weighted: { zh: '准确度加权得分', en: 'Accuracy, weighted' },
  weighted_sum: { zh: '加权总分', en: 'Weighted sum' },
  health_score: { zh: '健康分', en: 'Health score' },
} as const satisfies Readonly<Record<string, Label>>;

/** The code of a step; the key of its label. */
export type StepCode = keyof typeof stepLabels;
