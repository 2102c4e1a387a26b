import { AppShell, Button, Card, Checkbox, DateField, Form, NumberField, RecordForm, Select, TextArea, TextField, toast, useCollection } from '@faibric/app';
import { useState } from 'react';
export default function App() {
  const answers = useCollection('answers');
  const [name, setName] = useState('');
  const [age, setAge] = useState<number | null>(null);
  const [day, setDay] = useState('');
  const [kind, setKind] = useState('a');
  const [ok, setOk] = useState(false);
  const [text, setText] = useState('');
  return (
    <AppShell title="Forms" nav={[{ label: 'One', href: '#one', active: true }]} footer="end">
      <Card title="By hand">
        <Form submitLabel="Send" onSubmit={async () => { if (await answers.add({ name, age, day, kind, ok, text })) toast('Sent', { tone: 'success' }); }}>
          <TextField label="Name" value={name} onChange={setName} required autoComplete="name" />
          <NumberField label="Age" value={age} onChange={setAge} min={0} />
          <DateField label="Day" value={day} onChange={setDay} />
          <Select label="Kind" value={kind} onChange={setKind} options={['a', { value: 'b', label: 'B' }]} />
          <TextArea label="Text" value={text} onChange={setText} />
          <Checkbox label="Agree" checked={ok} onChange={setOk} />
        </Form>
      </Card>
      <RecordForm fields={[{ name: 'title', label: 'Title', type: 'text', required: true }, { name: 'done', label: 'Done', type: 'boolean' }]} onSubmit={(values) => answers.add(values)} resetOnSubmit />
      <Button href="https://example.com">Out</Button>
    </AppShell>
  );
}
