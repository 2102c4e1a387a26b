// The language that a prompt is written in, by its most common words; it becomes the language of the page.

const COMMON: Readonly<Record<string, RegExp>> = {
  de: /\b(?:ein|eine|einen|mit|und|für|meine?|der|die|das|von|ich|soll|wo|bitte|liste|über|erstelle?)\b/gi,
  fr: /(?<!\p{L})(?:une?|avec|et|pour|mes|mon|ma|le|la|les|des|du|je|où|créer?|liste|sur)(?!\p{L})/giu,
  es: /(?<!\p{L})(?:una?|con|y|para|mis?|el|la|los|las|de|quiero|donde|crea|lista|sobre)(?!\p{L})/giu,
  it: /(?<!\p{L})(?:una?|un|con|e|per|i miei|le mie|il|la|gli|di|del|della|voglio|dove|crea|lista|elenco)(?!\p{L})/giu,
  pt: /(?<!\p{L})(?:uma?|com|e|para|meus?|minhas?|os|as|do|da|dos|quero|onde|criar?|lista|sobre)(?!\p{L})/giu,
  nl: /\b(?:een|met|en|voor|mijn|het|de|van|ik|wil|waar|maak|lijst|over)\b/gi,
  en: /\b(?:an?|with|and|for|my|the|of|to|i|want|where|make|build|list|that|app|tracker)\b/gi,
};

/** Two letters of the language; English when in doubt. */
export function readLanguage(prompt: string): string {
  const words = Math.max(1, prompt.split(/\s+/).length);
  const scores = Object.entries(COMMON).map(([language, pattern]) => ({
    language,
    share: (prompt.match(pattern)?.length ?? 0) / words,
  }));
  const best = scores.sort((a, b) => b.share - a.share)[0];
  const english = scores.find(({ language }) => language === 'en')?.share ?? 0;
  return best && best.share >= 0.25 && best.share > english ? best.language : 'en';
}
