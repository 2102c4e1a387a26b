// Documents as a table that people search, sort and filter, with a dialog to add and edit.
import type { BlueprintField, SectionOf } from '@faibric/crds';
import { type Code, icon, local, localType, tsx } from '../code.ts';
import { cycleButton } from '../cycle.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, child, optionalAttribute, quote } from '../literal.ts';
import type { CollectionNames } from '../names.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { inSentence, say } from '../words.ts';

/** The state of a dialog that adds or edits, and the function that saves. */
export function editingState(names: CollectionNames): Code {
  const { one, many } = names;
  const type = localType(names.type, `../collections/${names.file}`);
  return tsx`
    const [editing, setEditing] = useState<Item<${type}> | 'new' | null>(null);
    const current = editing === 'new' ? null : editing;
    const close = () => setEditing(null);

    async function save(values: RecordValues) {
      const ${one} = values as ${type};
      const saved = current ? await ${many}.update(current.id, ${one}) : await ${many}.add(${one});
      if (saved) close();
    }
  `;
}

/** The dialog itself. */
export function editingDialog(names: CollectionNames, context: SectionContext): Code {
  const { words } = context;
  const singular = inSentence(names.collection.singular);
  const fields = local(`${names.one}Fields`, `../collections/${names.file}`);
  const title = tsx`current ? ${quote(say(words.edit, singular))} : ${quote(say(words.add, singular))}`;
  const form = tag('RecordForm', [
    prop('fields', fields),
    prop('initial', 'current ?? {}'),
    prop('onSubmit', 'save'),
    prop('onCancel', 'close'),
    attribute('submitLabel', words.save),
  ]);
  return tag(
    'Dialog',
    [prop('open', 'editing !== null'), prop('title', title), prop('onClose', 'close')],
    [form],
  );
}

/** The button that opens the dialog for a new document. */
export function addButton(names: CollectionNames, context: SectionContext): Code {
  const label = say(context.words.add, inSentence(names.collection.singular));
  const attributes = [
    attribute('variant', 'primary'),
    prop('icon', icon('Plus')),
    prop('onClick', "() => setEditing('new')"),
  ];
  return tsx`
    const addButton = (
      ${tag('Button', attributes, [child(label)])}
    );
  `;
}

/** What is shown when there are no documents, where the section itself has the field to add one. */
export const plainEmptyState = (names: CollectionNames, { words, plan }: SectionContext): Code =>
  tag('EmptyState', [
    prop('icon', icon(plan.icon)),
    attribute('title', say(words.none, inSentence(names.collection.label))),
    attribute('description', words.addFirst),
  ]);

/** What is shown when there are no documents. */
export function emptyState(names: CollectionNames, context: SectionContext): Code {
  const { words, plan } = context;
  return tag('EmptyState', [
    prop('icon', icon(plan.icon)),
    attribute('title', say(words.none, inSentence(names.collection.label))),
    attribute('description', words.addFirst),
    prop('action', 'addButton'),
  ]);
}

function filterState(filter: BlueprintField, names: CollectionNames): Code {
  const { one, many } = names;
  return tsx`
    const [wanted, setWanted] = useState(ALL);
    const shown = ${many}.items.filter((${one}) => wanted === ALL || ${one}.${filter.name} === wanted);
  `;
}

function filterSelect(filter: BlueprintField, context: SectionContext): Code {
  const { words } = context;
  const options = [
    `{ value: ALL, label: ${quote(`${filter.label}: ${inSentence(words.all)}`)} }`,
    ...(filter.options ?? []).map(quote),
  ];
  return tag('Select', [
    attribute('label', say(words.filterBy, inSentence(filter.label))),
    'hideLabel',
    prop('value', 'wanted'),
    prop('onChange', 'setWanted'),
    prop('options', `[${options.join(', ')}]`),
  ]);
}

/** A table with a dialog to add and edit, and a filter when the documents have a choice field. */
export function composeTable(section: SectionOf<'records'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { collection, one, many } = names;
  const filter = collection.fields.find((field) => field.type === 'select');
  const table = tag('DataTable', [
    attribute('label', collection.label),
    prop('items', filter ? 'shown' : `${many}.items`),
    prop('columns', local(`${one}Columns`, `../collections/${names.file}`)),
    prop('loading', `${many}.loading`),
    prop('error', `${many}.error`),
    prop('onRetry', `() => void ${many}.refresh()`),
    'search',
    attribute('searchPlaceholder', say(context.words.search, inSentence(collection.label))),
    filter && prop('toolbar', filterSelect(filter, context)),
    collection.cycle && prop('rowActions', cycleButton(names)),
    prop('onEdit', `(${one}) => setEditing(${one})`),
    prop('onDelete', `(${one}) => void ${many}.remove(${one}.id)`),
    prop('itemName', `(${one}) => String(${one}.${collection.title})`),
    prop('empty', emptyState(names, context)),
  ]);
  const frame = tag(
    'Section',
    [
      attribute('id', section.id),
      attribute('title', section.title ?? collection.label),
      optionalAttribute('description', section.description),
      prop('actions', 'addButton'),
    ],
    [table, editingDialog(names, context)],
  );
  const code = tsx`
    ${filter && tsx`const ALL = '*';`}

    export function ${context.component}({ ${many} }: { ${many}: Collection<${localType(names.type, `../collections/${names.file}`)}> }) {
      ${filter && filterState(filter, names)}
      ${editingState(names)}

      ${addButton(names, context)}

      return (
        ${frame}
      );
    }
  `;
  return {
    about: `${collection.label}: add, edit, search, sort and delete.`,
    code,
    takes: section.collection,
  };
}
