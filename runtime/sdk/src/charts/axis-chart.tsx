// The drawing of line, area and bar charts. Loaded on demand; nothing else imports recharts.
import type { ReactElement } from 'react';
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatDate, formatNumber } from '../format.ts';
import type { ChartKind, ChartProps, Series } from './chart-props.ts';
import { legendText } from './legend-text.tsx';
import { seriesColor } from './palette.ts';

const isTime = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);
const shortDay = (value: string): string => formatDate(value).replace(/,? \d{4}$/, '');

function shape(kind: ChartKind, series: Series, index: number): ReactElement {
  const color = seriesColor(index, series.color);
  const common = { dataKey: series.key, name: series.label, isAnimationActive: false } as const;
  if (kind === 'bar')
    return <Bar key={series.key} {...common} fill={color} radius={[4, 4, 0, 0]} maxBarSize={48} />;
  if (kind === 'area') {
    return (
      <Area
        key={series.key}
        {...common}
        type="monotone"
        stroke={color}
        strokeWidth={2}
        fill={color}
        fillOpacity={0.16}
        connectNulls
      />
    );
  }
  return (
    <Line
      key={series.key}
      {...common}
      type="monotone"
      stroke={color}
      strokeWidth={2}
      dot={false}
      activeDot={{ r: 4 }}
      connectNulls
    />
  );
}

/** A chart with a horizontal and a vertical axis. */
export function AxisChart({
  kind,
  data,
  x,
  series,
  unit,
  formatX,
  formatY,
}: ChartProps & { kind: ChartKind }): ReactElement {
  const first = (data[0] as Record<string, unknown> | undefined)?.[x];
  const tickX = formatX ?? (isTime(first) ? shortDay : (value: string) => String(value));
  const labelX = formatX ?? (isTime(first) ? formatDate : (value: string) => String(value));
  const textY = formatY ?? ((value: number) => formatNumber(value, unit ? { unit } : {}));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...data]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
        <CartesianGrid stroke="var(--fb-border)" vertical={false} />
        <XAxis
          dataKey={x}
          tickFormatter={tickX}
          minTickGap={32}
          tickLine={false}
          axisLine={false}
          tick={{ fill: 'var(--fb-muted)', fontSize: 12 }}
        />
        <YAxis
          domain={kind === 'bar' ? [0, 'auto'] : ['auto', 'auto']}
          tickFormatter={(value: number) => textY(value)}
          width="auto"
          tickLine={false}
          axisLine={false}
          tick={{ fill: 'var(--fb-muted)', fontSize: 12 }}
        />
        <Tooltip
          formatter={(value) => (typeof value === 'number' ? textY(value) : String(value ?? ''))}
          labelFormatter={(value) => labelX(String(value))}
          contentStyle={{
            background: 'var(--fb-surface)',
            border: '1px solid var(--fb-border)',
            borderRadius: 'var(--fb-radius-small)',
            color: 'var(--fb-text)',
          }}
          cursor={{ stroke: 'var(--fb-border-strong)', fill: 'var(--fb-tint)' }}
        />
        {series.length > 1 && <Legend iconType="circle" iconSize={8} formatter={legendText} />}
        {series.map((one, index) => shape(kind, one, index))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
