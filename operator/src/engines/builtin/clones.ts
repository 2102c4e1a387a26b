// "A Trello clone": products that people name instead of what they do, and what the builtin engine has for it.

const CLONES: readonly (readonly [name: string, kind: string])[] = [
  ['trello|asana|jira|monday\\.com|linear', 'kanban board'],
  ['twitter|x|mastodon|threads|bluesky|facebook', 'message board'],
  [
    'airbnb|booking\\.com|zillow',
    'list of apartments with title, city, price, rooms, rating and description',
  ],
  ['instagram|pinterest|flickr|unsplash', 'photos collection'],
  ['reddit|medium|hacker news|substack|tumblr|wordpress', 'blog'],
  ['spotify|soundcloud|itunes', 'songs collection'],
  ['netflix|imdb|letterboxd|hulu', 'movies watchlist'],
  ['notion|evernote|google keep|apple notes|onenote|obsidian', 'notes app'],
  ['whatsapp|telegram|slack|discord|messenger', 'message board'],
  ['goodreads', 'book tracker'],
  ['yelp|tripadvisor', 'restaurant list'],
  ['amazon|ebay|etsy|shopify|craigslist', 'product catalogue'],
  ['strava', 'run tracker'],
  ['todoist|google tasks|microsoft to ?do', 'todo list'],
  ['mint|ynab|splitwise', 'expense tracker'],
  ['duolingo|anki|quizlet', 'flash cards'],
  ['linkedin|salesforce|hubspot', 'contact directory'],
];

/** A prompt with "X clone" replaced by what X is for. */
export function withoutClones(prompt: string): string {
  for (const [name, kind] of CLONES) {
    const pattern = new RegExp(
      `\\b(?:${name})(?:[- ]like(?: app)?|[- ]style(?: app)?| clone| copy| alternative| replacement)\\b`,
      'i',
    );
    const like = new RegExp(
      `\\b(?:clone of|something like|app like|just like|similar to|like) (?:${name})\\b`,
      'i',
    );
    if (pattern.test(prompt)) return prompt.replace(pattern, kind);
    if (like.test(prompt)) return prompt.replace(like, kind);
  }
  return prompt;
}
