export default function App() {
  const points = Array.from({ length: 12 }, (_, i) => [50 + 40 * Math.cos((i * Math.PI) / 6), 50 + 40 * Math.sin((i * Math.PI) / 6)]);
  return <svg viewBox="0 0 100 100" role="img" aria-label="clock"><circle cx="50" cy="50" r="45" fill="none" stroke="currentColor" />{points.map(([x, y], i) => <circle key={i} cx={x} cy={y} r={2} />)}<use href="#a" /></svg>;
}
