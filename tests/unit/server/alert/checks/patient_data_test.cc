#include "server/alert/checks/patient_data.h"

#include <gtest/gtest.h>

namespace wardcast {
namespace {

TEST(PatientData, IsSuspectedWhereItLooksLikeIt) {
  for (const char* text :
       {"MRN 483920 cannot be opened", "see mrn: 48392", "Patient ID 12345", "record 4839201",
        "SSN 123-45-6789", "born 3/14/57", "DOB 2024-02-01", "Anna, 03/14/1957", "1957-03-14",
        "14.03.1957", "geb. 14.3.57", "née le 14/03/57", "Nacida 14/03/57", "Fallnummer 20241",
        "for 48392017 use paper"})
    EXPECT_TRUE(LooksLikePatientData(text)) << text;
}

TEST(PatientData, IsNotSuspectedInWhatNoticesSay) {
  for (const char* text :
       {"", "Lab results not reaching the EHR", "Call 5555", "call 9705550100 for help",
        "Ticket INC0012345", "CHG-12345678 is rolled back", "Back at 14:07", "since 2026-03-01",
        "on 11/01/2026 at 02:00", "970-555-0100", "Use forms 12 and 14", "Version 8.4.2",
        "Patient tracking: call 5555", "412 PCs in 31 wards", "10.20.30.40 does not answer",
        "Radio channel 3", "born to be wild"})
    EXPECT_FALSE(LooksLikePatientData(text)) << text;
}

}  // namespace
}  // namespace wardcast
