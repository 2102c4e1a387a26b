import { AppShell, AreaChart, ErrorState, formatMoney, Grid, Loading, type PricePoint, SampleDataBadge, Section, Stat, type StockQuote, UpdatedAt, useGateway } from '@faibric/app';
const SYMBOLS = ['AAPL', 'MSFT', 'TSLA'];
function History({ symbol }: { symbol: string }) {
  const { data, loading, error } = useGateway<{ points: PricePoint[] }>({ service: 'yahoo_finance', action: 'history', symbol, range: '1mo' });
  if (error) return <ErrorState error={error} />;
  return <AreaChart label={symbol} data={data?.points ?? []} x="time" series={[{ key: 'close', label: symbol }]} loading={loading} />;
}
export default function App() {
  const live = useGateway<{ quotes: StockQuote[] }>({ service: 'yahoo_finance', symbols: SYMBOLS }, { refreshMs: 60_000 });
  return (
    <AppShell title="Stocks" theme={{ primary: 'royalblue', mode: 'dark' }}>
      <Section title="Now" actions={<><SampleDataBadge show={live.sample} /><UpdatedAt time={live.fetchedAt} onRefresh={live.refresh} /></>}>
        {live.loading && <Loading kind="cards" />}
        {live.error && <ErrorState error={live.error} onRetry={live.refresh} />}
        <Grid>{live.data?.quotes.map((q) => <Stat key={q.symbol} label={q.name} value={formatMoney(q.price, q.currency)} change={q.changePercent} />)}</Grid>
      </Section>
      {SYMBOLS.map((s) => <History key={s} symbol={s} />)}
    </AppShell>
  );
}
