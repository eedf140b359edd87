#include "server/alert/words/phrases.h"

namespace wardcast {
namespace {

constexpr Phrases kEnglishPhrases{
    .days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
    .months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    .date = "{0} {2}",
    .all_clear = "ALL CLEAR {}.",
    .ended = "ENDED {}.",
    .recalled = "RECALLED {}.",
    .no_longer_holds = "The notice of {} no longer holds.",
    .by_mistake = "The notice of {} was sent by mistake. No action needed.",
    .never_shown = "The notice was not shown anywhere.",
    .working_again = "{}: working again.",
    .working_again_at = "{0}: working again at {1}.",
    .working_again_at_site = "Working again at {}.",
    .still_down = "Still down: {}.",
    .rest_still_down = "Everywhere else it is still down.",
    .and_more = " and {} more",
    .restored = "Restored, verifying. Stay on paper until the all clear.",
    .drill_ended = "EXERCISE ENDED {}.",
    .drill_was = "The notice of {} was an exercise.",
    .drill_stopped = "EXERCISE STOPPED.",
    .drill_next_is_real = "The next notice is real.",
    .severity = "severity {0} (was {1})",
    .what_to_do = "what to do",
    .services = "services",
    .wards = "wards",
    .expected_back = "expected back {}",
    .expected_back_unknown = "expected back unknown",
    .next_update = "next update {}",
    .next_update_none = "next update not promised",
    .start = "start {}",
    .start_unknown = "start unknown",
    .begun = "begun {}",
    .postponed_to = "postponed to {0} (was {1})",
    .postponed_open = "postponed, new time not known yet (was {})",
    .headline = "headline",
    .impact = "impact",
    .still_works = "what still works",
    .phone = "phone {}",
    .downtime_pc = "downtime PC or binder",
    .back_entry = "back-entry",
    .details = "details",
    .and_last = "{0} and {1}",
    .time_not_known = "a time not known yet",
};

constexpr Phrases kGermanPhrases{
    .days = {"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
    .months = {"Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug", "Sept", "Okt", "Nov",
               "Dez"},
    .date = "{0}.{1}.",
    .all_clear = "ENTWARNUNG {}.",
    .ended = "BEENDET {}.",
    .recalled = "ZURÜCKGENOMMEN {}.",
    .no_longer_holds = "Die Meldung von {} gilt nicht mehr.",
    .by_mistake = "Die Meldung von {} wurde irrtümlich gesendet. Es ist nichts zu tun.",
    .never_shown = "Die Meldung wurde nirgends angezeigt.",
    .working_again = "{}: funktioniert wieder.",
    .working_again_at = "{0}: funktioniert wieder in {1}.",
    .working_again_at_site = "Funktioniert wieder in {}.",
    .still_down = "Weiterhin gestört: {}.",
    .rest_still_down = "Überall sonst besteht die Störung weiter.",
    .and_more = " und {} weitere",
    .restored = "Wiederhergestellt, wird geprüft. Bis zur Entwarnung auf Papier bleiben.",
    .drill_ended = "ÜBUNG BEENDET {}.",
    .drill_was = "Die Meldung von {} war eine Übung.",
    .drill_stopped = "ÜBUNG ABGEBROCHEN.",
    .drill_next_is_real = "Die nächste Meldung ist echt.",
    .severity = "Schwere {0} (war {1})",
    .what_to_do = "was zu tun ist",
    .services = "Dienste",
    .wards = "Stationen",
    .expected_back = "voraussichtlich zurück {}",
    .expected_back_unknown = "Ende unbekannt",
    .next_update = "nächste Meldung {}",
    .next_update_none = "nächste Meldung nicht zugesagt",
    .start = "Beginn {}",
    .start_unknown = "Beginn unbekannt",
    .begun = "begonnen {}",
    .postponed_to = "verschoben auf {0} (war {1})",
    .postponed_open = "verschoben, neuer Termin noch nicht bekannt (war {})",
    .headline = "Überschrift",
    .impact = "Auswirkung",
    .still_works = "was noch funktioniert",
    .phone = "Telefon {}",
    .downtime_pc = "Ausfall-PC oder Ordner",
    .back_entry = "Nacherfassung",
    .details = "Einzelheiten",
    .and_last = "{0} und {1}",
    .time_not_known = "eine noch nicht bekannte Zeit",
};

constexpr Phrases kSpanishPhrases{
    .days = {"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
    .months = {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"},
    .date = "{0} {2}",
    .all_clear = "FIN DE LA ALERTA {}.",
    .ended = "FINALIZADO {}.",
    .recalled = "RETIRADO {}.",
    .no_longer_holds = "El aviso de {} ya no es válido.",
    .by_mistake = "El aviso de {} se envió por error. No hay que hacer nada.",
    .never_shown = "El aviso no se mostró en ningún lugar.",
    .working_again = "{}: funciona de nuevo.",
    .working_again_at = "{0}: funciona de nuevo en {1}.",
    .working_again_at_site = "Funciona de nuevo en {}.",
    .still_down = "Sigue sin funcionar: {}.",
    .rest_still_down = "En los demás lugares sigue sin funcionar.",
    .and_more = " y {} más",
    .restored = "Restablecido, en comprobación. Siga en papel hasta el fin de la alerta.",
    .drill_ended = "SIMULACRO FINALIZADO {}.",
    .drill_was = "El aviso de {} era un simulacro.",
    .drill_stopped = "SIMULACRO INTERRUMPIDO.",
    .drill_next_is_real = "El próximo aviso es real.",
    .severity = "gravedad {0} (era {1})",
    .what_to_do = "qué hacer",
    .services = "servicios",
    .wards = "unidades",
    .expected_back = "regreso previsto {}",
    .expected_back_unknown = "regreso desconocido",
    .next_update = "próxima información {}",
    .next_update_none = "próxima información sin fecha",
    .start = "inicio {}",
    .start_unknown = "inicio desconocido",
    .begun = "iniciado {}",
    .postponed_to = "aplazado a {0} (era {1})",
    .postponed_open = "aplazado, nueva hora aún desconocida (era {})",
    .headline = "título",
    .impact = "efecto",
    .still_works = "qué sigue funcionando",
    .phone = "teléfono {}",
    .downtime_pc = "PC de contingencia o carpeta",
    .back_entry = "registro posterior",
    .details = "detalles",
    .and_last = "{0} y {1}",
    .time_not_known = "una hora aún no conocida",
};

constexpr Phrases kFrenchPhrases{
    .days = {"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
    .months = {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.",
               "nov.", "déc."},
    .date = "{0} {2}",
    .all_clear = "FIN D'ALERTE {}.",
    .ended = "TERMINÉ {}.",
    .recalled = "RETIRÉ {}.",
    .no_longer_holds = "L'avis de {} n'est plus valable.",
    .by_mistake = "L'avis de {} a été envoyé par erreur. Aucune action n'est nécessaire.",
    .never_shown = "L'avis n'a été affiché nulle part.",
    .working_again = "{} : de nouveau en service.",
    .working_again_at = "{0} : de nouveau en service à {1}.",
    .working_again_at_site = "De nouveau en service à {}.",
    .still_down = "Toujours en panne : {}.",
    .rest_still_down = "Partout ailleurs, la panne continue.",
    .and_more = " et {} autres",
    .restored = "Rétabli, vérification en cours. Restez sur papier jusqu'à la fin d'alerte.",
    .drill_ended = "EXERCICE TERMINÉ {}.",
    .drill_was = "L'avis de {} était un exercice.",
    .drill_stopped = "EXERCICE INTERROMPU.",
    .drill_next_is_real = "Le prochain avis est réel.",
    .severity = "gravité {0} (était {1})",
    .what_to_do = "ce qu'il faut faire",
    .services = "services",
    .wards = "unités de soins",
    .expected_back = "retour prévu {}",
    .expected_back_unknown = "retour inconnu",
    .next_update = "prochaine information {}",
    .next_update_none = "prochaine information non promise",
    .start = "début {}",
    .start_unknown = "début inconnu",
    .begun = "commencé {}",
    .postponed_to = "reporté à {0} (était {1})",
    .postponed_open = "reporté, nouvel horaire pas encore connu (était {})",
    .headline = "titre",
    .impact = "conséquences",
    .still_works = "ce qui fonctionne encore",
    .phone = "téléphone {}",
    .downtime_pc = "PC de secours ou classeur",
    .back_entry = "saisie différée",
    .details = "détails",
    .and_last = "{0} et {1}",
    .time_not_known = "une heure pas encore connue",
};

// One word in the four languages, in the order of `Language`.
using Words = std::array<const char*, 4>;

const char* In(Language language, const Words& words) {
  return words[static_cast<std::size_t>(language)];
}

}  // namespace

const Phrases& PhrasesIn(Language language) {
  switch (language) {
    case Language::kEnglish:
      return kEnglishPhrases;
    case Language::kGerman:
      return kGermanPhrases;
    case Language::kSpanish:
      return kSpanishPhrases;
    case Language::kFrench:
      return kFrenchPhrases;
  }
  return kEnglishPhrases;
}

std::string Filled(const char* phrase, const std::vector<std::string>& values) {
  std::string filled;
  for (const char* at = phrase; *at != '\0'; ++at) {
    if (*at != '{') {
      filled += *at;
      continue;
    }
    std::size_t place = 0;
    for (++at; *at != '}' && *at != '\0'; ++at) place = static_cast<std::size_t>(*at - '0');
    if (place < values.size()) filled += values[place];
    if (*at == '\0') break;
  }
  return filled;
}

const char* SeverityWord(v1::Severity::Value severity, Language language) {
  if (severity == v1::Severity::MINOR) return In(language, {"NOTICE", "HINWEIS", "AVISO", "AVIS"});
  if (severity == v1::Severity::SEVERE)
    return In(language, {"WARNING", "WARNUNG", "ADVERTENCIA", "AVERTISSEMENT"});
  if (severity == v1::Severity::EXTREME)
    return In(language, {"DANGER", "GEFAHR", "PELIGRO", "DANGER"});
  return In(language, {"CAUTION", "VORSICHT", "PRECAUCIÓN", "ATTENTION"});
}

const char* PhaseWords(v1::Phase::Value phase, Language language) {
  switch (phase) {
    case v1::Phase::ANNOUNCED:
      return In(language, {"announced", "angekündigt", "anunciado", "annoncé"});
    case v1::Phase::LOOKING_INTO_IT:
      return In(language, {"IT is looking into it", "die IT geht der Sache nach",
                           "informática lo está investigando", "l'informatique cherche la cause"});
    case v1::Phase::EXTENDED:
      return In(language, {"takes longer", "dauert länger", "dura más de lo previsto",
                           "dure plus longtemps que prévu"});
    case v1::Phase::POSTPONED:
      return In(language, {"postponed", "verschoben", "aplazado", "reporté"});
    case v1::Phase::RESTORED_VERIFYING:
      return In(language, {"restored, verifying", "wiederhergestellt, wird geprüft",
                           "restablecido, en comprobación", "rétabli, vérification en cours"});
    case v1::Phase::ALL_CLEAR:
      return In(language, {"all clear", "Entwarnung", "fin de la alerta", "fin d'alerte"});
    case v1::Phase::BACK_ENTRY:
      return In(language, {"back-entry", "Nacherfassung", "registro posterior", "saisie différée"});
    case v1::Phase::UNSPECIFIED:
    case v1::Phase::CONFIRMED:
    case v1::Phase_Value_Phase_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::Phase_Value_Phase_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return In(language, {"confirmed", "bestätigt", "confirmado", "confirmé"});
}

const char* KindWords(v1::Kind::Value kind, Language language) {
  switch (kind) {
    case v1::Kind::PLANNED_DOWNTIME:
      return In(language,
                {"planned downtime", "geplanter Ausfall", "parada planificada", "arrêt planifié"});
    case v1::Kind::OUTAGE:
      return In(language, {"outage", "Ausfall", "caída", "panne"});
    case v1::Kind::DEGRADED:
      return In(language, {"slow or partly down", "langsam oder teilweise gestört",
                           "lento o parcialmente caído", "lent ou partiellement en panne"});
    case v1::Kind::SECURITY:
      return In(language, {"security incident", "Sicherheitsvorfall", "incidente de seguridad",
                           "incident de sécurité"});
    case v1::Kind::EMERGENCY:
      return In(language, {"emergency", "Notfall", "emergencia", "urgence"});
    case v1::Kind::INFORMATION:
      return In(language, {"information", "Information", "información", "information"});
    case v1::Kind::UNSPECIFIED:
    case v1::Kind_Value_Kind_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::Kind_Value_Kind_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return In(language, {"notice", "Meldung", "aviso", "avis"});
}

}  // namespace wardcast
