// Figures and charts over the documents of a collection. Sums are made in the browser, of the documents that the page
// has loaded.
import type { BlueprintField, SectionOf } from '@faibric/crds';
import { type Code, icon, localType, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, quote } from '../literal.ts';
import type { CollectionNames } from '../names.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { inSentence, say } from '../words.ts';
import { frame } from './static.ts';

type Figure = SectionOf<'stats'>['items'][number];

function figureValue(figure: Figure, names: CollectionNames): { text: string; format?: string } {
  const { many, one, collection } = names;
  if (figure.of === 'count' || !figure.field) return { text: `${many}.items.length` };
  const sum = `${many}.items.reduce((sum, ${one}) => sum + (${one}.${figure.field} ?? 0), 0)`;
  const value = figure.of === 'sum' ? sum : `${sum} / Math.max(1, ${many}.items.length)`;
  const field = collection.fields.find((one) => one.name === figure.field);
  const unit = field?.unit ? `, unit: ${quote(field.unit)}` : '';
  if (field?.type === 'money')
    return { text: `formatMoney(${value}, ${quote(collection.currency ?? 'USD')})`, format: 'formatMoney' };
  return {
    text: `formatNumber(${value}, { digits: ${figure.of === 'sum' ? 0 : 1}${unit} })`,
    format: 'formatNumber',
  };
}

/** Numbers that sum a collection up. */
export function composeStats(section: SectionOf<'stats'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { many } = names;
  const stats = section.items.map((figure) => {
    const { text, format } = figureValue(figure, names);
    const value: Code = { text, imports: format ? [{ name: format, from: '@faibric/app' }] : [] };
    return tag('Stat', [
      attribute('label', figure.label),
      prop('value', value),
      prop('loading', `${many}.loading`),
    ]);
  });
  const columns = Math.min(4, Math.max(1, stats.length));
  const grid = tag('Grid', [prop('columns', String(columns))], stats);
  const code = tsx`
    export function ${context.component}({ ${many} }: { ${many}: Collection<${localType(names.type, `../collections/${names.file}`)}> }) {
      return (
        ${frame(section, [grid])}
      );
    }
  `;
  return { about: `${names.collection.label} in numbers.`, code, takes: section.collection };
}

function keyOf(field: BlueprintField | undefined, one: string, none: string): string {
  if (!field) return quote(none);
  if (field.type === 'date' || field.type === 'datetime')
    return `${one}.${field.name}?.slice(0, 7) ?? ${quote(none)}`;
  if (field.type === 'boolean') return `${one}.${field.name} ? ${quote('Yes')} : ${quote('No')}`;
  return field.required ? `String(${one}.${field.name})` : `String(${one}.${field.name} ?? ${quote(none)})`;
}

/** The values of a field as they were, by date. */
function timeline(names: CollectionNames, by: string, measure: string): Code {
  const { many, one } = names;
  return tsx`
    const groups = ${many}.items
      .flatMap((${one}) =>
        ${one}.${by} && ${one}.${measure} !== null ? [{ name: ${one}.${by}, value: ${one}.${measure} }] : [],
      )
      .sort((a, b) => a.name.localeCompare(b.name));
  `;
}

/** Counts or sums, by a field. */
function grouped(names: CollectionNames, key: string, add: string): Code {
  const { many, one } = names;
  return tsx`
    const sums = new Map<string, number>();
    for (const ${one} of ${many}.items) {
      const key = ${key};
      sums.set(key, (sums.get(key) ?? 0) + ${add});
    }
    const groups = [...sums]
      .map(([name, value]) => ({ name, value }))
      .sort((a, b) => a.name.localeCompare(b.name));
  `;
}

/** A chart of a collection: counts or sums by a field, or values over time. */
export function composeChart(section: SectionOf<'chart'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { collection, many, one } = names;
  const by = collection.fields.find((field) => field.name === section.by);
  const measure = collection.fields.find((field) => field.name === section.measure);
  const label = section.title ?? collection.label;
  const seriesLabel = measure?.label ?? collection.label;
  const type = localType(names.type, `../collections/${names.file}`);
  const format =
    measure?.type === 'money' ? `formatMoney(value, ${quote(collection.currency ?? 'USD')})` : '';
  const money = format === '' ? [] : [{ name: 'formatMoney', from: '@faibric/app' }];
  const formatter: Code = { text: `(value) => ${format}`, imports: money };
  const empty = tag('EmptyState', [
    prop('icon', icon('ChartNoAxesColumn')),
    attribute('title', say(context.words.none, inSentence(collection.label))),
  ]);
  const isPie = section.shape === 'pie';
  const chart = isPie
    ? tag('PieChart', [
        attribute('label', label),
        prop('data', 'groups'),
        format !== '' && prop('formatValue', formatter),
      ])
    : tag(section.shape === 'line' ? 'LineChart' : 'BarChart', [
        attribute('label', label),
        prop('data', 'groups'),
        attribute('x', 'name'),
        prop('series', `[{ key: 'value', label: ${quote(seriesLabel)} }]`),
        format !== '' && prop('formatY', formatter),
        prop('loading', `${many}.loading`),
      ]);
  const isLine = section.shape === 'line' && measure !== undefined;
  const add = measure ? `(${one}.${measure.name} ?? 0)` : '1';
  const groups = isLine
    ? timeline(names, section.by, measure.name)
    : grouped(names, keyOf(by, one, '–'), add);
  const code = tsx`
    export function ${context.component}({ ${many} }: { ${many}: Collection<${type}> }) {
      ${groups}

      return (
        ${frame({ ...section, title: label }, [
          tsx`
          <Card>
            {groups.length === 0 && !${many}.loading ? ${empty} : ${chart}}
          </Card>
        `,
        ])}
      );
    }
  `;
  return { about: `A chart of ${inSentence(collection.label)}.`, code, takes: section.collection };
}
