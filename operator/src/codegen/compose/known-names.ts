// What the composer may name without saying where it comes from: the SDK's components, hooks and types, and React's
// hooks. A test compares the list with the SDK's own exports.

/** One imported name. */
export interface Import {
  readonly name: string;
  readonly from: string;
  readonly type?: boolean;
}

const SDK_VALUES =
  'useCollection useDocument useGateway useTally useUser Login SignedIn SignInButton UserMenu ThemeProvider AppShell Section Card Grid Row Stack Button ' +
  'IconButton Field TextField TextArea NumberField DateField Select Checkbox SearchField Form RecordForm DataTable ' +
  'EmptyState ErrorState Loading Badge SampleDataBadge UpdatedAt Stat Dialog ConfirmDialog toast Tabs Progress Hero ' +
  'PriceList OpeningHours FeatureList Prose ContactDetails LineChart AreaChart BarChart PieChart formatNumber ' +
  'formatMoney formatPercent formatDate formatDateTime';

const SDK_TYPES =
  'AppError Item CollectionOptions Collection DocumentState GatewayRequest GatewayState StockQuote PricePoint ' +
  'CoinQuote Weather User UserState Theme NavItem Option RecordField RecordValues Column Tone PriceItem PriceGroup ' +
  'DayHours Series';

const REACT_VALUES = 'useState useEffect useRef useMemo useCallback useReducer Fragment';
const REACT_TYPES = 'ReactNode ReactElement KeyboardEvent';

const table = new Map<string, Import>();
const enter = (names: string, from: string, type: boolean): void => {
  for (const name of names.split(' ')) table.set(name, type ? { name, from, type } : { name, from });
};
enter(SDK_VALUES, '@faibric/app', false);
enter(SDK_TYPES, '@faibric/app', true);
enter(REACT_VALUES, 'react', false);
enter(REACT_TYPES, 'react', true);

/** Where a known name comes from; undefined for any other word. */
export const knownImport = (name: string): Import | undefined => table.get(name);

/** Values of the SDK that composed code may use. */
export const sdkValues = (): readonly string[] => SDK_VALUES.split(' ');

/** Types of the SDK that composed code may use. */
export const sdkTypes = (): readonly string[] => SDK_TYPES.split(' ');
