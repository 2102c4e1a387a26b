// The documents of one collection, page by page. Asked for anew each time the dialog opens: other people write too.
import { useInfiniteQuery } from '@tanstack/react-query';
import { type CollectionPlace, listDocuments } from '../../lib/documents.ts';

/** Documents so far, how many there are in all, and how to get more. */
export function useDocuments(place: CollectionPlace) {
  const query = useInfiniteQuery({
    queryKey: ['documents', place.appId, place.collection],
    queryFn: ({ pageParam }) => listDocuments(place, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchOnMount: 'always',
  });
  const pages = query.data?.pages;
  return {
    documents: pages?.flatMap((page) => page.items),
    total: pages?.at(-1)?.total ?? undefined,
    error: query.error?.message,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}
