// Sentences for errors, by code and by status, in the languages that the components speak. In English the API's own
// detail is more exact and is preferred; elsewhere a sentence that the reader understands is worth more.

const EN: Readonly<Record<string, string>> = {
  unreachable: 'The server cannot be reached. Check the connection; this will be tried again.',
  http_400: 'The server did not accept this. Check the values and try again.',
  http_401: 'You need to sign in first.',
  http_403: 'You are not allowed to do this.',
  http_404: 'This no longer exists. It may have been deleted.',
  http_409: 'Someone else changed this at the same time. Reload and try again.',
  http_412: 'Someone else changed this at the same time. Reload and try again.',
  http_413: 'This is too large to save.',
  http_429: 'That was too much at once. Wait a moment and try again.',
  http_500: 'The server has a problem. Try again in a moment.',
  other: 'This did not work.',
  wrong_credentials: 'E-mail or password is wrong.',
  email_taken: 'There is an account with this e-mail already. Sign in instead.',
  session_ended: 'You were signed out. Sign in again.',
  quota_exceeded: 'There is no room left for more.',
};

const DE: Readonly<Record<string, string>> = {
  unreachable: 'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung; es wird erneut versucht.',
  http_400: 'Der Server hat das nicht angenommen. Prüfen Sie die Angaben.',
  http_401: 'Melden Sie sich zuerst an.',
  http_403: 'Das ist Ihnen nicht erlaubt.',
  http_404: 'Das gibt es nicht mehr. Vielleicht wurde es gelöscht.',
  http_409: 'Jemand hat das gleichzeitig geändert. Laden Sie neu und versuchen Sie es noch einmal.',
  http_412: 'Jemand hat das gleichzeitig geändert. Laden Sie neu und versuchen Sie es noch einmal.',
  http_413: 'Das ist zu groß.',
  http_429: 'Das war zu viel auf einmal. Warten Sie einen Moment.',
  http_500: 'Der Server hat ein Problem. Versuchen Sie es gleich noch einmal.',
  other: 'Das hat nicht geklappt.',
  wrong_credentials: 'E-Mail oder Passwort ist falsch.',
  email_taken: 'Mit dieser E-Mail gibt es schon ein Konto. Melden Sie sich an.',
  session_ended: 'Sie wurden abgemeldet. Melden Sie sich wieder an.',
  quota_exceeded: 'Es ist kein Platz mehr frei.',
};

const FR: Readonly<Record<string, string>> = {
  unreachable: 'Le serveur est injoignable. Vérifiez la connexion ; un nouvel essai suivra.',
  http_400: 'Le serveur n’a pas accepté ces valeurs.',
  http_401: 'Connectez-vous d’abord.',
  http_403: 'Vous n’avez pas le droit de faire cela.',
  http_404: 'Cela n’existe plus.',
  http_409: 'Quelqu’un d’autre vient de le modifier. Rechargez et réessayez.',
  http_412: 'Quelqu’un d’autre vient de le modifier. Rechargez et réessayez.',
  http_413: 'C’est trop volumineux.',
  http_429: 'Trop de demandes à la fois. Patientez un instant.',
  http_500: 'Le serveur a un problème. Réessayez dans un instant.',
  other: 'Cela n’a pas fonctionné.',
  wrong_credentials: 'E-mail ou mot de passe incorrect.',
  email_taken: 'Un compte existe déjà avec cet e-mail. Connectez-vous.',
  session_ended: 'Vous avez été déconnecté. Reconnectez-vous.',
  quota_exceeded: 'Il n’y a plus de place.',
};

const ES: Readonly<Record<string, string>> = {
  unreachable: 'No se puede contactar con el servidor. Revisa la conexión; se volverá a intentar.',
  http_400: 'El servidor no aceptó estos datos.',
  http_401: 'Primero tienes que entrar.',
  http_403: 'No tienes permiso para hacer esto.',
  http_404: 'Esto ya no existe.',
  http_409: 'Alguien lo cambió al mismo tiempo. Recarga e inténtalo de nuevo.',
  http_412: 'Alguien lo cambió al mismo tiempo. Recarga e inténtalo de nuevo.',
  http_413: 'Es demasiado grande.',
  http_429: 'Demasiado a la vez. Espera un momento.',
  http_500: 'El servidor tiene un problema. Inténtalo en un momento.',
  other: 'No funcionó.',
  wrong_credentials: 'El correo o la contraseña no son correctos.',
  email_taken: 'Ya hay una cuenta con este correo. Entra con ella.',
  session_ended: 'Se cerró tu sesión. Vuelve a entrar.',
  quota_exceeded: 'No queda espacio.',
};

const IT: Readonly<Record<string, string>> = {
  unreachable: 'Il server non è raggiungibile. Controlla la connessione; si riproverà.',
  http_400: 'Il server non ha accettato questi dati.',
  http_401: 'Prima devi accedere.',
  http_403: 'Non hai il permesso di farlo.',
  http_404: 'Non esiste più.',
  http_409: 'Qualcuno lo ha modificato nello stesso momento. Ricarica e riprova.',
  http_412: 'Qualcuno lo ha modificato nello stesso momento. Ricarica e riprova.',
  http_413: 'È troppo grande.',
  http_429: 'Troppe richieste insieme. Aspetta un momento.',
  http_500: 'Il server ha un problema. Riprova tra un momento.',
  other: 'Non ha funzionato.',
  wrong_credentials: 'E-mail o password errata.',
  email_taken: 'Esiste già un account con questa e-mail. Accedi.',
  session_ended: 'La sessione è terminata. Accedi di nuovo.',
  quota_exceeded: 'Non c’è più spazio.',
};

const LANGUAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: DE,
  fr: FR,
  es: ES,
  it: IT,
};

/** The sentence of an error, in the page's language; `detail` is the server's own, in English. */
export function errorSentence(code: string, status: number, detail?: string): string {
  const foreign = LANGUAGES[document.documentElement.lang.slice(0, 2)];
  const words = foreign ?? EN;
  const byStatus = words[`http_${Math.min(status, 500)}`] ?? words.other ?? '';
  if (foreign) return words[code] ?? byStatus;
  return detail ?? words[code] ?? byStatus;
}
