// Titles, labels and short sentences of plans in other languages. Looked up whole, by the English text; what is not here
// stays as it is, so a label that the user wrote is never touched.
import type { Blueprint, BlueprintSection } from '@faibric/crds';

// English | German | French | Spanish | Italian
const ROWS: readonly string[] = [
  'Name|Name|Nom|Nombre|Nome',
  'Title|Titel|Titre|Título|Titolo',
  'Description|Beschreibung|Description|Descripción|Descrizione',
  'Amount|Betrag|Montant|Importe|Importo',
  'Category|Kategorie|Catégorie|Categoría|Categoria',
  'Date|Datum|Date|Fecha|Data',
  'Notes|Notizen|Notes|Notas|Note',
  'Task|Aufgabe|Tâche|Tarea|Attività',
  'Due date|Fällig am|Échéance|Vencimiento|Scadenza',
  'Priority|Priorität|Priorité|Prioridad|Priorità',
  'Done|Erledigt|Fait|Hecho|Fatto',
  'Item|Artikel|Article|Artículo|Articolo',
  'Quantity|Menge|Quantité|Cantidad|Quantità',
  'Bought|Gekauft|Acheté|Comprado|Comprato',
  'Status|Status|Statut|Estado|Stato',
  'Rating|Bewertung|Note|Valoración|Voto',
  'Author|Autor|Auteur|Autor|Autore',
  'Genre|Genre|Genre|Género|Genere',
  'Species|Art|Espèce|Especie|Specie',
  'Location|Ort|Lieu|Lugar|Luogo',
  'Place|Ort|Lieu|Lugar|Luogo',
  'Price|Preis|Prix|Precio|Prezzo',
  'Phone|Telefon|Téléphone|Teléfono|Telefono',
  'E-mail|E-Mail|E-mail|Correo|E-mail',
  'Message|Nachricht|Message|Mensaje|Messaggio',
  'Company|Firma|Entreprise|Empresa|Azienda',
  'Ingredients|Zutaten|Ingrédients|Ingredientes|Ingredienti',
  'Instructions|Zubereitung|Préparation|Preparación|Preparazione',
  'Servings|Portionen|Portions|Raciones|Porzioni',
  'Low|Niedrig|Basse|Baja|Bassa',
  'Medium|Mittel|Moyenne|Media|Media',
  'High|Hoch|Haute|Alta|Alta',
  'To do|Offen|À faire|Pendiente|Da fare',
  'In progress|In Arbeit|En cours|En curso|In corso',
  'Menu|Speisekarte|Carte|Carta|Menu',
  'Services|Leistungen|Services|Servicios|Servizi',
  'Services and prices|Leistungen und Preise|Services et tarifs|Servicios y precios|Servizi e prezzi',
  'Prices|Preise|Tarifs|Precios|Prezzi',
  'From our oven|Aus unserem Ofen|De notre four|De nuestro horno|Dal nostro forno',
  'Rooms and prices|Zimmer und Preise|Chambres et tarifs|Habitaciones y precios|Camere e prezzi',
  'About us|Über uns|À propos|Sobre nosotros|Chi siamo',
  'Opening hours|Öffnungszeiten|Horaires|Horario|Orari',
  'Our team|Unser Team|Notre équipe|Nuestro equipo|Il nostro team',
  'What people say|Was Gäste sagen|Ce qu’on dit de nous|Qué dice la gente|Dicono di noi',
  'Questions and answers|Fragen und Antworten|Questions et réponses|Preguntas y respuestas|Domande e risposte',
  'Where to find us|So finden Sie uns|Où nous trouver|Dónde estamos|Dove siamo',
  'Write to us|Schreiben Sie uns|Écrivez-nous|Escríbenos|Scrivici',
  'Send message|Nachricht senden|Envoyer|Enviar|Invia',
  'Your message has arrived. We will answer soon.|Ihre Nachricht ist angekommen. Wir antworten bald.|Votre message est arrivé. Nous répondrons bientôt.|Hemos recibido tu mensaje. Responderemos pronto.|Il messaggio è arrivato. Risponderemo presto.',
  'Sign up|Anmelden|S’inscrire|Apuntarse|Iscriversi',
  'You are signed up. We look forward to seeing you.|Sie sind angemeldet. Wir freuen uns auf Sie.|Vous êtes inscrit. À bientôt.|Te has apuntado. ¡Hasta pronto!|Iscrizione riuscita. A presto.',
  'Book|Buchen|Réserver|Reservar|Prenota',
  'Request booking|Buchung anfragen|Demander une réservation|Solicitar reserva|Richiedi prenotazione',
  'Tasks|Aufgaben|Tâches|Tareas|Attività',
  'Plants|Pflanzen|Plantes|Plantas|Piante',
  'Books|Bücher|Livres|Libros|Libri',
  'Expenses|Ausgaben|Dépenses|Gastos|Spese',
  'Recipes|Rezepte|Recettes|Recetas|Ricette',
  'Messages|Nachrichten|Messages|Mensajes|Messaggi',
  'Posts|Beiträge|Articles|Entradas|Articoli',
  'Post|Beitrag|Article|Entrada|Articolo',
  'Text|Text|Texte|Texto|Testo',
  'Entries|Einträge|Entrées|Entradas|Voci',
  'Entry|Eintrag|Entrée|Entrada|Voce',
  'Topics|Themen|Sujets|Temas|Argomenti',
  'Topic|Thema|Sujet|Tema|Argomento',
  'Note|Notiz|Note|Nota|Nota',
  'Weather|Wetter|Météo|Tiempo|Meteo',
  'Stocks|Aktien|Actions|Acciones|Azioni',
];

const LANGUAGES = ['de', 'fr', 'es', 'it'];

/** A dictionary of one language; undefined for English and those that are missing. */
function dictionaryOf(language: string): ReadonlyMap<string, string> | undefined {
  const column = LANGUAGES.indexOf(language) + 1;
  if (column === 0) return undefined;
  return new Map(
    ROWS.map((row) => row.split('|')).map((cells) => [cells[0] ?? '', cells[column] ?? cells[0] ?? '']),
  );
}

function translateSection(section: BlueprintSection, of: (text: string) => string): BlueprintSection {
  const titled = section.title === undefined ? section : { ...section, title: of(section.title) };
  if (titled.kind === 'form') return { ...titled, submit: of(titled.submit), thanks: of(titled.thanks) };
  if (titled.kind === 'hero')
    return { ...titled, actions: titled.actions.map((action) => ({ ...action, label: of(action.label) })) };
  if (titled.kind === 'stats')
    return { ...titled, items: titled.items.map((item) => ({ ...item, label: of(item.label) })) };
  return titled;
}

/** A plan with its own phrases in its language. Options are translated with their labels: they are stored as shown. */
export function translatePlan(plan: Blueprint): Blueprint {
  const dictionary = dictionaryOf(plan.language);
  if (!dictionary) return plan;
  const of = (text: string): string => dictionary.get(text) ?? text;
  return {
    ...plan,
    collections: plan.collections.map((collection) => ({
      ...collection,
      label: of(collection.label),
      singular: of(collection.singular),
      fields: collection.fields.map((field) => ({
        ...field,
        label: of(field.label),
        ...(field.options ? { options: field.options.map(of) } : {}),
      })),
    })),
    pages: plan.pages.map((page) => ({
      ...page,
      title: of(page.title),
      sections: page.sections.map((section) => translateSection(section, of)),
    })),
  };
}
