#include "agent/core/words/table.h"

namespace wardcast::agent {
namespace {

constexpr PhraseTable kGermanWords{{
    // Severities and ends, in capitals: the word beside the colour and the shape.
    {Phrase::kNotice, "HINWEIS"},
    {Phrase::kCaution, "VORSICHT"},
    {Phrase::kWarning, "WARNUNG"},
    {Phrase::kDanger, "GEFAHR"},
    {Phrase::kAllClear, "ENTWARNUNG"},
    {Phrase::kRecalled, "ZURÜCKGENOMMEN"},
    {Phrase::kExercise, "ÜBUNG"},

    // Kinds and phases.
    {Phrase::kPlannedDowntime, "Geplante Abschaltung"},
    {Phrase::kOutage, "Systemausfall"},
    {Phrase::kDegraded, "System langsam oder teilweise gestört"},
    {Phrase::kSecurity, "Sicherheitsmeldung"},
    {Phrase::kEmergency, "Notfall"},
    {Phrase::kInformation, "Information"},
    {Phrase::kAnyKind, "Meldung"},
    {Phrase::kLookingIntoIt, "Die IT prüft"},
    {Phrase::kTakesLonger, "dauert länger"},
    {Phrase::kPostponed, "verschoben"},
    {Phrase::kRestoredVerifying, "wiederhergestellt, in Prüfung"},
    {Phrase::kPhaseAllClear, "Entwarnung"},
    {Phrase::kPhaseBackEntry, "Nacherfassung"},

    // Where a notice stands, in one line.
    {Phrase::kPlannedAhead, "Geplant, Beginn {time} (in {span})"},
    {Phrase::kPostponedAhead, "Verschoben, neuer Beginn {time} (in {span})"},
    {Phrase::kSignOutBy, "{standing}: bis {time} speichern und abmelden"},
    {Phrase::kSignOutNow, "{standing}: jetzt speichern und abmelden"},
    {Phrase::kNotConfirmed, "Geplant {time}, nicht bestätigt"},
    {Phrase::kFromTime, "Ab {time} (in {span})"},
    {Phrase::kOverrun, "Dauert länger als geplant: Ende war {time} vorgesehen"},
    {Phrase::kWorksAgain, "Wieder verfügbar seit {time}: {works}."},
    {Phrase::kStillDown, "Weiterhin nicht verfügbar: {down}."},
    {Phrase::kClearElsewhere,
     "An einem anderen Standort wieder in Ordnung. Hier weiterhin nicht verfügbar."},
    {Phrase::kStayOnPaper,
     "Wiederhergestellt, wird geprüft. Bis zur Entwarnung auf Papier bleiben."},
    {Phrase::kLabelled, "{label}: {text}"},
    {Phrase::kChanged, "Geändert {time}: {what}"},
    {Phrase::kAllClearAt, "ENTWARNUNG {time}."},
    {Phrase::kRecalledAt,
     "ZURÜCKGENOMMEN {time}. Die Meldung von {published} wurde irrtümlich gesendet. Es ist nichts "
     "zu tun."},

    // Times. The weekdays begin with Sunday, the months with January.
    {Phrase::kWeekdays, "So Mo Di Mi Do Fr Sa"},
    {Phrase::kMonths, "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."},
    {Phrase::kDate, "{weekday} {day}. {month}"},
    {Phrase::kMinutes, "{minutes} min"},
    {Phrase::kHours, "{hours} h"},
    {Phrase::kHoursMinutes, "{hours} h {minutes} min"},
    {Phrase::kDays, "{days} Tagen"},
    {Phrase::kSince, "Seit {time}"},
    {Phrase::kNextUpdate, "nächste Information {time}"},
    {Phrase::kExpectedBack, "wieder verfügbar: {time}"},
    {Phrase::kAbout, "gegen {time}"},
    {Phrase::kUnknown, "unbekannt"},
    {Phrase::kTakesLongerThan, "gegen {time}, dauert länger"},
    {Phrase::kShouldBeOver, "{time}, sollte vorbei sein, nicht bestätigt"},
    {Phrase::kOverdue, "{time}, überfällig"},
    {Phrase::kUpdateOverdue, "Information überfällig"},

    // What a notice holds.
    {Phrase::kStillWorking, "Funktioniert weiter"},
    {Phrase::kDoNow, "Jetzt tun"},
    {Phrase::kDoNot, "Nicht tun"},
    {Phrase::kDuringDowntime, "Während des Ausfalls: {text}"},
    {Phrase::kBackEntry, "Nacherfassen"},
    {Phrase::kAffected, "Betroffen"},
    {Phrase::kReason, "Grund"},
    {Phrase::kTicket, "Ticket"},
    {Phrase::kPublished, "Veröffentlicht"},
    {Phrase::kCall, "Anrufen"},
    {Phrase::kIfPhonesAreDown, "Wenn Telefone ausfallen"},
    {Phrase::kDowntimePc, "Ausfall-PC"},
    {Phrase::kBinder, "Ordner"},
    {Phrase::kThisPc, "Dieser PC"},
    {Phrase::kTheNoticeWas, "Die Meldung war: {headline}"},
    {Phrase::kSentByMistake, "Diese Meldung wurde irrtümlich gesendet. Es ist nichts zu tun."},
    {Phrase::kItIsOver, "Das ist vorbei."},
    {Phrase::kPatientEmergency, "Patientennotfall: {phone} anrufen"},

    // Buttons.
    {Phrase::kSeen, "Gesehen"},
    {Phrase::kLater, "Später"},
    {Phrase::kClose, "Schließen"},
    {Phrase::kBack, "Zurück"},
    {Phrase::kAcknowledgeFor, "Für {ward} bestätigen…"},
    {Phrase::kNeedDowntimeHelp, "Hilfe beim Ausfall nötig"},
    {Phrase::kMoreSpoken, "Mehr zu dieser Meldung"},
    {Phrase::kBackEntryDone, "Nacherfassung fertig"},
    {Phrase::kProcedureStarted, "Ausfallverfahren begonnen"},
    {Phrase::kNotAffected, "Nicht betroffen"},
    {Phrase::kFormsOrPrinter, "Formulare oder Drucker"},
    {Phrase::kStaff, "Personal"},
    {Phrase::kCallMe, "Bitte anrufen"},

    // What a ward answered.
    {Phrase::kSaidProcedureStarted, "Ausfallverfahren begonnen"},
    {Phrase::kSaidNotAffected, "nicht betroffen"},
    {Phrase::kSaidNeedHelp, "braucht Hilfe beim Ausfall"},
    {Phrase::kSaidBackEntryDone, "Nacherfassung fertig"},
    {Phrase::kSaidSomething, "hat geantwortet"},
    {Phrase::kSaidForms, "Formulare oder Drucker"},
    {Phrase::kSaidDowntimePc, "Ausfall-PC"},
    {Phrase::kSaidStaff, "Personal"},
    {Phrase::kSaidCallMe, "Rückruf"},
    {Phrase::kBeforeTheChange, "{ward} hat vor der Änderung geantwortet"},
    {Phrase::kByThePreviousShift, "von der vorigen Schicht"},
    {Phrase::kFromOutside, "von außerhalb der Station"},
    {Phrase::kSending, "wird gesendet…"},
    {Phrase::kNotAccepted, "Nicht angenommen: {reason}"},

    // Who answers.
    {Phrase::kWhatApplies, "Was trifft auf {ward} zu?"},
    {Phrase::kWhichHelpIn, "Welche Hilfe braucht {ward}?"},
    {Phrase::kInitials, "Ihr Kürzel"},
    {Phrase::kRole, "Ihre Funktion"},
    {Phrase::kMayStayEmpty, "darf leer bleiben"},
    {Phrase::kClearInitials, "Kürzel löschen"},
    {Phrase::kChargeNurse, "Stationsleitung"},
    {Phrase::kNurse, "Pflege"},
    {Phrase::kPhysician, "Ärztin, Arzt"},
    {Phrase::kClerk, "Sekretariat"},
    {Phrase::kOtherRole, "Andere"},

    // The frame: the strip, the tray, the window.
    {Phrase::kPrevious, "Vorige Meldung"},
    {Phrase::kNext, "Nächste Meldung"},
    {Phrase::kPageOf, "{page} von {pages}"},
    {Phrase::kOpen, "Öffnen"},
    {Phrase::kOpenSpoken, "Meldungen öffnen"},
    {Phrase::kMoreInStrip, "+{count} weitere"},
    {Phrase::kBackEntryInStrip, "Liste zum Nacherfassen"},
    {Phrase::kUnplaced, "nicht zugeordnet"},
    {Phrase::kConnected, "Mit dem Meldedienst verbunden"},
    {Phrase::kConnectedSince, "Verbunden seit {time}"},
    {Phrase::kNoContact, "Kein Kontakt zum Meldedienst"},
    {Phrase::kNoContactSinceShort, "Kein Kontakt seit {time}"},
    {Phrase::kNoContactSince, "Kein Kontakt zum Meldedienst seit {time}"},
    {Phrase::kContactBack, "Wieder Kontakt zum Meldedienst seit {time} (keiner seit {lost})"},
    {Phrase::kCommandCentre, "Einsatzleitung {phone}"},
    {Phrase::kNoOpenNotices, "Keine offenen Meldungen"},
    {Phrase::kOpenNoticesOne, "{count} offene Meldung"},
    {Phrase::kOpenNoticesMany, "{count} offene Meldungen"},
    {Phrase::kTestPopUp, "Testmeldung"},
    {Phrase::kTestKind, "Test"},
    {Phrase::kTestHeadline, "Das ist ein Test. Nichts ist ausgefallen."},
    {Phrase::kTestImpact,
     "Sie haben ihn an diesem PC geöffnet. Niemand sonst sieht ihn, und nichts wird gemeldet."},

    // A notice that may be out of date.
    {Phrase::kAsOf, "Stand {time}, nicht bestätigt"},
    {Phrase::kNotConfirmedSince, "nicht bestätigt seit {time}"},
    {Phrase::kAsOfEarlierDay, "Stand von einem früheren Tag, nicht bestätigt"},
    {Phrase::kNotConfirmedSinceEarlierDay, "seit einem früheren Tag nicht bestätigt"},
    {Phrase::kLastConfirmed, "zuletzt bestätigt {time}, kann sich geändert haben"},
    {Phrase::kLastConfirmedCall,
     "zuletzt bestätigt {time}, kann sich geändert haben, {phone} anrufen"},
}};
static_assert(Complete(kGermanWords));

}  // namespace

const PhraseTable& GermanWords() { return kGermanWords; }

}  // namespace wardcast::agent
