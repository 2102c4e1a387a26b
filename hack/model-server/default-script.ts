// The script that is played without a file: a plan, and a small complete app. Enough for the freeform path end to end.
import type { Script } from './script.ts';

const PLAN = {
  title: 'Guest book',
  tagline: 'Say hello',
  language: 'en',
  color: '#0f766e',
  background: '',
  dark: false,
  things: [
    {
      singular: 'greeting',
      plural: 'greetings',
      view: 'cards',
      fields: [
        { label: 'Name', type: 'text', options: [], unit: '' },
        { label: 'Message', type: 'longtext', options: [], unit: '' },
      ],
    },
  ],
  stocks: [],
  coins: [],
  cities: [],
  chart: false,
  limited: [],
};

const APP = `import { AppShell } from '@faibric/app';
import { Greetings } from './sections/greetings';

export default function App() {
  return (
    <AppShell title="Guest book" subtitle="Say hello" theme={{ primary: '#0f766e' }}>
      <Greetings />
    </AppShell>
  );
}`;

const GREETINGS = `import { Card, EmptyState, ErrorState, Grid, Loading, RecordForm, type RecordValues, Section, useCollection } from '@faibric/app';

type Greeting = { name: string; message: string };

export function Greetings() {
  const greetings = useCollection<Greeting>('greetings', { orderBy: '-createdAt' });
  const add = (values: RecordValues) => greetings.add(values as Greeting);

  return (
    <Section title="Greetings">
      <Card title="Write one">
        <RecordForm
          fields={[
            { name: 'name', label: 'Name', type: 'text', required: true },
            { name: 'message', label: 'Message', type: 'longtext', required: true },
          ]}
          onSubmit={add}
          submitLabel="Sign"
          resetOnSubmit
        />
      </Card>
      {greetings.error && <ErrorState error={greetings.error} onRetry={() => void greetings.refresh()} />}
      {greetings.loading && <Loading kind="cards" count={3} />}
      {!greetings.loading && greetings.items.length === 0 && <EmptyState title="Nobody has signed yet" />}
      <Grid columns={3}>
        {greetings.items.map((greeting) => (
          <Card key={greeting.id} title={greeting.name}>
            <p>{greeting.message}</p>
          </Card>
        ))}
      </Grid>
    </Section>
  );
}`;

const file = (path: string, text: string): string => `<file path="${path}">\n${text}\n</file>`;

/** A plan for every question about planning, and the app for every other. */
export const DEFAULT_SCRIPT: Script = {
  steps: [
    { when: 'You plan small web apps', text: JSON.stringify(PLAN) },
    {
      when: 'You write small React apps',
      text: [file('src/App.tsx', APP), file('src/sections/greetings.tsx', GREETINGS)].join('\n'),
    },
  ],
};
