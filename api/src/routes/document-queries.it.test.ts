// Filters, orders, pages and projections against the real database: what matches, and that pages neither repeat nor lose a
// document while others come and go.
import { describe, expect, test } from 'vitest';
import { app, create, path, server } from '../../test/documents-rig.ts';

const list = (collection: string, query: Record<string, string | number>) => {
  const text = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return server.send('GET', `${path(collection)}?${text}`, { app });
};
const tags = (answer: { json: { items: { data: { t: string } }[] } }): string =>
  answer.json.items.map(({ data }) => data.t).join('');

describe('filters', () => {
  const DOCUMENTS = [
    { t: 'a', n: 1, s: 'Fern in the hall', tags: ['green', 'Big'], done: true },
    { t: 'b', n: 2, s: 'moss', tags: [], done: false },
    { t: 'c', n: 10, s: '50%_\\', tags: ['big'] },
    { t: 'd', n: '2', s: null },
    { t: 'e', n: true, s: 'ÄRGER "quoted"', deep: { list: [{ words: 'hidden Fern' }] } },
    { t: 'f' },
  ];
  const matching = async (filter: object): Promise<string> => {
    if ((await list('filters', {})).json.total === 0)
      for (const data of DOCUMENTS) await create('filters', data);
    const query = { order_by: 't', filter: JSON.stringify(filter) };
    const answer = await list('filters', query);
    const text = tags(answer);
    const counted = await server.send(
      'GET',
      `${path('filters')}count/?${new URLSearchParams({ filter: query.filter })}`,
      { app },
    );
    expect([answer.json.total, counted.json.count]).toEqual([text.length, text.length]);
    return text;
  };

  test.each<[object, string]>([
    [{ n: 2 }, 'b'],
    [{ n: '2' }, 'd'],
    [{ n: { $ne: 2 } }, 'acdef'],
    // Numbers with numbers, texts with texts; everything else is not between.
    [{ n: { $gt: 1 } }, 'bc'],
    [{ n: { $gte: 1, $lt: 10 } }, 'ab'],
    [{ n: { $gt: '1' } }, 'd'],
    [{ n: { $lte: 'zzz' } }, 'd'],
    [{ s: { $lt: 'a' } }, 'ac'],
    // Lists, the empty one included, are never beyond anything.
    [{ tags: { $lt: 'zzz' } }, ''],
    [{ tags: { $lt: 5 } }, ''],
    [{ tags: { $gt: 5 } }, ''],
    [{ n: { $lt: 1e308 } }, 'abc'],
    [{ n: { $gt: -1e308 } }, 'abc'],
    [{ n: { $in: [1, '2', true] } }, 'ade'],
    [{ n: { $in: [1, null] } }, 'af'],
    [{ n: { $nin: [1, 2, 10] } }, 'def'],
    [{ n: { $nin: [null] } }, 'abcde'],
    [{ s: null }, 'df'],
    [{ s: { $exists: true } }, 'abce'],
    [{ s: { $exists: false } }, 'df'],
    [{ s: { $contains: 'fern' } }, 'a'],
    [{ s: { $contains: '%_\\' } }, 'c'],
    [{ s: { $contains: '%' } }, 'c'],
    [{ s: { $contains: 'ärger "Q' } }, 'e'],
    [{ tags: { $contains: 'big' } }, 'c'],
    [{ tags: { $contains: 'Big' } }, 'a'],
    [{ n: { $contains: 'true' } }, ''],
    [{ s: { $search: 'HALL fern' } }, 'a'],
    [{ $search: 'fern' }, 'ae'],
    [{ $search: '"quoted"' }, 'e'],
    // Names of fields are not searched.
    [{ $search: 'words' }, ''],
    [{ $search: 'fern hall' }, 'a'],
    [{ $or: [{ n: 1 }, { s: 'moss' }] }, 'ab'],
    [{ $or: [{ n: 1 }, { $and: [{ done: false }, { n: { $gt: 1 } }] }], t: { $ne: 'a' } }, 'b'],
    [{ done: true, n: 1 }, 'a'],
    [{ done: true, n: 2 }, ''],
    [{ constructor: null }, 'abcdef'],
    [{ toString: "'; drop table faibric.documents; --" }, ''],
  ])('%j matches %j', async (filter, expected) => {
    expect(await matching(filter)).toBe(expected);
  });

  test('B18: SQL in every part of a query is only ever data, or refused', async () => {
    const sql = "') or true) --";
    for (const operator of ['$eq', '$ne', '$lt', '$contains', '$search', '$in'])
      expect(await matching({ t: { [operator]: operator === '$in' ? [sql] : sql } })).toBe(
        operator === '$ne' ? 'abcdef' : '',
      );
    for (const query of [
      { order_by: sql },
      { fields: sql },
      { cursor: sql },
      { filter: sql },
      { count: sql },
    ])
      expect((await list('filters', query)).status).toBe(400);
  });
});

describe('pages', () => {
  const fill = async (collection: string, values: readonly unknown[]) => {
    for (const [index, n] of values.entries())
      await create(collection, n === undefined ? { t: index } : { t: index, n });
  };
  /** All pages by cursor; `between` runs before each next page. */
  const walk = async (
    collection: string,
    query: Record<string, string | number>,
    between = async () => {},
  ) => {
    const seen: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const answer = await list(collection, { ...query, ...(cursor === undefined ? {} : { cursor }) });
      expect(answer.status).toBe(200);
      seen.push(...answer.json.items.map((item: { data: { t: number } }) => item.data.t));
      cursor = answer.json.next;
      await between();
    }
    return seen;
  };
  const VALUES = [3, 1, undefined, 2, 2, 2, 'x', null, [1], true, 2, { a: 1 }];

  test.each(['created_at', '-created_at', '-updated_at', 'n', '-n', 'n,-t', '-n,created_at', 'updated_at,n'])(
    'by cursor in the order %s give each document once, as one page does',
    async (order) => {
      const collection = `pages_${order.replaceAll(/[^a-z]/g, '')}${order.length}`;
      await fill(collection, VALUES);
      const whole = await list(collection, { order_by: order });
      const expected = whole.json.items.map((item: { data: { t: number } }) => item.data.t);
      expect(expected).toHaveLength(VALUES.length);
      for (const limit of [1, 2, 5, 12])
        expect(await walk(collection, { order_by: order, limit })).toEqual(expected);
    },
  );

  test('stay right while documents come before and go behind', async () => {
    await fill('moving', [5, 5, 5, 7, 9, 11]);
    const all = (await list('moving', { order_by: 'n' })).json.items;
    let steps = 0;
    const seen = await walk('moving', { order_by: 'n', limit: 2 }, async () => {
      steps += 1;
      await create('moving', { t: 100 + steps, n: 0 });
      if (steps === 1) await server.send('DELETE', path('moving', all[1].id), { app });
    });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('without a total are asked with count=false; fields gives only what is named', async () => {
    await fill('lean', [1, 2]);
    const { json } = await list('lean', { count: 'false', fields: 'n,nothing', order_by: 'n' });
    expect(json.total).toBeNull();
    expect(json.items.map((item: { data: object }) => item.data)).toEqual([{ n: 1 }, { n: 2 }]);
  });
});
