// A list to tick off: what is open comes first, what is done is kept below. A new entry needs one line and Enter.
import type { SectionOf } from '@faibric/crds';
import { type Code, localType, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, child, optionalAttribute, quote } from '../literal.ts';
import { conditionOf, not, type Offer, offersOf, userLine } from '../offers.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { inSentence, say } from '../words.ts';
import { listStates, removing, rowButtonsChild } from './cards.ts';
import { editingDialog, editingState, plainEmptyState } from './table.ts';

/** The checklist of a collection; `done` is the field that is ticked. */
export function composeChecklist(section: SectionOf<'records'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { collection, one, many } = names;
  const { words } = context;
  const done = section.done ?? collection.fields.find((field) => field.type === 'boolean')?.name ?? 'done';
  const due = collection.fields.find((field) => field.type === 'date');
  const choice = collection.fields.find((field) => field.type === 'select');
  const remove = removing(names, context);
  const offers = offersOf(context.plan, collection);
  const mayTick = offers.edit === 'nobody' ? 'false' : conditionOf(offers.edit, one);
  const quick = tag('TextField', [
    attribute('label', say(words.add, inSentence(collection.singular))),
    prop('value', 'draft'),
    prop('onChange', 'setDraft'),
    prop('maxLength', '200'),
  ]);
  const box = tag('Checkbox', [
    prop('label', `${one}.${collection.title}`),
    prop('checked', `${one}.${done}`),
    mayTick && prop('disabled', mayTick === 'false' ? 'true' : not(mayTick)),
    prop('onChange', `(${done}) => void ${many}.update(${one}.id, { ${done} })`),
  ]);
  const dueDate = { name: 'formatDate', from: '@faibric/app' };
  const row = tsx`
    <Row key={${one}.id} align="between">
      ${box}
      <Row gap="small">
        ${choice && tsx`{${one}.${choice.name} && <Badge>{${one}.${choice.name}}</Badge>}`}
        ${due && tsx`{${one}.${due.name} && <Badge>{${{ text: `formatDate(${one}.${due.name})`, imports: [dueDate] }}}</Badge>}`}
        ${rowButtonsChild(names, context)}
      </Row>
    </Row>
  `;
  const frame = tag(
    'Section',
    [
      attribute('id', section.id),
      attribute('title', section.title ?? collection.label),
      optionalAttribute('description', section.description),
    ],
    [
      quickAdd(
        offers.add,
        tag('Form', [prop('onSubmit', 'addDraft'), attribute('submitLabel', words.addPlain)], [quick]),
      ),
      listStates(names, context, plainEmptyState(names, context)),
      tsx`
        {${many}.items.length > 0 && (
          <Card title={\`\${open.length} ${words.open.toLowerCase()}\`}>
            <Stack gap="small">
              {open.map((${one}) => row(${one}))}
              {open.length === 0 && <p>${child(words.nothingOpen)}</p>}
            </Stack>
          </Card>
        )}
        {finished.length > 0 && (
          <Card title={\`\${finished.length} ${words.done.toLowerCase()}\`}>
            <Stack gap="small">{finished.map((${one}) => row(${one}))}</Stack>
          </Card>
        )}
      `,
      editingDialog(names, context),
      remove.dialog,
    ],
  );
  const empties = collection.fields
    .filter((field) => field.name !== collection.title)
    .map((field) => `${field.name}: ${emptyOf(field)}`);
  const type = localType(names.type, `../collections/${names.file}`);
  const code = tsx`
    export function ${context.component}({ ${many} }: { ${many}: Collection<${type}> }) {
      ${userLine(offers)}
      const [draft, setDraft] = useState('');
      ${remove.state}
      ${editingState(names, context)}

      async function addDraft() {
        const ${collection.title} = draft.trim();
        if (${collection.title} === '') return;
        setDraft('');
        await ${many}.add({ ${[collection.title, ...empties].join(', ')} });
      }

      const open = ${many}.items.filter((${one}) => !${one}.${done});
      const finished = ${many}.items.filter((${one}) => ${one}.${done});
      const row = (${one}: Item<${type}>) => (
        ${row}
      );

      return (
        ${frame}
      );
    }
  `;
  return { about: `${collection.label} to tick off.`, code, takes: section.collection };
}

/** The field for a new entry; a visitor who needs an account for it is asked to sign in. */
function quickAdd(offer: Offer, form: Code): Code | undefined {
  if (offer === 'nobody') return undefined;
  const card = tsx`
    <Card>
      ${form}
    </Card>
  `;
  if (offer !== 'signed-in') return card;
  return tsx`
    {user ? (
      ${card}
    ) : (
      ${tag('SignInButton', [])}
    )}
  `;
}

/** The value of a field that nobody filled in. */
export const emptyOf = (field: {
  type: string;
  required?: boolean | undefined;
  options?: string[] | undefined;
}): string => {
  if (field.type === 'boolean') return 'false';
  if (!field.required) return 'null';
  return /^(?:number|money|rating)$/.test(field.type) ? '0' : quote(field.options?.[0] ?? '');
};
