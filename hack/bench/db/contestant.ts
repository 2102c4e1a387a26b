// One server of the database bench: how to reach it and what its requests look like. All hold the same documents, and all
// are asked the same four things; where their addresses and bodies differ, this is all that differs.

/** A document as every server stores it. */
export interface BenchDocument {
  readonly title: string;
  readonly category: string;
  readonly price: number;
  readonly done: boolean;
  readonly note: string;
}

/** A request as the load generator repeats it; `{id}`, `{category}` and `{n}` in path and body change with each. */
export interface BenchRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
}

/** What is measured. */
export type Workload = 'get one' | 'list of 20' | 'filtered list' | 'create';

/** A running server, filled. */
export interface Contestant {
  readonly name: string;
  /** What it does before it acknowledges a write. */
  readonly durability: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly ids: readonly string[];
  readonly requests: Readonly<Record<Workload, BenchRequest>>;
  stop(): Promise<void>;
}

/** The categories that documents are spread over. */
export const CATEGORIES = 20;

/** Document number `n`. */
export const benchDocument = (n: number): BenchDocument => ({
  title: `Item number ${n}`,
  category: `category-${n % CATEGORIES}`,
  price: ((n * 7919) % 10_000) / 10,
  done: n % 2 === 0,
  note: `Some words about thing ${n % 997}, as people write them`,
});

/** The body of a create, with placeholders. */
export const NEW_DOCUMENT = JSON.stringify(benchDocument(7)).replace('Item number 7', 'Item number {n}');

/** Asks until an address answers below 500. */
export const untilAnswers = async (url: string, headers: Record<string, string> = {}): Promise<void> => {
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    const status = await fetch(url, { headers }).then(
      async (answer) => {
        await answer.body?.cancel();
        return answer.status;
      },
      () => 599,
    );
    if (status < 500) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
};

/** Posts JSON and gives the answer; a refusal ends the bench. */
export const postJson = async (
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<unknown> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text.slice(0, 300)}`);
  return JSON.parse(text);
};
