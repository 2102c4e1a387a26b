import {
  AppShell, AreaChart, Badge, BarChart, Button, Card, Checkbox, ContactDetails, DataTable, DateField, Dialog,
  EmptyState, ErrorState, FeatureList, Grid, Hero, LineChart, Loading, Login, NumberField, OpeningHours, PieChart,
  PriceList, Progress, Prose, RecordForm, Row, SampleDataBadge, Section, Select, Stack, Stat, Tabs, TextArea,
  TextField, toast, UpdatedAt, useCollection, useGateway, type StockQuote, type Theme,
} from '@faibric/app';
import { Clock, Leaf, Plus, Sprout, Truck } from 'lucide-react';
import { useState } from 'react';
import { menu, plants, points, week } from './content';

interface Plant {
  name: string;
  species: string;
  interval: number;
  watered: string;
}

const query = new URLSearchParams(location.search);
const theme: Theme = {
  primary: query.get('primary') ?? '#15803d',
  mode: (query.get('mode') as Theme['mode']) ?? 'auto',
};

function Plants() {
  const stored = useCollection<Plant>('plants');
  const [adding, setAdding] = useState(false);
  const items = stored.items.length > 0 ? stored.items : plants;
  return (
    <Section
      title="Plants"
      id="plants"
      description="Everything that grows at home, and when it wants water."
      icon={<Leaf size={22} />}
      actions={<Button variant="primary" icon={<Plus size={18} />} onClick={() => setAdding(true)}>Add plant</Button>}
    >
      <DataTable
        label="Plants"
        items={items}
        columns={[
          { key: 'name', label: 'Name' },
          { key: 'species', label: 'Species' },
          { key: 'interval', label: 'Watering interval', type: 'number', unit: 'days' },
          { key: 'watered', label: 'Last watered', type: 'date' },
          { key: 'indoor', label: 'Indoor', type: 'boolean' },
        ]}
        initialSort={{ key: 'name', direction: 'ascending' }}
        loading={stored.loading}
        onEdit={(item) => toast(`Edit ${item.name}`)}
        onDelete={(item) => stored.remove(item.id)}
      />
      <Dialog open={adding} title="Add a plant" description="Fields with a star are needed." onClose={() => setAdding(false)}>
        <RecordForm
          fields={[
            { name: 'name', label: 'Name', type: 'text', required: true },
            { name: 'species', label: 'Species', type: 'text' },
            { name: 'interval', label: 'Watering interval', type: 'number', unit: 'days', min: 1 },
            { name: 'watered', label: 'Last watered', type: 'date' },
            { name: 'light', label: 'Light', type: 'select', options: ['Shade', 'Half shade', 'Sun'] },
            { name: 'indoor', label: 'Lives indoors', type: 'boolean' },
            { name: 'notes', label: 'Notes', type: 'longtext' },
          ]}
          submitLabel="Add plant"
          onCancel={() => setAdding(false)}
          onSubmit={async (values) => {
            await stored.add(values as unknown as Plant);
            setAdding(false);
            toast('Plant added', { tone: 'success' });
          }}
        />
      </Dialog>
    </Section>
  );
}

function Live() {
  const live = useGateway<{ quotes: StockQuote[] }>({ service: 'yahoo_finance', symbols: ['AAPL', 'MSFT', 'TSLA'] });
  return (
    <Section
      title="Markets"
      id="markets"
      actions={<><SampleDataBadge /><UpdatedAt time={live.fetchedAt ?? '2026-01-15T09:30:00Z'} onRefresh={() => void live.refresh()} /></>}
    >
      <Grid columns={4}>
        <Stat label="AAPL" value="$187.32" change={1.24} hint="Apple Inc." />
        <Stat label="MSFT" value="$412.10" change={-0.61} hint="Microsoft" />
        <Stat label="Watering today" value={3} unit="plants" icon={<Clock size={16} />} />
        <Stat label="TSLA" value="" loading />
      </Grid>
      <Grid columns={2}>
        <Card title="AAPL" description="Last 30 days"><AreaChart label="AAPL, 30 days" data={points} x="time" series={[{ key: 'close', label: 'AAPL' }]} /></Card>
        <Card title="Compared"><LineChart label="Compared" data={points} x="time" series={[{ key: 'close', label: 'AAPL' }, { key: 'other', label: 'MSFT' }]} /></Card>
        <Card title="Waterings"><BarChart label="Waterings" data={[{ day: 'Mon', n: 3 }, { day: 'Tue', n: 1 }, { day: 'Wed', n: 4 }]} x="day" series={[{ key: 'n', label: 'Waterings' }]} /></Card>
        <Card title="By light"><PieChart label="By light" data={[{ name: 'Shade', value: 3 }, { name: 'Half shade', value: 4 }, { name: 'Sun', value: 2 }]} /></Card>
      </Grid>
    </Section>
  );
}

function Controls() {
  const [text, setText] = useState('Monstera');
  const [number, setNumber] = useState<number | null>(7);
  const [date, setDate] = useState('2026-02-01');
  const [choice, setChoice] = useState('Sun');
  const [checked, setChecked] = useState(true);
  return (
    <Grid columns={2}>
      <Card title="Fields">
        <TextField label="Name" value={text} onChange={setText} required hint="As on the label." />
        <TextField label="E-mail" type="email" value="nobody@" onChange={() => {}} error="This is no e-mail address." />
        <NumberField label="Interval" value={number} onChange={setNumber} unit="days" />
        <DateField label="Last watered" value={date} onChange={setDate} />
        <Select label="Light" value={choice} onChange={setChoice} options={['Shade', 'Sun']} />
        <TextArea label="Notes" value="" onChange={() => {}} placeholder="What to remember" />
        <Checkbox label="Lives indoors" checked={checked} onChange={setChecked} hint="Away from frost." />
      </Card>
      <Stack>
        <Card title="Buttons" icon={<Sprout size={18} />} footer="The last one works.">
          <Row><Button variant="primary">Save</Button><Button>Cancel</Button><Button variant="ghost">More</Button><Button variant="danger">Delete</Button><Button busy variant="primary">Saving</Button></Row>
          <Row><Badge>Draft</Badge><Badge tone="primary">New</Badge><Badge tone="success">Paid</Badge><Badge tone="warning">Late</Badge><Badge tone="danger">Failed</Badge><Badge tone="info">Info</Badge></Row>
          <Progress label="Watered this week" value={5} max={8} />
          <Button onClick={() => toast('Nothing was lost', { action: { label: 'Undo', onSelect: () => {} } })}>Show a message</Button>
        </Card>
        <EmptyState title="No plants yet" description="Add the first one and it will remind you when to water." action={<Button variant="primary">Add plant</Button>} />
        <ErrorState error="Yahoo Finance could not be reached from this cluster." onRetry={() => {}} />
        <Loading />
      </Stack>
    </Grid>
  );
}

export default function App() {
  return (
    <AppShell
      title="Greenhouse"
      subtitle="Plants, water and a little money"
      icon={<Sprout size={22} />}
      theme={theme}
      nav={[{ label: 'Plants', href: '#plants', active: true }, { label: 'Markets', href: '#markets' }, { label: 'Menu', href: '#menu' }, { label: 'Contact', href: '#contact' }]}
      footer="Made with Faibric"
    >
      <Hero eyebrow="Since 1998" title="Rosa's pizzeria in the old town" subtitle="Sourdough, a wood fire and tomatoes from our own garden. Come as you are." actions={<><Button variant="primary" size="large" href="#menu">See the menu</Button><Button size="large" href="#contact">Find us</Button></>} />
      <Plants />
      <Live />
      <Section title="Controls"><Controls /></Section>
      <Section title="Why us" tone="tinted">
        <FeatureList items={[{ title: 'Wood fire', description: 'Ninety seconds at 450 degrees.', icon: <Leaf size={18} /> }, { title: 'Delivered warm', description: 'By bicycle, in the old town.', icon: <Truck size={18} /> }, { title: 'Open late', description: 'Until two on Fridays.', icon: <Clock size={18} /> }]} />
      </Section>
      <Section title="Menu" id="menu"><PriceList groups={menu} currency="EUR" search /></Section>
      <Section title="Opening hours and contact" id="contact">
        <Grid columns={2}>
          <OpeningHours days={week} note="Kitchen closes half an hour earlier." />
          <Stack><ContactDetails address="Via Roma 12, 50123 Firenze" phone="+39 055 123 4567" email="ciao@rosas.example" website="https://rosas.example" /><Login /></Stack>
        </Grid>
      </Section>
      <Section title="More">
        <Tabs label="More" tabs={[{ id: 'story', label: 'Our story', content: <Prose text={'Rosa began with one oven.\n\nToday there are:\n\n- two ovens\n- nine people\n- one cat'} /> }, { id: 'jobs', label: 'Jobs', content: <p>None at the moment.</p> }]} />
      </Section>
      <Hero tone="primary" align="center" title="Hungry?" subtitle="Tables are free tonight." actions={<Button variant="primary">Book a table</Button>} />
    </AppShell>
  );
}
