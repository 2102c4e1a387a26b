// Calls for one app that come while others of it are under way are made together: one round trip, one transaction and, for
// writes, one flush to disk for all of them. A call that comes when nothing is under way goes at once and alone, so nobody
// waits for company; and no call joins a statement that was already sent, so each sees all that was acknowledged before.

/** Makes calls together; gives one result for each, in their order. */
type MakeTogether<Call, Result> = (appId: string, calls: readonly Call[]) => Promise<readonly Result[]>;

/** How calls are made together. */
export interface Batching<Call, Result> {
  readonly together: MakeTogether<Call, Result>;
  /** Statements of one app that may be under way at a time. */
  readonly atOnce: number;
  /** Most calls in one statement. */
  readonly most: number;
}

interface Waiting<Call, Result> {
  readonly call: Call;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Line<Call, Result> {
  underWay: number;
  waiting: Waiting<Call, Result>[];
}

/** Makes a function that makes calls of one app together. */
export const makeBatcher = <Call, Result>({ together, atOnce, most }: Batching<Call, Result>) => {
  const lines = new Map<string, Line<Call, Result>>();
  const send = async (appId: string, line: Line<Call, Result>): Promise<void> => {
    const batch = line.waiting.splice(0, most);
    line.underWay += 1;
    try {
      const results = await together(
        appId,
        batch.map(({ call }) => call),
      );
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result === undefined) reject(new Error('a call of a batch got no result'));
        else resolve(result);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    line.underWay -= 1;
    if (line.waiting.length > 0) void send(appId, line);
    else if (line.underWay === 0) lines.delete(appId);
  };
  return (appId: string, call: Call): Promise<Result> =>
    new Promise((resolve, reject) => {
      const line = lines.get(appId) ?? { underWay: 0, waiting: [] };
      lines.set(appId, line);
      line.waiting.push({ call, resolve, reject });
      if (line.underWay < atOnce) void send(appId, line);
    });
};
