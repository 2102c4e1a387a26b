// What charts take. Apart from the components, because the drawing code, which is loaded on demand, needs it as well.
import type { ReactNode } from 'react';

/** One line, area or set of bars. */
export interface Series {
  key: string;
  label: string;
  color?: string;
}

/** Properties of line, area and bar charts: `x` is the field of the horizontal axis. */
export interface ChartProps {
  label: string;
  data: readonly object[];
  x: string;
  series: readonly Series[];
  height?: number;
  unit?: string;
  formatX?: (value: string) => string;
  formatY?: (value: number) => string;
  loading?: boolean;
  empty?: ReactNode;
}

/** Properties of PieChart. */
export interface PieChartProps {
  label: string;
  data: readonly { name: string; value: number; color?: string }[];
  height?: number;
  formatValue?: (value: number) => string;
}

/** Kind of a chart with axes. */
export type ChartKind = 'line' | 'area' | 'bar';
