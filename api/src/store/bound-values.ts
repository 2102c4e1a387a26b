// Values that a statement binds, in the order of their `$n`. The only way for anything of a client's to get into a
// statement: SQL text is put together from fixed pieces and these placeholders, and from nothing else.

/** Collects values and gives their placeholders. */
export interface Bind {
  /** Binds a value and gives its placeholder, with a cast. */
  (value: unknown, type: 'text' | 'jsonb' | 'text[]' | 'uuid' | 'uuid[]' | 'timestamptz' | 'integer'): string;
  /** Binds a field's name, the same one only once. */
  field(name: string): string;
  readonly values: readonly unknown[];
}

/** Starts a list of bound values; `first` are $1 and so on. */
export const bindValues = (...first: readonly unknown[]): Bind => {
  const values = [...first];
  const fields = new Map<string, string>();
  const bind = (value: unknown, type: string): string => {
    values.push(value);
    return `$${values.length}::${type}`;
  };
  const field = (name: string): string => {
    const placeholder = fields.get(name) ?? bind(name, 'text');
    fields.set(name, placeholder);
    return placeholder;
  };
  return Object.assign(bind, { field, values });
};
