import type { Label } from './explanation-labels.ts';

/**
 * What each input is called, by name. `#` stands for a number, `*` for an id; names that are missing here are those of
 * steps. The names are part of the API: add, never rename.
 */
export const inputLabels: Readonly<Record<string, Label>> = {
  // stock
  available: { zh: '可用量', en: 'Available' },
  'available_*': { zh: '一个实体仓的可用量', en: 'Available in a physical warehouse' },
  on_hand: { zh: '在库量', en: 'On hand' },
  stock_units: { zh: '在库量（至少 1）', en: 'On hand, at least 1' },
  listed: { zh: '平台在售量', en: 'Offered on the platform' },
  // goods on their way
  'arrival_#': { zh: '第 # 批到货', en: 'Arrival #' },
  'arrival_day_#': { zh: '第 # 天到货', en: 'Arriving on day #' },
  'arrived_until_#': { zh: '到第 # 天为止的到货', en: 'Arrived by day #' },
  // demand ahead
  units_per_day: { zh: '日均预测需求', en: 'Expected demand a day' },
  mean_per_day: { zh: '保护期日均需求', en: 'Mean demand a day of the protection period' },
  sigma: { zh: '日需求标准差', en: 'Standard deviation of daily demand' },
  protection_demand: { zh: '保护期预期需求', en: 'Expected demand of the protection period' },
  protection_distribution: { zh: '保护期需求分布', en: 'Distribution of the protection period’s demand' },
  shorter_distribution: { zh: '较短期间的需求分布', en: 'Distribution of a shorter period’s demand' },
  cover_distribution: { zh: '保障天数的需求分布', en: 'Distribution of the demand of the days to cover' },
  horizon_demand: { zh: '期间需求分布', en: 'Distribution of the demand until then' },
  'demand_until_#': { zh: '到第 # 天为止的需求分布', en: 'Distribution of demand by day #' },
  'demand_between_#': {
    zh: '上一检查日之后到第 # 天的需求分布',
    en: 'Distribution of demand after the day looked at before, by day #',
  },
  'expected_until_#': { zh: '到第 # 天为止的预期需求', en: 'Expected demand by day #' },
  order_cycle_demand: { zh: '订货周期需求', en: 'Demand of an order cycle' },
  day_before: { zh: '前一天（从今日起算）', en: 'Days until the day before' },
  relative_error: { zh: '相对误差', en: 'Relative error' },
  // time
  lead_time_days: { zh: '补货提前期（天）', en: 'Lead time, days' },
  lead_time_sd: { zh: '补货提前期标准差（天）', en: 'Standard deviation of the lead time, days' },
  protection_days: { zh: '保护期（天）', en: 'Protection period, days' },
  // settings
  service_level: { zh: '服务水平', en: 'Service level' },
  safety_stock_override: { zh: '人工设定的安全库存', en: 'Safety stock set by a person' },
  safety_stock_default: { zh: '默认安全库存', en: 'Default safety stock' },
  min_presentation: { zh: '最低陈列量', en: 'Minimum presentation stock' },
  moq: { zh: '起订量', en: 'Minimum order quantity' },
  multiple: { zh: '包装倍数', en: 'Order multiple' },
  cap: { zh: '单次订货上限', en: 'Cap of one order' },
  unit_value: { zh: '单件金额', en: 'Value of a unit' },
  unit_price: { zh: '单价', en: 'Price of a unit' },
  unit_cost: { zh: '单件成本', en: 'Cost of a unit' },
  // the past
  days_counted: { zh: '计入天数', en: 'Days counted' },
  days_in_stock: { zh: '有货天数', en: 'Days in stock' },
  mean_units: { zh: '平均库存', en: 'Mean stock' },
  units_sold: { zh: '售出量', en: 'Units sold' },
  'sold_on_day_#': { zh: '第 # 类缺货日的日售量', en: 'Sold on a day of kind # that ran out' },
  'days_short_#': { zh: '第 # 类缺货日的天数', en: 'Days of kind # that ran out' },
  // health
  in_stock_share: { zh: '有货率', en: 'Share of days in stock' },
  idle_points_max: { zh: '闲置库存的得分上限', en: 'Most points that idle stock allows' },
  turns: { zh: '年周转次数', en: 'Turns a year' },
  target_turns: { zh: '目标年周转次数', en: 'Target turns a year' },
  availability_weight: { zh: '可得性权重', en: 'Weight of availability' },
  excess_weight: { zh: '过剩权重', en: 'Weight of excess' },
  turnover_weight: { zh: '周转权重', en: 'Weight of turnover' },
  accuracy_weight: { zh: '预测准确度权重', en: 'Weight of forecast accuracy' },
  cap_out_of_stock: { zh: '因无货封顶', en: 'Held down: out of stock' },
  cap_negative_stock: { zh: '因库存为负封顶', en: 'Held down: negative stock' },
  cap_risk_above_half: { zh: '因断货风险过半封顶', en: 'Held down: a stock-out is more likely than not' },
  // urgency of a level
  band_from: { zh: '所属区间起点', en: 'Its part of the band begins at' },
  band_to: { zh: '所属区间终点', en: 'Its part of the band ends at' },
  soonness: { zh: '临近程度', en: 'How soon' },
  // transfers
  given_in_all: { zh: '调出合计', en: 'Given in all' },
  donor_demand: { zh: '调出仓需求分布', en: 'Distribution of the donor’s demand' },
  donor_supply_after: { zh: '调出后调出仓的供给', en: 'Supply of the donor afterwards' },
  receiver_demand: { zh: '调入仓需求分布', en: 'Distribution of the receiver’s demand' },
  receiver_supply: { zh: '调入仓的供给', en: 'Supply of the receiver' },
  taken_before_last: { zh: '最后一件之前调入的数量', en: 'Taken before the last unit' },
  unit_margin_donor: { zh: '调出仓单件毛利', en: 'Margin of a unit at the donor' },
  unit_margin_receiver: { zh: '调入仓单件毛利', en: 'Margin of a unit at the receiver' },
  lane_unit_cost: { zh: '单件运费', en: 'Transport of a unit' },
  planned_units: { zh: '计划调拨数量', en: 'Units planned' },
  // alerts
  threshold_share: { zh: '预警线比例', en: 'Share that sets the alert line' },
  recovery_share: { zh: '恢复比例', en: 'Share to recover by' },
  recovery_units: { zh: '恢复至少数量', en: 'Units to recover by at least' },
  probability_limit: { zh: '断货风险上限', en: 'Limit of the stock-out probability' },
  reference_loss: { zh: '损失参考值', en: 'Reference loss' },
  minutes_since_reading: { zh: '距上次读取（分钟）', en: 'Minutes since the last reading' },
  minutes_allowed: { zh: '允许的分钟数', en: 'Minutes allowed' },
  failed_readings: { zh: '连续读取失败次数', en: 'Failed readings in a row' },
  failed_readings_allowed: { zh: '允许的失败次数', en: 'Failed readings allowed' },
  held_readings: { zh: '暂扣的读数', en: 'Readings held back' },
  levels: { zh: '库存水位数', en: 'Levels' },
};
