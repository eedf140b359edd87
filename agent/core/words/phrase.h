// Names of the product's own words. What each reads in a language stands in that language's file;
// where a phrase has blanks, the English one stands behind its name.
#pragma once

#include <cstddef>

namespace wardcast::agent {

enum class Phrase : std::size_t {
  // Severities and ends, in capitals: the word beside the colour and the shape.
  kNotice,
  kCaution,
  kWarning,
  kDanger,
  kAllClear,
  kRecalled,
  kExercise,
  kDrillOver,

  // Kinds and phases.
  kPlannedDowntime,
  kOutage,
  kDegraded,
  kSecurity,
  kEmergency,
  kInformation,
  kAnyKind,
  kLookingIntoIt,
  kTakesLonger,
  kPostponed,
  kRestoredVerifying,
  kPhaseAllClear,
  kPhaseBackEntry,

  // Where a notice stands, in one line.
  kPlannedAhead,    // "Planned, starts {time} (in {span})"
  kPostponedAhead,  // "Postponed, now starts {time} (in {span})"
  kSignOutBy,       // "{standing}: save and sign out by {time}"
  kSignOutNow,      // "{standing}: save and sign out now"
  kNotConfirmed,    // "Planned {time}, not confirmed"
  kFromTime,        // "From {time} (in {span})"
  kOverrun,         // "Takes longer than planned: was to end {time}"
  kWorksAgain,      // "Works again since {time}: {works}."
  kStillDown,       // "Still down: {down}."
  kClearElsewhere,
  kStayOnPaper,
  kLabelled,    // "{label}: {text}"
  kChanged,     // "Changed {time}: {what}"
  kAllClearAt,  // "ALL CLEAR {time}."
  kRecalledAt,  // "RECALLED {time}. The notice of {published} was sent by mistake. No action
                // needed."
  kExerciseStopped,
  kExerciseEnded,  // "EXERCISE ENDED {time}."

  // Times. The weekdays begin with Sunday, the months with January.
  kWeekdays,
  kMonths,
  kDate,          // "{weekday} {day} {month}"
  kMinutes,       // "{minutes} min"
  kHours,         // "{hours} h"
  kHoursMinutes,  // "{hours} h {minutes} min"
  kDays,          // "{days} days"
  kSince,         // "Since {time}"
  kNextUpdate,    // "next update {time}"
  kExpectedBack,  // "expected back: {time}"
  kAbout,         // "about {time}"
  kUnknown,
  kTakesLongerThan,  // "about {time}, takes longer"
  kShouldBeOver,     // "{time}, should be over, not confirmed"
  kOverdue,          // "{time}, overdue"
  kUpdateOverdue,

  // What a notice holds.
  kStillWorking,
  kDoNow,
  kDoNot,
  kDuringDowntime,  // "During the downtime: {text}"
  kBackEntry,
  kAffected,
  kReason,
  kTicket,
  kPublished,
  kCall,
  kIfPhonesAreDown,
  kDowntimePc,
  kBinder,
  kThisPc,
  kTheNoticeWas,  // "The notice was: {headline}"
  kSentByMistake,
  kItIsOver,
  kTheExerciseWas,    // "The exercise was: {headline}"
  kPatientEmergency,  // "Patient emergency: call {phone}"
  kEmergencyNumber,

  // Buttons.
  kSeen,
  kLater,
  kClose,
  kBack,
  kAcknowledgeFor,  // "Acknowledge for {ward}…"
  kNeedDowntimeHelp,
  kMoreSpoken,
  kBackEntryDone,
  kProcedureStarted,
  kNotAffected,
  kFormsOrPrinter,
  kStaff,
  kCallMe,
  kRealProblemHere,

  // What a ward answered.
  kSaidProcedureStarted,
  kSaidNotAffected,
  kSaidNeedHelp,
  kSaidBackEntryDone,
  kSaidRealProblem,
  kSaidSomething,
  kSaidForms,
  kSaidDowntimePc,
  kSaidStaff,
  kSaidCallMe,
  kBeforeTheChange,  // "{ward} answered before the change"
  kByThePreviousShift,
  kFromOutside,
  kSending,
  kNotAccepted,  // "Not accepted: {reason}"

  // Who answers.
  kWhatApplies,    // "What applies to {ward}?"
  kWhichHelpIn,    // "Which help is needed in {ward}?"
  kRealProblemIn,  // "Real problem in {ward}: call now"
  kInitials,
  kRole,
  kMayStayEmpty,
  kClearInitials,
  kChargeNurse,
  kNurse,
  kPhysician,
  kClerk,
  kOtherRole,

  // The frame: the strip, the tray, the window.
  kPrevious,
  kNext,
  kPageOf,  // "{page} of {pages}"
  kOpen,
  kOpenSpoken,
  kMoreInStrip,  // "+{count} more"
  kBackEntryInStrip,
  kUnplaced,
  kConnected,
  kConnectedSince,  // "Connected since {time}"
  kNoContact,
  kNoContactSinceShort,  // "No contact since {time}"
  kNoContactSince,       // "No contact with the alert service since {time}"
  kContactBack,    // "Contact with the alert service is back since {time} (none since {lost})"
  kCommandCentre,  // "command centre {phone}"
  kNoOpenNotices,
  kOpenNoticesOne,   // "{count} open notice"
  kOpenNoticesMany,  // "{count} open notices"
  kTestPopUp,
  kTestKind,
  kTestHeadline,
  kTestImpact,
  kProcedures,
  kApprovedBy,     // "Approved by {by}"
  kApprovedByOn,   // "Approved by {by} on {on}"
  kReviewOn,       // "to be reviewed by {on}"
  kReviewOverdue,  // "review overdue since {on}"

  // A notice that may be out of date.
  kAsOf,               // "as of {time}, not confirmed"
  kNotConfirmedSince,  // "not confirmed since {time}"
  kAsOfEarlierDay,
  kNotConfirmedSinceEarlierDay,
  kLastConfirmed,      // "last confirmed {time}, may have changed"
  kLastConfirmedCall,  // "last confirmed {time}, may have changed, call {phone}"

  kCount,  // how many there are; no phrase
};

}  // namespace wardcast::agent
