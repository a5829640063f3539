import { BarChart, LineChart } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useThemeVersion } from '../theme.ts';
import type { ChartColors, ChartOption } from './chart-option.ts';

echarts.use([
  BarChart,
  LineChart,
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
  LabelLayout,
]);

/** A zoom counts once it has rested so long, ms. */
const zoomRestMs = 250;

/**
 * A chart in the colours of the page. It keeps its zoom when new data come and is painted anew when the theme changes.
 *
 * @param makeOption - must be stable as long as the data are the same
 * @param label - what it shows, for those who do not see it
 */
export function Chart(props: {
  makeOption: (colors: ChartColors) => ChartOption;
  label: string;
  name: string;
  /** Told the part of a time axis that is seen, ms since 1970, a moment after it changed. */
  onZoom?: (from: number, to: number) => void;
}) {
  const { makeOption, label, name, onZoom } = props;
  const zoomed = useRef(onZoom);
  useEffect(() => {
    zoomed.current = onZoom;
  });
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | null>(null);
  const shownName = useRef<string | null>(null);
  const themeVersion = useThemeVersion();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const instance = echarts.init(element, null, { renderer: 'canvas' });
    chart.current = instance;
    shownName.current = null;
    const observer = new ResizeObserver(() => instance.resize());
    observer.observe(element);
    let timer: ReturnType<typeof setTimeout> | undefined;
    instance.on('datazoom', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const shown = (instance.getOption() as { dataZoom?: { startValue?: number; endValue?: number }[] })
          .dataZoom?.[0];
        if (shown?.startValue === undefined || shown.endValue === undefined) return;
        zoomed.current?.(shown.startValue, shown.endValue);
      }, zoomRestMs);
    });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      instance.dispose();
      chart.current = null;
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read again when the theme changes
  useEffect(() => {
    const element = frame.current;
    if (element === null || chart.current === null) return;
    const isSame = shownName.current === name;
    shownName.current = name;
    chart.current.setOption(
      makeOption(readColors(element)),
      isSame ? { replaceMerge: ['series'] } : { notMerge: true },
    );
  }, [makeOption, name, themeVersion]);
  return <div className="chart" ref={frame} role="img" aria-label={label} />;
}

/** The page's colours as the browser resolves them, which a canvas needs. */
function readColors(element: HTMLElement): ChartColors {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    ink: read('ink'),
    quiet: read('ink-2'),
    line: read('line'),
    surface: read('surface'),
    water: read('water'),
    low: read('water-low'),
    out: read('water-out'),
    accent: read('accent'),
    good: read('good'),
    violet: read('violet'),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return colors;
}
