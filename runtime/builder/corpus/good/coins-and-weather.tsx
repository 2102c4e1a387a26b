import { AppShell, Card, type CoinQuote, useGateway, type Weather } from '@faibric/app';
export default function App() {
  const coins = useGateway<{ quotes: CoinQuote[] }>({ service: 'coingecko', ids: ['bitcoin', 'ethereum'], currency: 'eur' });
  const weather = useGateway<Weather>({ service: 'openweather', city: 'Lisbon' });
  return (
    <AppShell title="Morning">
      {coins.data?.quotes.map((c) => <Card key={c.id} title={c.name}>{c.price.toFixed(2)} {c.currency.toUpperCase()}</Card>)}
      {weather.error ? <p>{weather.error.message}</p> : <p>{weather.data?.temperature ?? '…'} °C</p>}
    </AppShell>
  );
}
