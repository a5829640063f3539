import type { EChartsCoreOption } from 'echarts/core';

/** What a chart shows and how. */
export type ChartOption = EChartsCoreOption;

/** Colours of the page, resolved. */
export interface ChartColors {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly surface: string;
  readonly water: string;
  readonly low: string;
  readonly out: string;
  readonly accent: string;
  readonly good: string;
  readonly violet: string;
  readonly font: string;
}
