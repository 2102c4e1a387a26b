// The limits that the API promises, one named constant each, so that clients, validation and tests share
// one number. Sizes are bytes, times milliseconds. Raising one is a change of the contract.

/** Largest request body, in bytes, before any decoding. */
export const MAX_BODY_BYTES = 256 * 1024;
/** Deepest nesting of a JSON body. */
export const MAX_JSON_DEPTH = 32;
/** Most object keys in one JSON body, all levels together. */
export const MAX_JSON_KEYS = 2_000;
/** Longest single object key, in characters. */
export const MAX_JSON_KEY_LENGTH = 512;
/** Longest request target (path and query), in bytes. */
export const MAX_URL_BYTES = 4 * 1024;
/** Largest request head, in bytes. */
export const MAX_HEADER_BYTES = 16 * 1024;
/** Documents in one page when the client names no limit. */
export const DEFAULT_PAGE_SIZE = 100;
/** Documents in one page at most; a larger limit is lowered to this. */
export const MAX_PAGE_SIZE = 500;
/** Largest offset into a list. */
export const MAX_OFFSET = 1_000_000;
/** Longest filter of a list, in characters. */
export const MAX_FILTER_LENGTH = 2_000;
/** Conditions in one filter; each value of `$in` counts as one. */
export const MAX_FILTER_CONDITIONS = 100;
/** Values in one `$in` or `$nin`. */
export const MAX_FILTER_VALUES = 100;
/** How deep `$and` and `$or` may be nested. */
export const MAX_FILTER_DEPTH = 4;
/** Fields that a list may be ordered by. */
export const MAX_ORDER_FIELDS = 3;
/** Fields that a list may ask for by name. */
export const MAX_PROJECTED_FIELDS = 30;
/** Documents in one bulk create, and ids in one bulk delete. */
export const MAX_BULK_DOCUMENTS = 500;
/** Largest body of a bulk operation, in bytes. */
export const MAX_BULK_BODY_BYTES = 1024 * 1024;
/** Most object keys in the body of a bulk operation. */
export const MAX_BULK_KEYS = 20_000;
/** Largest body of an import, in bytes. */
export const MAX_IMPORT_BYTES = 32 * 1024 * 1024;
/** Rows of one import. */
export const MAX_IMPORT_ROWS = 50_000;
/** Rows of an import whose errors are told one by one; the rest is counted. */
export const MAX_IMPORT_ERRORS = 100;
/** Columns of a CSV export. */
export const MAX_EXPORT_COLUMNS = 500;
/** Imports and exports that one server works on at a time. */
export const MAX_TRANSFERS = 3;
/** Documents that are looked at to infer a collection's fields. */
export const FIELD_SAMPLE_SIZE = 500;
/** Largest document, in bytes of its JSON text. */
export const MAX_DOCUMENT_BYTES = 256 * 1024;
/** Documents of one app. */
export const MAX_DOCUMENTS_PER_APP = 50_000;
/** Bytes of all documents of one app. */
export const MAX_BYTES_PER_APP = 100 * 1024 * 1024;
/** Collections of one app. */
export const MAX_COLLECTIONS_PER_APP = 50;
/** Writes a second of one app. */
export const MAX_WRITES_PER_SECOND = 50;
/** Reads a second of one app. */
export const MAX_READS_PER_SECOND = 200;
/** Gateway calls a second of one app. */
export const MAX_GATEWAY_CALLS_PER_SECOND = 20;
/** Largest answer that the gateway takes from an upstream, in bytes. */
export const MAX_UPSTREAM_BYTES = 2 * 1024 * 1024;
/** Longest whole exchange with an upstream. */
export const UPSTREAM_TIMEOUT_MS = 10_000;
/** Longest wait for a connection to an upstream. */
export const UPSTREAM_CONNECT_TIMEOUT_MS = 3_000;
/** Upstream calls that one gateway request may fan out to. */
export const MAX_FAN_OUT = 20;
/** Gateway calls a day (UTC) of one app. */
export const MAX_GATEWAY_CALLS_PER_DAY = 50_000;
/** Gateway calls a day (UTC) of one app to services that cost money. */
export const MAX_PAID_GATEWAY_CALLS_PER_DAY = 500;
/** Longest time in seconds that a service's row may keep an answer: a week. */
export const MAX_CACHE_SECONDS = 604_800;
/** Bytes that the gateway's caches in a process may hold, each of the two. */
export const MAX_GATEWAY_CACHE_BYTES = 16 * 1024 * 1024;
/** Lines of a log in one answer. */
export const MAX_LOG_LINES = 2_000;
/** Longest stream of a log. */
export const MAX_LOG_STREAM_MS = 10 * 60_000;
/** Largest stream of a log, in bytes. */
export const MAX_LOG_STREAM_BYTES = 2 * 1024 * 1024;
/** Shortest prompt, in characters. */
export const MIN_PROMPT_LENGTH = 3;
/** Longest prompt, in characters. */
export const MAX_PROMPT_LENGTH = 8_000;
/** Shortest password, in characters. */
export const MIN_PASSWORD_LENGTH = 8;
/** Longest password, in characters. */
export const MAX_PASSWORD_LENGTH = 1_024;
/** Longest e-mail address, in characters. */
export const MAX_EMAIL_LENGTH = 254;
/** A session ends this many days after its last use. */
export const SESSION_IDLE_DAYS = 7;
/** A session ends this many days after its beginning, used or not. */
export const SESSION_MAX_DAYS = 30;
/** Users of one app. */
export const MAX_APP_USERS = 10_000;
/** Sessions that one user of an app may have at once; a new one ends the one that was not used for longest. */
export const MAX_APP_SESSIONS_PER_USER = 20;
/** Sign-ups and log-ins a second of one address at one app. */
export const MAX_LOGINS_PER_SECOND = 20;
/** How long a visitor's cookie lasts after the visitor's last write; browsers keep none for longer. */
export const VISITOR_DAYS = 400;
/** Longest handle of a platform account: it is the first part of its apps' hosts. */
export const MAX_HANDLE_LENGTH = 30;
/** Apps of one account, unless the installation or an admin says otherwise. */
export const MAX_APPS_PER_USER = 20;
/** Sessions that one account may have at once; a new one ends the one that was not used for longest. */
export const MAX_SESSIONS_PER_ACCOUNT = 50;
/** Personal access tokens of one account. */
export const MAX_TOKENS_PER_ACCOUNT = 50;
/** Longest life of a personal access token. */
export const MAX_TOKEN_DAYS = 365;
/** Invites that are open at once. */
export const MAX_OPEN_INVITES = 500;
/** Longest life of an invite. */
export const MAX_INVITE_DAYS = 30;
/** Streams of live changes of one app, per replica. */
export const MAX_LIVE_STREAMS_PER_APP = 100;
