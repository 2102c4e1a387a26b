// A board: one column for each choice of a field. Cards move by a select, so that keyboard and phone can do it too.
import type { SectionOf } from '@faibric/crds';
import { localType, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, literal, optionalAttribute } from '../literal.ts';
import { conditionOf, not, offersOf, userLine } from '../offers.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { listStates, removing, rowButtonsChild } from './cards.ts';
import { addButton, canAdd, editingDialog, editingState } from './table.ts';

/** The board of a collection; `by` is the field whose choices are the columns. */
export function composeBoard(section: SectionOf<'records'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { collection, one, many } = names;
  const by = collection.fields.find((field) => field.name === section.by);
  const options = by?.options ?? [];
  const key = by?.name ?? collection.title;
  const remove = removing(names, context);
  const offers = offersOf(context.plan, collection);
  const mayMove = offers.edit === 'nobody' ? 'false' : conditionOf(offers.edit, one);
  const move = tag('Select', [
    attribute('label', by?.label ?? key),
    'hideLabel',
    prop('value', `${one}.${key} ?? columns[0] ?? ''`),
    prop('onChange', `(${key}) => void ${many}.update(${one}.id, { ${key} })`),
    prop('options', 'columns'),
    mayMove && prop('disabled', mayMove === 'false' ? 'true' : not(mayMove)),
  ]);
  const text = collection.fields.find((field) => field.type === 'longtext');
  const card = tag('Card', [
    prop('key', `${one}.id`),
    prop('title', `${one}.${collection.title}`),
    text && prop('description', `${one}.${text.name} ?? ''`),
    prop('footer', tag('Row', [attribute('align', 'between')], [move, rowButtonsChild(names, context)])),
  ]);
  const frame = tag(
    'Section',
    [
      attribute('id', section.id),
      attribute('title', section.title ?? collection.label),
      optionalAttribute('description', section.description),
      canAdd(names, context) && prop('actions', 'addButton'),
    ],
    [
      listStates(names, context),
      tsx`
        {${many}.items.length > 0 && (
          <Grid columns={${Math.min(4, Math.max(2, options.length))}}>
            {columns.map((column) => (
              <Card key={column} title={\`\${column} (\${inColumn(column).length})\`}>
                <Stack>
                  {inColumn(column).map((${one}) => (
                    ${card}
                  ))}
                </Stack>
              </Card>
            ))}
          </Grid>
        )}
      `,
      editingDialog(names, context),
      remove.dialog,
    ],
  );
  const type = localType(names.type, `../collections/${names.file}`);
  const code = tsx`
    const columns = ${literal(options, 20)};

    export function ${context.component}({ ${many} }: { ${many}: Collection<${type}> }) {
      ${userLine(offers)}
      ${remove.state}
      ${editingState(names, context)}

      ${addButton(names, context)}
      // What has no choice yet stands in the first column.
      const inColumn = (column: string) =>
        ${many}.items.filter((${one}) => (${one}.${key} ?? columns[0]) === column);

      return (
        ${frame}
      );
    }
  `;
  return {
    about: `${collection.label} on a board, a column for each ${key}.`,
    code,
    takes: section.collection,
  };
}
