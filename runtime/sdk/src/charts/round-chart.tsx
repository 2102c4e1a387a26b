// The drawing of pie charts, as a ring with a legend. Loaded on demand.
import type { ReactElement } from 'react';
import { Cell, Legend, Pie, PieChart, ResponsiveContainer, Tooltip } from 'recharts';
import { formatNumber } from '../format.ts';
import type { PieChartProps } from './chart-props.ts';
import { legendText } from './legend-text.tsx';
import { seriesColor } from './palette.ts';

/** A ring of shares. */
export function RoundChart({ data, formatValue }: PieChartProps): ReactElement {
  const text = formatValue ?? ((value: number) => formatNumber(value));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <PieChart>
        <Pie
          data={[...data]}
          dataKey="value"
          nameKey="name"
          innerRadius="58%"
          outerRadius="88%"
          paddingAngle={2}
          isAnimationActive={false}
        >
          {data.map((one, index) => (
            <Cell key={one.name} fill={seriesColor(index, one.color)} stroke="var(--fb-surface)" />
          ))}
        </Pie>
        <Tooltip formatter={(value) => (typeof value === 'number' ? text(value) : String(value ?? ''))} />
        <Legend iconType="circle" iconSize={8} formatter={legendText} />
      </PieChart>
    </ResponsiveContainer>
  );
}
