// A field from its words: key, label, type. Labels stay as the person wrote them, but for the first letter.
import type { BlueprintField } from '@faibric/crds';
import { guessType } from './field-types.ts';

const RESERVED = new Set(['id', 'createdAt', 'updatedAt', 'version', 'data', 'constructor', 'prototype']);

/** `Watering interval` to `wateringInterval`; a label without Latin letters gives `field`. */
export function fieldKey(label: string): string {
  const words = label
    .replace(/^e-mail\b/i, 'email')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’']/g, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
  const [first = '', ...rest] = words;
  const key = [first, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
  const safe = key.replace(/^\d+/, '').slice(0, 40);
  if (safe === '') return 'field';
  const lowered = safe.charAt(0).toLowerCase() + safe.slice(1);
  return RESERVED.has(lowered) ? `${lowered}Value`.slice(0, 40) : lowered;
}

/** First letter in capitals, the rest as it is. */
export const sentenceCase = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** Fields with distinct keys; a repeat of a label is dropped, two labels with one key get a number. */
export function distinctFields(fields: readonly BlueprintField[]): BlueprintField[] {
  const labels = new Set<string>();
  const keys = new Set<string>();
  const distinct: BlueprintField[] = [];
  for (const field of fields) {
    const label = field.label.toLowerCase();
    if (labels.has(label)) continue;
    labels.add(label);
    let name = field.name;
    for (let i = 2; keys.has(name); i++) name = `${field.name.slice(0, 37)}${i}`;
    keys.add(name);
    distinct.push({ ...field, name });
  }
  return distinct;
}

/** One field from its label, with an optional unit ("days") and optional choices. */
export function makeField(
  label: string,
  more: { unit?: string; options?: readonly string[] } = {},
): BlueprintField {
  const text = label.trim().slice(0, 60);
  const base = { name: fieldKey(text), label: sentenceCase(text) };
  if (more.options && more.options.length > 1)
    return {
      ...base,
      type: 'select',
      options: more.options.map((option) => sentenceCase(option).slice(0, 60)),
    };
  return { ...base, ...guessType(text.toLowerCase(), more.unit) };
}
