import type { BacktestMethod } from './policy-backtest.ts';

/** What somebody asks to have replayed. JSON-safe. Null = as it is set for each item and warehouse. */
export interface BacktestRequest {
  /** First and last day, `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  readonly policy: {
    readonly method: BacktestMethod;
    /** 0.5 to 0.999. */
    readonly serviceLevel: number | null;
    /** Days, > 0; of the plain rule. */
    readonly coverDays: number;
    readonly leadTimeDays: number | null;
    readonly reviewDays: number | null;
    readonly moq: number | null;
    readonly multiple: number | null;
  };
  /** Null lists = all. */
  readonly filter: {
    readonly skus: readonly string[] | null;
    readonly warehouseCodes: readonly string[] | null;
    readonly categories: readonly string[] | null;
  };
}
