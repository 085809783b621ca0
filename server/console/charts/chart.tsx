import { useComputedColorScheme } from '@mantine/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import { currentPalette, type Palette } from './palette.ts';
import './chart.css';

/**
 * A picture drawn by ECharts, which arrives after the figures do. The label says in words what the
 * picture shows; the same figures stand in the table view beside it.
 */
export function Chart({
  label,
  height,
  option,
}: {
  readonly label: string;
  readonly height: number;
  readonly option: (palette: Palette) => EChartsCoreOption;
}) {
  const canvas = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType>();
  const colourScheme = useComputedColorScheme('light');

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    let made: EChartsType | undefined;
    let isGone = false;
    const observer = new ResizeObserver(() => made?.resize());
    void import('./echarts.ts').then(({ init }) => {
      if (isGone) return;
      made = init(element);
      observer.observe(element);
      setChart(made);
    });
    return () => {
      isGone = true;
      observer.disconnect();
      made?.dispose();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette is read for each scheme
  useEffect(() => {
    if (chart === undefined || chart.isDisposed()) return;
    const animation = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    chart.setOption({ ...option(currentPalette()), animation }, { notMerge: true });
  }, [chart, option, colourScheme]);

  return (
    <div role="img" aria-label={label} className="chart" data-drawn={chart !== undefined}>
      <div ref={canvas} className="chart-canvas" style={{ height }} />
    </div>
  );
}

/** What the colours of a chart mean; HTML, so that it can be read and zoomed. */
export function Legend({
  entries,
}: {
  readonly entries: readonly { readonly name: string; readonly colour: string }[];
}) {
  return (
    <ul className="legend">
      {entries.map((entry) => (
        <li key={entry.name}>
          <span className="legend-mark" style={{ background: `var(--series-${entry.colour})` }} />
          {entry.name}
        </li>
      ))}
    </ul>
  );
}
