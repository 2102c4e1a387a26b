// Names of what has a live price or a weather: companies and their symbols, coins and CoinGecko's ids, large cities.

/** Company or index, in lower case, to symbol. */
// biome-ignore format: a table reads best packed
export const COMPANIES: Readonly<Record<string, string>> = {
  apple: 'AAPL', microsoft: 'MSFT', tesla: 'TSLA', nvidia: 'NVDA', amazon: 'AMZN', google: 'GOOGL', alphabet: 'GOOGL',
  meta: 'META', facebook: 'META', netflix: 'NFLX', amd: 'AMD', intel: 'INTC', ibm: 'IBM', oracle: 'ORCL', adobe: 'ADBE',
  salesforce: 'CRM', spotify: 'SPOT', uber: 'UBER', airbnb: 'ABNB', disney: 'DIS', nike: 'NKE', 'coca-cola': 'KO',
  'coca cola': 'KO', pepsi: 'PEP', mcdonalds: 'MCD', "mcdonald's": 'MCD', starbucks: 'SBUX', walmart: 'WMT', boeing: 'BA',
  ford: 'F', 'general motors': 'GM', toyota: 'TM', sony: 'SONY', samsung: '005930.KS', siemens: 'SIE.DE', sap: 'SAP',
  bmw: 'BMW.DE', volkswagen: 'VOW3.DE', mercedes: 'MBG.DE', nestle: 'NESN.SW', 'nestlé': 'NESN.SW', roche: 'ROG.SW',
  novartis: 'NOVN.SW', ubs: 'UBS', asml: 'ASML', shell: 'SHEL', bp: 'BP', lvmh: 'MC.PA', paypal: 'PYPL', visa: 'V',
  mastercard: 'MA', jpmorgan: 'JPM', 'goldman sachs': 'GS', 'berkshire hathaway': 'BRK-B', palantir: 'PLTR', coinbase: 'COIN',
  'johnson & johnson': 'JNJ', pfizer: 'PFE', qualcomm: 'QCOM', broadcom: 'AVGO', tsmc: 'TSM', shopify: 'SHOP', zoom: 'ZM',
  's&p 500': '^GSPC', 'dow jones': '^DJI', nasdaq: '^IXIC', dax: '^GDAXI', 'gold price': 'GC=F', 'price of gold': 'GC=F', 'crude oil': 'CL=F',
};

/** Symbols that a prompt may name in capitals without saying "stock". */
// biome-ignore format: a table reads best packed
export const SYMBOLS: ReadonlySet<string> = new Set([
  ...Object.values(COMPANIES), 'GOOG', 'SPY', 'QQQ', 'VOO', 'VTI', 'IWM', 'BABA', 'TSM', 'LLY', 'UNH', 'XOM', 'CVX', 'PG',
  'HD', 'COST', 'BAC', 'WFC', 'C', 'GS', 'MS', 'CSCO', 'TXN', 'MU', 'GE', 'CAT', 'MMM', 'T', 'VZ', 'TMUS', 'CMCSA', 'SNOW',
  'PLTR', 'RIVN', 'LCID', 'NIO', 'GME', 'AMC', 'SQ', 'ROKU', 'PINS', 'SNAP', 'TWLO', 'DDOG', 'NET', 'CRWD', 'PANW', 'ARM', 'SMCI',
]);

/** Coin or its sign, in lower case, to CoinGecko's id. */
// biome-ignore format: a table reads best packed
export const COINS: Readonly<Record<string, string>> = {
  bitcoin: 'bitcoin', btc: 'bitcoin', ethereum: 'ethereum', eth: 'ethereum', ether: 'ethereum', solana: 'solana', sol: 'solana',
  cardano: 'cardano', ada: 'cardano', ripple: 'ripple', xrp: 'ripple', dogecoin: 'dogecoin', doge: 'dogecoin',
  litecoin: 'litecoin', ltc: 'litecoin', polkadot: 'polkadot', monero: 'monero', xmr: 'monero', tether: 'tether',
  usdt: 'tether', usdc: 'usd-coin', bnb: 'binancecoin', 'binance coin': 'binancecoin', avalanche: 'avalanche-2',
  avax: 'avalanche-2', chainlink: 'chainlink', 'shiba inu': 'shiba-inu', shib: 'shiba-inu', tron: 'tron', stellar: 'stellar',
  cosmos: 'cosmos', uniswap: 'uniswap', pepe: 'pepe', toncoin: 'the-open-network', 'bitcoin cash': 'bitcoin-cash',
};

/** Cities that are found without "in" before them. */
// biome-ignore format: a table reads best packed
export const CITIES: readonly string[] = [
  'London', 'Paris', 'Berlin', 'Madrid', 'Rome', 'Vienna', 'Zurich', 'Zürich', 'Geneva', 'Bern', 'Basel', 'Munich', 'Hamburg',
  'Cologne', 'Frankfurt', 'Amsterdam', 'Rotterdam', 'Brussels', 'Antwerp', 'Luxembourg', 'Lisbon', 'Porto', 'Barcelona', 'Valencia',
  'Seville', 'Milan', 'Naples', 'Turin', 'Florence', 'Venice', 'Athens', 'Istanbul', 'Ankara', 'Copenhagen', 'Stockholm', 'Oslo',
  'Helsinki', 'Reykjavik', 'Dublin', 'Edinburgh', 'Glasgow', 'Manchester', 'Birmingham', 'Liverpool', 'Warsaw', 'Krakow', 'Prague',
  'Budapest', 'Bucharest', 'Sofia', 'Belgrade', 'Zagreb', 'Ljubljana', 'Tallinn', 'Riga', 'Vilnius', 'Kyiv', 'Moscow',
  'New York', 'Los Angeles', 'San Francisco', 'Chicago', 'Boston', 'Seattle', 'Portland', 'Austin', 'Dallas', 'Houston', 'Denver',
  'Miami', 'Atlanta', 'Washington', 'Philadelphia', 'Las Vegas', 'San Diego', 'Toronto', 'Vancouver', 'Montreal', 'Mexico City',
  'Bogota', 'Lima', 'Santiago', 'Buenos Aires', 'Sao Paulo', 'São Paulo', 'Rio de Janeiro', 'Cairo', 'Lagos', 'Nairobi',
  'Cape Town', 'Johannesburg', 'Casablanca', 'Marrakesh', 'Dubai', 'Abu Dhabi', 'Doha', 'Riyadh', 'Tel Aviv', 'Jerusalem',
  'Mumbai', 'Delhi', 'New Delhi', 'Bangalore', 'Chennai', 'Kolkata', 'Karachi', 'Dhaka', 'Bangkok', 'Singapore', 'Kuala Lumpur',
  'Jakarta', 'Manila', 'Hanoi', 'Hong Kong', 'Taipei', 'Shanghai', 'Beijing', 'Seoul', 'Tokyo', 'Osaka', 'Kyoto', 'Sydney',
  'Melbourne', 'Brisbane', 'Perth', 'Auckland', 'Wellington', 'Honolulu',
];
