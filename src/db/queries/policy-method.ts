import type { SafetyStockMethod } from '../../domain/plan/safety-stock.ts';
import type { Sql } from '../connection.ts';
import { type Collection, column } from './collection.ts';

/** How planning computes for one scope. Null = not set here, the next wider scope decides. */
export interface PolicyMethods {
  safetyStockMethod: SafetyStockMethod | null;
  serviceLevelBasis: 'CLASS' | 'ECONOMIC' | null;
  /** Service level by class, JSON text: decimal text by A, AX, … */
  classServiceLevels: string | null;
}

/** The methods of all policies. */
export const policyMethods: Collection<PolicyMethods & { policyId: string }, 'policyId'> = {
  name: 'policyMethods',
  columns: ({ sql }) => sql`
    y.policy_id as "policyId", y.safety_stock_method as "safetyStockMethod",
    y.service_level_basis as "serviceLevelBasis", y.class_service_levels::text as "classServiceLevels"`,
  from: ({ sql }) => sql`stock_policy y`,
  fields: { policyId: column('y', 'policy_id', 'uuid') },
  key: ['policyId'],
};

/**
 * Sets some methods of a policy that exists; the others stay. Writes `stock_policy` in the caller's transaction. Run
 * twice: the same row.
 *
 * @param methods - only what shall change; null = no longer set here
 */
export async function savePolicyMethods(
  sql: Sql,
  policyId: string,
  methods: Partial<PolicyMethods>,
): Promise<void> {
  const { safetyStockMethod: method, serviceLevelBasis: basis, classServiceLevels: levels } = methods;
  await sql`
    update stock_policy
    set safety_stock_method = ${method === undefined ? sql`safety_stock_method` : sql`${method}::text`},
        service_level_basis = ${basis === undefined ? sql`service_level_basis` : sql`${basis}::text`},
        class_service_levels = ${levels === undefined ? sql`class_service_levels` : sql`${levels}::text::json`}
    where policy_id = ${policyId}`;
}
