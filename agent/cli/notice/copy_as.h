// "Copy as": the same notice for the ways that are not a screen.
#pragma once

#include <string>

#include "wardcast/v1/alert.pb.h"

namespace wardcast::cli {

// What somebody reads aloud or pastes.
enum class CopyAs {
  kPage,    // overhead page: two short sentences, no reasons, no names
  kPhone,   // phone script: what to say to a ward, and what to ask it
  kMail,    // a subject line, an empty line, the whole notice
  kTicket,  // note in the ticket: where it stands, in key words
};

// Plain text that ends with a line break; control characters of the alert's texts are taken out.
// Times are those of the alert, in its own zone. A drill says so first and last.
std::string CopyText(const v1::Alert& alert, CopyAs as);

}  // namespace wardcast::cli
