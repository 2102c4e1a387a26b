import * as Icons from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
const pick: Record<string, LucideIcon> = { a: Icons.Heart, b: Icons.Star };
export default function App() {
  return <p>{Object.entries(pick).map(([key, Icon]) => <Icon key={key} size={20} />)}</p>;
}
