// expect: render/render_error src/App.tsx:4
import { useGateway } from '@faibric/app';
export default function App() {
  const { data } = useGateway<{ quotes: { price: number }[] }>({ service: 'yahoo_finance', symbols: ['AAPL'] }); return <p>{data.quotes[0].price}</p>;
}
