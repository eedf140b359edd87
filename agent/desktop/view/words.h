// The product's own words on the desktop, in one place so that a translation has one place to
// replace. Texts of alerts never come from here.
#pragma once

namespace wardcast::agent::words {

inline constexpr char kNotice[] = "NOTICE";
inline constexpr char kCaution[] = "CAUTION";
inline constexpr char kWarning[] = "WARNING";
inline constexpr char kDanger[] = "DANGER";
inline constexpr char kAllClear[] = "ALL CLEAR";
inline constexpr char kRecalled[] = "RECALLED";
inline constexpr char kExercise[] = "EXERCISE";

inline constexpr char kStillWorking[] = "Still working";
inline constexpr char kDoNow[] = "Do now";
inline constexpr char kDoNot[] = "Do not";
inline constexpr char kBackEntry[] = "Back-entry";
inline constexpr char kAffected[] = "Affected";
inline constexpr char kReason[] = "Reason";
inline constexpr char kTicket[] = "Ticket";
inline constexpr char kPublished[] = "Published";
inline constexpr char kCall[] = "Call";
inline constexpr char kIfPhonesAreDown[] = "If phones are down";
inline constexpr char kDowntimePc[] = "Downtime PC";
inline constexpr char kBinder[] = "Binder";
inline constexpr char kThisPc[] = "This PC";
inline constexpr char kTheNoticeWas[] = "The notice was: ";
inline constexpr char kRestoredVerifying[] =
    "Restored, being verified. Stay on paper until the all clear.";
inline constexpr char kSentByMistake[] = "This notice was sent by mistake. No action needed.";
inline constexpr char kItIsOver[] = "This is over.";
inline constexpr char kSince[] = "Since ";
inline constexpr char kNextUpdate[] = "next update ";
inline constexpr char kExpectedBack[] = "expected back: ";
inline constexpr char kSending[] = "sending…";
inline constexpr char kNotAccepted[] = "Not accepted: ";
inline constexpr char kPatientEmergency[] = "Patient emergency: call ";

inline constexpr char kSeen[] = "Seen";
inline constexpr char kLater[] = "Later";
inline constexpr char kClose[] = "Close";
inline constexpr char kBack[] = "Back";
inline constexpr char kAcknowledgeFor[] = "Acknowledge for ";
inline constexpr char kNeedDowntimeHelp[] = "Need downtime help";
inline constexpr char kMore[] = "ⓘ";
inline constexpr char kMoreSpoken[] = "More about this notice";
inline constexpr char kBackEntryDone[] = "Back-entry done";
inline constexpr char kProcedureStarted[] = "Procedure started";
inline constexpr char kNotAffected[] = "Not affected";
inline constexpr char kFormsOrPrinter[] = "Forms or printer";
inline constexpr char kHelpDowntimePc[] = "Downtime PC";
inline constexpr char kStaff[] = "Staff";
inline constexpr char kCallMe[] = "Call me";

inline constexpr char kWhatApplies[] = "What applies to ";
inline constexpr char kWhichHelp[] = "Which help is needed in ";
inline constexpr char kInitials[] = "Your initials";
inline constexpr char kRole[] = "Your role";
inline constexpr char kMayStayEmpty[] = "may stay empty";
inline constexpr char kClearInitials[] = "⌫";
inline constexpr char kClearInitialsSpoken[] = "Clear initials";
inline constexpr const char* kRoles[] = {"Charge nurse", "Nurse", "Physician", "Clerk", "Other"};

inline constexpr char kPrevious[] = "‹";
inline constexpr char kPreviousSpoken[] = "Previous notice";
inline constexpr char kNext[] = "›";
inline constexpr char kNextSpoken[] = "Next notice";
inline constexpr char kOf[] = " of ";
inline constexpr char kOpen[] = "Open";
inline constexpr char kOpenSpoken[] = "Open notices";
inline constexpr char kMoreNotices[] = " more";
inline constexpr char kBackEntryInStrip[] = "back-entry list";

inline constexpr char kProduct[] = "Wardcast";
inline constexpr char kConnected[] = "Connected to the alert service";
inline constexpr char kConnectedSince[] = "Connected since ";
inline constexpr char kNoContact[] = "No contact with the alert service";
inline constexpr char kNoContactSince[] = "No contact since ";
inline constexpr char kNoOpenNotices[] = "No open notices";
inline constexpr char kOneOpenNotice[] = "1 open notice";
inline constexpr char kOpenNotices[] = " open notices";
inline constexpr char kTestPopUp[] = "Test pop-up";
inline constexpr char kTestKind[] = "Test";
inline constexpr char kTestHeadline[] = "This is a test. Nothing is down.";
inline constexpr char kTestImpact[] =
    "You opened it on this PC. Nobody else sees it, and nothing is reported.";
inline constexpr char kAbout[] = "About";

}  // namespace wardcast::agent::words
