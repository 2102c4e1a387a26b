// expect: render/render_error src/App.tsx:7
import { useGateway } from '@faibric/app';
interface Answer { points: number[] }
export default function App() {
  const { data, loading } = useGateway<Answer>({ service: 'coingecko', action: 'history', id: 'bitcoin', days: 7 });
  if (loading) return <p>Loading</p>;
  return <p>{data.points.length}</p>;
}
