/** Pictures of figures as plain ECharts options: one look for every chart of the console. */
import type { EChartsCoreOption } from 'echarts/core';
import type { Palette } from './palette.ts';

export type Series = {
  readonly name: string;
  readonly values: readonly number[];
  readonly colour: keyof Palette;
  /** Bars of one stack stand on each other; a line stands alone. */
  readonly shape: 'bar' | 'line' | 'area';
};

export type ChartWords = {
  readonly value: (value: number) => string;
  readonly axis: (value: number) => string;
};

/** Columns or lines over time. */
export function overTime(
  input: {
    readonly labels: readonly string[];
    readonly titles: readonly string[];
    readonly series: readonly Series[];
    readonly words: ChartWords;
  },
  palette: Palette,
): EChartsCoreOption {
  return {
    ...common(palette),
    grid: { left: 4, right: 8, top: 12, bottom: 0, containLabel: true },
    tooltip: axisTooltipOf(input.titles, input.words, palette),
    xAxis: {
      type: 'category',
      data: [...input.labels],
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { color: palette.inkFaint, fontSize: 11, hideOverlap: true },
    },
    yAxis: valueAxis(palette, input.words),
    series: input.series.map((series) => drawn(series, palette)),
  };
}

/** Lying bars, largest on top: areas or kinds compared. */
export function lyingBars(
  input: {
    readonly labels: readonly string[];
    readonly series: readonly Series[];
    readonly words: ChartWords;
  },
  palette: Palette,
): EChartsCoreOption {
  return {
    ...common(palette),
    grid: { left: 4, right: 56, top: 4, bottom: 0, containLabel: true },
    tooltip: axisTooltipOf(input.labels, input.words, palette),
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...input.labels],
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: palette.ink, fontSize: 12, width: 150, overflow: 'truncate' },
    },
    xAxis: valueAxis(palette, input.words),
    series: input.series.map((series, index) => ({
      ...drawn(series, palette),
      barMaxWidth: 14,
      label: {
        show: index === input.series.length - 1 && input.series.length === 1,
        position: 'right',
        color: palette.inkFaint,
        fontSize: 11,
        formatter: ({ value }: { value: number }) => input.words.axis(value),
      },
    })),
  };
}

function common(palette: Palette): EChartsCoreOption {
  return {
    animationDuration: 250,
    textStyle: { fontFamily: "'Be Vietnam Pro', system-ui, sans-serif", color: palette.ink },
    aria: { enabled: false },
  };
}

function valueAxis(palette: Palette, words: ChartWords): EChartsCoreOption {
  return {
    type: 'value',
    splitNumber: 4,
    splitLine: { lineStyle: { color: palette.line } },
    axisLabel: { color: palette.inkFaint, fontSize: 11, formatter: words.axis },
  };
}

function drawn(series: Series, palette: Palette): EChartsCoreOption {
  const color = palette[series.colour];
  if (series.shape === 'bar') {
    return {
      type: 'bar',
      name: series.name,
      data: [...series.values],
      color,
      barMaxWidth: 26,
      barGap: '10%',
      itemStyle: { borderRadius: 2 },
    };
  }
  return {
    type: 'line',
    name: series.name,
    data: [...series.values],
    color,
    smooth: 0.15,
    showSymbol: series.values.length === 1,
    symbolSize: 6,
    lineStyle: { width: 2 },
    ...(series.shape === 'area' ? { areaStyle: { opacity: 0.14 } } : {}),
  };
}

/** One box for all series at the place of the axis under the mouse. */
function axisTooltipOf(
  titles: readonly string[],
  words: ChartWords,
  palette: Palette,
): EChartsCoreOption {
  return {
    ...tooltip(palette),
    trigger: 'axis',
    axisPointer: { type: 'shadow', shadowStyle: { color: palette.line, opacity: 0.5 } },
    formatter: (points: unknown) => axisTooltip(points, titles, words),
  };
}

function tooltip(palette: Palette): EChartsCoreOption {
  return {
    confine: true,
    backgroundColor: palette.surface,
    borderColor: palette.line,
    padding: [8, 12],
    textStyle: { color: palette.ink, fontSize: 12 },
  };
}

/** ECharts writes HTML here; names may come from people, so every text is escaped. */
function axisTooltip(points: unknown, titles: readonly string[], words: ChartWords): string {
  const list: readonly unknown[] = Array.isArray(points) ? points : [points];
  const lines = list.flatMap((point) => {
    if (!isPoint(point)) return [];
    const name = `<span class="chart-tip-name">${point.marker}${escaped(point.seriesName)}</span>`;
    return [`<div class="chart-tip-line">${name}<b>${escaped(words.value(point.value))}</b></div>`];
  });
  const index = list.find(isPoint)?.dataIndex ?? 0;
  return `<div class="chart-tip-title">${escaped(titles[index] ?? '')}</div>${lines.join('')}`;
}

type Point = {
  readonly dataIndex: number;
  readonly seriesName: string;
  readonly value: number;
  readonly marker: string;
};

function isPoint(point: unknown): point is Point {
  return (
    typeof point === 'object' &&
    point !== null &&
    'dataIndex' in point &&
    'value' in point &&
    typeof point.value === 'number'
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
