// What a prompt asks for that the composer cannot do. Each note starts with the user's own words, so that nobody has to
// guess which wish was left out.
type Limit = readonly [pattern: RegExp, note: string];

// biome-ignore format: one limit to a line
const LIMITS: readonly Limit[] = [
  [/\b(?:(?:online |card |credit card |in-app )?payments?(?! date| method| due| amount)|check ?out|shopping cart|pay (?:online|with|by)|stripe|paypal|apple pay|twint|buy (?:tickets|online))\b/i, 'taking payments is not built in; the app shows prices only'],
  [/\b(?:send(?:s|ing)? (?:out )?(?:an? |me |us |automatic |automated |weekly |daily )*(?:e-?mails?|mails?|newsletters?)|e-?mail (?:reminders?|notifications?|alerts?|confirmations?|me|us|them)|smtp)\b/i, 'the app cannot send e-mail'],
  [/\b(?:sms|text messages?|whatsapp|telegram|slack|discord (?:bot|message))\b/i, 'the app cannot send messages to other services'],
  [/\b(?:push notifications?|notif(?:y|ies|ications?)|reminders?(?! list)|remind (?:me|us|them)|alerts?(?: me| when)|alarms?)\b/i, 'the app does not notify you when it is closed; look into it for what is due'],
  [/\b(?:log ?in|sign[- ]?in|authenticat\w*|oauth|sso) (?:with|via|through|using) (?:google|facebook|github|apple|microsoft|twitter|linkedin)\b|\bgoogle (?:login|sign[- ]?in|account)\b/i, 'signing in with an outside account is not built in'],
  [/\b(?:roles? and permissions?|admin (?:area|panel|login|page))\b/i, 'there are no roles inside the app; its owner sees and changes all data in the dashboard'],
  [/\b(?:upload(?:s|ed|ing)?|attach(?:ments?|ing)?|file (?:storage|sharing)|drag and drop files?)\b/i, 'files cannot be uploaded; a field takes the address of a picture instead'],
  [/\b(?:video (?:call|chat|conference)s?|live ?stream(?:s|ing)?|voice (?:call|chat)s?|webrtc|record (?:audio|video|voice))\b/i, 'sound and video are not built in'],
  [/\b(?:chat ?bots?|ai (?:assistant|chat|powered|generated|suggestions?|recommendations?)|gpt|llm|machine learning|artificial intelligence|image recognition|speech recognition|ocr|automatically (?:generate|summari[sz]e|translate|suggest))\b/i, 'the app has no artificial intelligence inside'],
  [/\b(?:google maps|interactive map|on a map|maps? (?:view|with|showing)|gps|geolocation|track my location|route planning|navigation directions)\b/i, 'there is no map; places are shown as text'],
  [/\b(?:google calendar|outlook|ical|calendar sync|sync(?:s|ed|ing|hroni[sz]\w*)? with|integrat(?:e|es|ed|ion|ions) with|zapier|webhooks?|import from|api (?:access|for))\b/i, 'it is not connected to other services'],
  [/\b(?:pdf|print(?:able)? (?:labels?|invoices?)|export(?:s|ed|ing)?|excel|csv|download(?:s|able)?)\b/i, 'export is not built in; use the browser’s print'],
  [/\b(?:barcodes?|qr[- ]?codes?|scan(?:s|ner|ning)?|camera|bluetooth|nfc|sensors?)\b/i, 'the app does not use cameras or other hardware'],
  [/\b(?:multi-?player|play (?:online|against (?:friends|each other))|real[- ]time (?:chat|collaboration|multiplayer)|matchmaking)\b/i, 'playing or writing together over the network is not built in'],
  [/\b(?:mobile app|ios app|android app|app store|play store|native app|desktop app|browser extension|chrome extension)\b/i, 'it is a web app; it works in the browser of any phone or computer'],
  [/\b(?:3d|virtual reality|\bvr\b|augmented reality|\bar\b (?:app|view)|first[- ]person|minecraft|open[- ]world|physics engine|racing game|platformer|shooter)\b/i, 'such a game is beyond the builtin engine; configure a model for it'],
  [/\b(?:exchange rates?|currency convert(?:er|sion)|convert (?:currencies|euros?|dollars?)|news (?:feed|api|headlines)|headlines|flight status|sports? results|live scores?|spotify|youtube|twitter|instagram|tiktok|reddit|linkedin)\b/i, 'live data of this kind is not available; prices of shares and coins, and the weather, are'],
  [/\b(?:drag(?:ging)?[- ]and[- ]drop|draggable|swip(?:e|ing)|animations?|animated|confetti|parallax)\b/i, 'special effects and dragging are left out; everything works by click and keyboard'],
  [/\b(?:offline mode|works? offline|pwa|progressive web app)\b/i, 'the app needs a connection'],
  [/\b(?:gantt|mind ?maps?|org(?:anization)? chart|family tree|spreadsheet|pivot|whiteboard|drawing (?:app|board|canvas)|photo editor|image editor|video editor|music player|code editor|compiler)\b/i, 'this kind of view is beyond the builtin engine; the data are kept in a table'],
];

/** A short piece of the prompt around a match, for a note. */
const MAX_WORDS = 60;

/** Notes on what is left out, in the order of the prompt. A wish that is refused ("no login", "without payments") is none. */
export function readLimits(prompt: string): string[] {
  const notes = LIMITS.flatMap(([pattern, note]) => {
    const match = pattern.exec(prompt);
    if (
      !match ||
      /\b(?:no|without|not|never|don'?t|kein[e]?|ohne|sans|sin)\s+(?:\w+\s+)?$/i.test(
        prompt.slice(0, match.index),
      )
    )
      return [];
    return [{ at: match.index, text: `“${match[0].slice(0, MAX_WORDS)}”: ${note}.` }];
  });
  return notes
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text)
    .slice(0, 20);
}
