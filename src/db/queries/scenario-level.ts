import type { Collection } from './collection.ts';
import { type LevelPlanRow, levelPlans } from './level-plan.ts';
import { type StockLevelField, stockLevels } from './stock-level.ts';

/**
 * The newest plans of watched levels, to be asked for by the filter of stock levels: a pool whose item also lies in a
 * physical warehouse is the same goods again and is left out.
 */
export const scenarioLevels: Collection<LevelPlanRow, StockLevelField> = {
  name: 'scenarioLevels',
  columns: levelPlans.columns,
  from: ({ sql }) => sql`(select * from stock_level where is_watched) l
    join item i on i.organization_id = l.organization_id and i.item_id = l.item_id
    join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id
    join level_plan p on p.organization_id = l.organization_id and p.item_id = l.item_id
      and p.warehouse_id = l.warehouse_id
    left join level_forecast f on f.organization_id = p.organization_id and f.item_id = p.item_id
      and f.warehouse_id = p.warehouse_id`,
  fields: stockLevels.fields,
  key: stockLevels.key,
};
