// Names in a legend in the colour of text: recharts writes them in the colour of their series, which need not be
// readable on the page; the dot beside them shows it.
import type { ReactElement, ReactNode } from 'react';

/** One name in a legend. */
export function legendText(name: ReactNode): ReactElement {
  return <span className="fb-legend">{name}</span>;
}
