// The calls that the owner of an app makes for its documents. On the platform's host the Database API knows the owner,
// so rules that keep visitors out do not apply here.
import type { DocumentList } from '@faibric/api/contract';
import { documentListSchema } from '@faibric/api/contract';
import { requestJson } from './http.ts';

/** A collection of an app. */
export interface CollectionPlace {
  appId: string;
  collection: string;
}

/** Documents of one page. */
export const PAGE_SIZE = 50;

const pathOf = ({ appId, collection }: CollectionPlace): string =>
  `/api/v1/db/${encodeURIComponent(appId)}/${encodeURIComponent(collection)}/`;

/** One page of documents, newest first; `cursor` is `next` of the page before. */
export function listDocuments(place: CollectionPlace, cursor: string | null): Promise<DocumentList> {
  const after = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  return requestJson(documentListSchema, { path: `${pathOf(place)}?limit=${PAGE_SIZE}${after}` });
}

/** Address of a download of the whole collection. */
export const exportUrl = (place: CollectionPlace, format: 'csv' | 'json'): string =>
  `${pathOf(place)}export/?format=${format}`;
