import { AppShell, Button, DataTable, Dialog, EmptyState, type Item, RecordForm, Section, useCollection } from '@faibric/app';
import { Leaf, Plus } from 'lucide-react';
import { useState } from 'react';

interface Plant { name: string; interval: number | null; watered: string }
const fields = [
  { name: 'name', label: 'Name', type: 'text', required: true },
  { name: 'interval', label: 'Watering interval', type: 'number', unit: 'days', min: 1 },
  { name: 'watered', label: 'Last watered', type: 'date' },
] as const;
const columns = fields.map((field) => ({ ...field, key: field.name }));

export default function App() {
  const plants = useCollection<Plant>('plants');
  const [edited, setEdited] = useState<Item<Plant> | 'new' | null>(null);
  const close = () => setEdited(null);
  return (
    <AppShell title="Plants" icon={<Leaf size={22} />} theme={{ primary: '#15803d' }}>
      <Section title="Plants" actions={<Button variant="primary" icon={<Plus size={18} />} onClick={() => setEdited('new')}>Add plant</Button>}>
        <DataTable
          label="Plants" items={plants.items} columns={columns} loading={plants.loading} error={plants.error} onRetry={plants.refresh}
          onEdit={setEdited} onDelete={(plant) => plants.remove(plant.id)}
          empty={<EmptyState title="No plants yet" description="Add the first one." />}
        />
      </Section>
      <Dialog open={edited !== null} title={edited === 'new' ? 'Add a plant' : 'Edit plant'} onClose={close}>
        <RecordForm
          fields={fields} initial={edited === 'new' ? undefined : edited ?? undefined} onCancel={close}
          onSubmit={async (values) => {
            const plant = values as unknown as Plant;
            const saved = edited === 'new' || !edited ? await plants.add(plant) : await plants.update(edited.id, plant);
            if (saved) close();
          }}
        />
      </Dialog>
    </AppShell>
  );
}
