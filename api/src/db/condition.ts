// A filter as the store understands it: a small tree of conditions on top-level fields of a document. Types count: a
// number is compared with numbers and a text with texts, and a value of another type never matches.

/** A value that a field may equal. */
export type Scalar = string | number | boolean;

/** Which side of a value. */
export type Comparison = 'gt' | 'gte' | 'lt' | 'lte';

/** One condition. A field is `missing` when it is not there or null. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'equal'; readonly field: string; readonly value: Scalar }
  | { readonly kind: 'missing'; readonly field: string }
  | {
      readonly kind: 'compare';
      readonly field: string;
      readonly than: Comparison;
      readonly value: string | number;
    }
  /** A text field in which the text occurs, in any case; or a list field that has the value as an element. */
  | { readonly kind: 'contains'; readonly field: string; readonly value: Scalar }
  /** Any text of the document, at any depth, in which the text occurs, in any case. */
  | { readonly kind: 'anywhere'; readonly text: string };
