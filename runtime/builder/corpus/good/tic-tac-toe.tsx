import { useState } from 'react';
const LINES = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]] as const;
type Cell = 'X' | 'O' | null;
function winner(cells: Cell[]): Cell {
  for (const [a, b, c] of LINES) if (cells[a] && cells[a] === cells[b] && cells[a] === cells[c]) return cells[a];
  return null;
}
export default function App() {
  const [cells, setCells] = useState<Cell[]>(Array(9).fill(null));
  const next = cells.filter(Boolean).length % 2 === 0 ? 'X' : 'O';
  const won = winner(cells);
  return <div><p>{won ? `${won} wins` : `Next: ${next}`}</p><div style={{ display: 'grid', gridTemplateColumns: 'repeat(3, 4rem)' }}>{cells.map((cell, i) => <button key={i} aria-label={`cell ${i + 1}`} disabled={!!cell || !!won} onClick={() => setCells(cells.map((c, j) => (i === j ? next : c)))}>{cell}</button>)}</div></div>;
}
