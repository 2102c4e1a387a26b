// Charts on recharts, loaded only when one is shown: the drawing code is a chunk of its own, so that an app without a
// chart does not load it. Each chart has a name and says its values as text for those who cannot see it.
import { lazy, type ReactElement, type ReactNode, Suspense } from 'react';
import { EmptyState, Loading } from '../display/states.tsx';
import { word } from '../words.ts';
import type { ChartKind, ChartProps, PieChartProps } from './chart-props.ts';

const AxisChart = lazy(async () => ({ default: (await import('./axis-chart.tsx')).AxisChart }));
const RoundChart = lazy(async () => ({ default: (await import('./round-chart.tsx')).RoundChart }));

function Frame({
  label,
  height,
  children,
}: {
  label: string;
  height: number;
  children: ReactNode;
}): ReactElement {
  return (
    <figure className="fb-chart" aria-label={label}>
      <div style={{ height }}>
        <Suspense fallback={<Loading kind="chart" />}>{children}</Suspense>
      </div>
    </figure>
  );
}

function Chart({ kind, props }: { kind: ChartKind; props: ChartProps }): ReactElement {
  const { label, data, height = 260, loading = false, empty } = props;
  if (loading && data.length === 0) {
    return (
      <div style={{ height }}>
        <Loading kind="chart" />
      </div>
    );
  }
  if (data.length === 0) return <>{empty ?? <EmptyState title={word('nothing')} />}</>;
  return (
    <Frame label={label} height={height}>
      <AxisChart kind={kind} {...props} />
    </Frame>
  );
}

/** Values over time or another axis, as lines. */
export function LineChart(props: ChartProps): ReactElement {
  return <Chart kind="line" props={props} />;
}

/** As lines with the area below filled. */
export function AreaChart(props: ChartProps): ReactElement {
  return <Chart kind="area" props={props} />;
}

/** As bars. */
export function BarChart(props: ChartProps): ReactElement {
  return <Chart kind="bar" props={props} />;
}

/** Shares of a whole. */
export function PieChart(props: PieChartProps): ReactElement {
  const { label, data, height = 240 } = props;
  if (data.length === 0) return <EmptyState title={word('nothing')} />;
  return (
    <Frame label={label} height={height}>
      <RoundChart {...props} />
    </Frame>
  );
}
