// What the name of a field says about its type: "last watered" is a date, "watering interval in days" a number of days.
// The rules are tried in order, the first that fits wins; a name that fits none is a text.
import type { BlueprintField } from '@faibric/crds';

type Guess = Partial<BlueprintField> & Pick<BlueprintField, 'type'>;

const choice = (...options: string[]): Guess => ({ type: 'select', options });

/** Units after "in": "interval in days". */
// biome-ignore format: a table reads best packed
const UNITS: Readonly<Record<string, string>> = {
  day: 'days', days: 'days', week: 'weeks', weeks: 'weeks', month: 'months', months: 'months', year: 'years',
  years: 'years', hour: 'h', hours: 'h', hrs: 'h', minute: 'min', minutes: 'min', mins: 'min', min: 'min',
  second: 's', seconds: 's', kg: 'kg', kilos: 'kg', kilograms: 'kg', g: 'g', grams: 'g', lb: 'lb', lbs: 'lb',
  pounds: 'lb', km: 'km', kilometers: 'km', kilometres: 'km', mi: 'mi', miles: 'mi', m: 'm', meters: 'm',
  metres: 'm', cm: 'cm', centimeters: 'cm', centimetres: 'cm', mm: 'mm', inches: 'in', feet: 'ft', l: 'l',
  litres: 'l', liters: 'l', ml: 'ml', percent: '%', '%': '%', kcal: 'kcal', calories: 'kcal', celsius: '°C',
  degrees: '°', kwh: 'kWh', 'm²': 'm²', sqm: 'm²', mmhg: 'mmHg', bpm: 'bpm', steps: 'steps', pages: 'pages', points: 'points',
};
const CURRENCIES = /^(?:euros?|dollars?|usd|eur|gbp|chf|yen|francs?|€|\$|£)$/;

// biome-ignore format: one rule to a line
const RULES: readonly (readonly [RegExp, Guess])[] = [
  [/^when\b/, { type: 'date' }],
  [/^how (?:many|much|long|far|often|old|tall|heavy)\b|\btimes (?:a|per) \w+$/, { type: 'number' }],
  [/\b(?:datum|fecha|geburtstag|fällig|échéance|scadenza|vencimiento)\b/, { type: 'date' }],
  [/\b(?:preis|betrag|kosten|prix|montant|precio|importe|prezzo|importo|preço|valor|prijs|bedrag)\b/, { type: 'money' }],
  [/\b(?:anzahl|menge|quantité|nombre|cantidad|quantità|quantidade|aantal)\b/, { type: 'number' }],
  [/\b(?:notizen|beschreibung|bemerkungen?|zutaten|anleitung|descripción|notas|remarques|ingrédients|descrizione|descrição|notities)\b/, { type: 'longtext' }],
  [/\b(?:bewertung|sterne|valoración|valutazione|avaliação|beoordeling)\b/, { type: 'rating' }],
  [/\b(?:telefon(?:nummer)?|téléphone|teléfono|telefono|telefone|telefoon)\b/, { type: 'phone' }],
  [/\b(?:priorität|priorité|prioridad|priorità|prioridade|prioriteit)\b/, choice('1', '2', '3')],
  [/\b(?:erledigt|fertig|bezahlt|gelesen|fait|payé|hecho|pagado|fatto|pagato|feito|pago|gedaan|betaald)\b/, { type: 'boolean' }],
  [/^(?:what|who|whom|which|where|why)\b/, { type: 'text' }],
  [/\bwake(?:[- ]?up)?\b/, { type: 'time' }],
  [/\be-?mails?\b|\bmail address\b/, { type: 'email' }],
  [/\b(?:phone|telephone|mobile|cell|fax)\b/, { type: 'phone' }],
  [/\b(?:url|link|website|web ?site|homepage|web page)\b/, { type: 'url' }],
  [/\b(?:photo|picture|image|cover|avatar|thumbnail|logo)s?\b/, { type: 'image' }],
  [/\b(?:rating|stars?)\b|\bout of (?:5|five)\b/, { type: 'rating' }],
  [/\bdate and time\b|\bappointment\b|\bdate ?time\b/, { type: 'datetime' }],
  [/\b(?:due|deadline|birthday|birthdate|anniversary|expiry|expiration|expires?)\b/, { type: 'date' }],
  [/\bdates?\b|\bday of\b|\bdob\b/, { type: 'date' }],
  [/^(?:last|next|first|since|when) \w+|\b(?:on|since|until)$/, { type: 'date' }],
  [/\b\w+(?:ed|ught) on\b|^(?:planted|purchased|acquired|hired|joined|watered) (?:at|on|date)?$/, { type: 'date' }],
  [/\b(?:start|end|begin|finish) time\b|^time(?: of day)?$|\bbedtime\b|\bdeparture\b|\barrival\b/, { type: 'time' }],
  [/^(?:start|end)s?$/, { type: 'date' }],
  [/\b(?:price|cost|salary|budget|fee|rent|wage|income|expense|balance|revenue|premium|deposit|spent|payment|paid amount|amount owed|amount paid|amount spent|amount)\b/, { type: 'money' }],
  [/\bpriority\b|\burgency\b|\bimportance\b|\bseverity\b/, choice('Low', 'Medium', 'High')],
  [/\bdifficulty\b|\blevel of difficulty\b/, choice('Easy', 'Medium', 'Hard')],
  [/\bmood\b/, choice('Great', 'Good', 'Okay', 'Low', 'Bad')],
  [/\bstatus\b|\bstage\b|\bprogress\b/, choice('To do', 'In progress', 'Done')],
  [/\bseason\b/, choice('Spring', 'Summer', 'Autumn', 'Winter')],
  [/\b(?:weekday|day of (?:the )?week)\b/, choice('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')],
  [/\b(?:gender|sex)\b/, choice('Female', 'Male', 'Other')],
  [/\bfrequency\b/, choice('Daily', 'Weekly', 'Monthly', 'Yearly')],
  [/^(?:is |has |was )|\b(?:done|completed?|finished|checked|paid|received|returned|favou?rites?|archived|active|available|owned|vaccinated|attending|confirmed|packed|bought|purchased|read|watched|visited|cooked|yes ?\/ ?no|or not)\??$/, { type: 'boolean' }],
  [/\b(?:tags?|labels?|keywords?|hashtags?)\b/, { type: 'tags' }],
  [/\b(?:notes?|description|comments?|remarks?|ingredients|instructions|steps to|directions|summary|details|message|body|content|review|story|lyrics|thoughts|reflection|method|bio|abstract|requirements|agenda|minutes of|feedback|answer)\b/, { type: 'longtext' }],
  [/\bweight\b/, { type: 'number', unit: 'kg' }],
  [/\bheight\b/, { type: 'number', unit: 'cm' }],
  [/\bdistance\b/, { type: 'number', unit: 'km' }],
  [/\b(?:calories|kcal)\b/, { type: 'number', unit: 'kcal' }],
  [/\b(?:duration|length of time|cooking time|prep(?:aration)? time|cook time|time spent|time)\b/, { type: 'number', unit: 'min' }],
  [/\binterval\b/, { type: 'number', unit: 'days' }],
  [/\btemperature\b/, { type: 'number', unit: '°C' }],
  [/\bage\b/, { type: 'number', unit: 'years' }],
  [/\b(?:year|number|quantity|qty|count|total|amount of|pages?|servings?|portions|score|points|stock|reps?|sets|rounds|laps|steps|mileage|odometer|seats|size|capacity|copies|percentage|percent|episodes?|seasons|level|rank|grade|hours?|minutes|glasses|cups|units|volume|area|speed|pulse|heart rate|guests|people|attendees|bedrooms|rooms)\b/, { type: 'number' }],
];

const NOT_A_NUMBER =
  /\b(?:phone|serial|account|order|invoice|flight|room|model|part|house|tracking|licen[cs]e|vin|id|plate|registration|passport|membership) (?:number|no\.?|nr)\b|\bisbn\b|\bcode\b|\bsku\b|\bsize\b/;
const DEFINITE_TEXT =
  /\b(?:name|title|author|artist|brand|model|species|breed|location|place|city|country|address|company|position|role|subject|topic|genre|category|type|kind|colou?r|material|supplier|owner|assignee|responsible|person|who|where|what|from|to)\b/;

/** Type, unit and choices of a field, by its label in lower case. */
export function guessType(label: string, unitWord?: string): Guess {
  const unit = unitWord?.toLowerCase();
  if (unit && CURRENCIES.test(unit)) return { type: 'money' };
  if (unit && Object.hasOwn(UNITS, unit)) return { type: 'number', unit: UNITS[unit] ?? unit };
  if (NOT_A_NUMBER.test(label)) return { type: 'text' };
  const found = RULES.find(([pattern]) => pattern.test(label))?.[1];
  if (!found) return { type: 'text' };
  // "author rating" is a rating, but "name of the photo" is a name: the last word decides between a text and the rest.
  const last = label.split(' ').at(-1) ?? '';
  if (DEFINITE_TEXT.test(last) && found.type !== 'select' && found.type !== 'email' && found.type !== 'date')
    return { type: 'text' };
  return found;
}
