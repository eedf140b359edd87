// Every command says what it does, what each of its options is for, and how it exits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/servers/child_process.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

using Words = std::vector<std::string>;

struct Answer {
  int code = 0;
  std::string text;
};

class CommandLine : public ::testing::Test {
 protected:
  // Runs `wardcast` with these words, and without a broker.
  Answer Wardcast(const Words& words) const {
    const auto log = folder_.path() / "said.log";
    std::filesystem::remove(log);
    const char* bin = std::getenv("WARDCAST_BIN");
    Words command{std::string(bin != nullptr ? bin : WARDCAST_BUILD_BIN) + "/wardcast"};
    command.insert(command.end(), words.begin(), words.end());
    const int code = RunProgram(command, log, std::chrono::seconds(30));
    std::ifstream stream(log);
    std::stringstream text;
    text << stream.rdbuf();
    return {.code = code, .text = text.str()};
  }

  const TempFolder folder_;
};

// The lines of one section of a help text ("Subcommands:", "Options:"), also within groups.
Words Section(const std::string& help, const std::string& title) {
  Words lines;
  std::istringstream stream(help);
  bool in = false;
  std::size_t indent = 0;
  for (std::string line; std::getline(stream, line);) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string::npos) {
      in = false;
    } else if (line.substr(begin) == title) {
      in = true;
      indent = begin;
    } else if (in && begin <= indent) {
      in = false;
    } else if (in) {
      lines.push_back(line.substr(begin));
    }
  }
  return lines;
}

// Names of the commands below, without the lines on which a long text goes on.
Words Subcommands(const std::string& help) {
  Words names;
  std::istringstream stream(help);
  bool in = false;
  for (std::string line; std::getline(stream, line);) {
    if (line == "Subcommands:") {
      in = true;
    } else if (!line.starts_with("  ")) {
      in = false;
    } else if (in && line[2] != ' ') {
      names.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
  }
  return names;
}

// Beyond it stands the text, after a single blank, of a name that is wider than its column.
constexpr std::size_t kWidestName = 40;

// Option and subcommand lines without a text: a name that the next name follows at once.
Words Wordless(const std::string& help) {
  Words wordless;
  for (const std::string title : {"Options:", "Subcommands:"}) {
    const Words lines = Section(help, title);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool named = lines[i].starts_with("-") || title == "Subcommands:";
      const bool said =
          lines[i].size() > kWidestName || (lines[i].find("  ") != std::string::npos &&
                                            lines[i].find_last_not_of(' ') > lines[i].find("  "));
      const bool goes_on = i + 1 < lines.size() && !lines[i + 1].starts_with("-");
      if (named && !said && !goes_on) wordless.push_back(lines[i]);
    }
  }
  return wordless;
}

// Help texts of all commands, by their words.
void Walk(const std::function<Answer(const Words&)>& ask, const Words& path,
          std::map<std::string, std::string>& texts) {
  Words words = path;
  words.emplace_back("--help");
  const Answer answer = ask(words);
  std::string name;
  for (const std::string& word : path) name += (name.empty() ? "" : " ") + word;
  EXPECT_EQ(answer.code, 0) << name;
  texts[name] = answer.text;
  for (const std::string& below : Subcommands(answer.text)) {
    Words deeper = path;
    deeper.push_back(below);
    ASSERT_LT(deeper.size(), 6U) << name;
    Walk(ask, deeper, texts);
  }
}

TEST_F(CommandLine, SaysWhatEachCommandAndEachOptionIsFor) {
  std::map<std::string, std::string> texts;
  Walk([this](const Words& words) { return Wardcast(words); }, {}, texts);
  Words names;
  for (const auto& [name, text] : texts) names.push_back(name);
  for (const char* name : {"publish",        "update",       "postpone",    "approve",
                           "reject",         "end",          "recall",      "list",
                           "show",           "preview",      "watch",       "ack",
                           "progress",       "template",     "service",     "ward",
                           "endpoint",       "ward set",     "ward remove", "service set",
                           "service impact", "template set", "import",      "export",
                           "completion",     "sign-in",      "admin",       "admin token create",
                           "drill start",    "drill list",   "drill show",  "drill end"}) {
    EXPECT_THAT(names, Contains(name));
  }
  for (const auto& [name, text] : texts) {
    EXPECT_THAT(Wordless(text), IsEmpty()) << "wardcast " << name << "\n" << text;
    EXPECT_THAT(text, HasSubstr("Exit codes: 0 done")) << "wardcast " << name;
    EXPECT_THAT(text, HasSubstr("Usage: wardcast")) << "wardcast " << name;
    EXPECT_NE(text.find_first_not_of(" \n"), text.find("Usage:"))
        << "wardcast " << name << " does not say what it does";
  }
}

TEST_F(CommandLine, ThatIsWrongIsRefusedBeforeAnyBrokerIsAsked) {
  for (const Words& words :
       std::vector<Words>{{},
                          {"publsh"},
                          {"publish", "--no-such-flag"},
                          {"publish", "--kind", "fire"},
                          {"update", "01J", "--no-news", "soon"},
                          {"update", "01J"},
                          {"update", "01J", "--clear", "headline"},
                          {"postpone", "01J"},
                          {"reject", "01J"},
                          {"list", "--all", "--drafts"},
                          {"end"},
                          {"publish", "--status", "exercise"},
                          {"drill"},
                          {"drill", "end"},
                          {"drill", "start", "--again", "01J", "--template", "outage", "--yes"},
                          {"ward", "set"},
                          {"ward", "set", "4w", "--walking-order", "first", "--json", "/no/file"},
                          {"completion", "powershell"},
                          {"admin"}}) {
    const Answer answer = Wardcast(words);
    EXPECT_NE(answer.code, 0) << ::testing::PrintToString(words);
    EXPECT_THAT(answer.code, ::testing::AnyOf(2, 3)) << answer.text;
  }
  EXPECT_EQ(Wardcast({"publish", "--kind", "fire"}).code, 2);
  EXPECT_EQ(Wardcast({"update", "01J", "--no-news", "soon"}).code, 2);
}

TEST_F(CommandLine, SaysWhenNoBrokerIsThere) {
  const Answer answer = Wardcast({"--broker", "127.0.0.1:1", "--insecure-loopback", "list"});
  EXPECT_EQ(answer.code, 3);
  EXPECT_THAT(answer.text, HasSubstr("no answer from the broker at 127.0.0.1:1"));
}

TEST_F(CommandLine, CompletesWhatItHas) {
  const Answer bash = Wardcast({"completion", "bash"});
  EXPECT_EQ(bash.code, 0);
  EXPECT_THAT(bash.text, HasSubstr("complete -o default -F _wardcast wardcast"));
  EXPECT_THAT(bash.text, HasSubstr("'wardcast ward set') offers='"));
  EXPECT_THAT(Wardcast({"completion", "zsh"}).text, StartsWith("#compdef wardcast"));
  EXPECT_THAT(Wardcast({"completion", "fish"}).text, HasSubstr("complete -c wardcast"));

  // What bash makes of it.
  std::ofstream(folder_.path() / "wardcast.bash") << bash.text;
  std::ofstream(folder_.path() / "try.bash")
      << "source " << (folder_.path() / "wardcast.bash").string() << "\n"
      << "COMP_WORDS=(wardcast --broker host:1 ward set --bui); COMP_CWORD=5; _wardcast\n"
      << "echo \"offered ${COMPREPLY[*]}\"\n"
      << "COMP_WORDS=(wardcast post); COMP_CWORD=1; _wardcast; echo \"offered ${COMPREPLY[*]}\"\n";
  const auto log = folder_.path() / "bash.log";
  ASSERT_EQ(
      RunProgram({"bash", (folder_.path() / "try.bash").string()}, log, std::chrono::seconds(20)),
      0);
  std::ifstream stream(log);
  std::stringstream said;
  said << stream.rdbuf();
  EXPECT_THAT(said.str(), HasSubstr("offered --building\n"));
  EXPECT_THAT(said.str(), HasSubstr("offered postpone\n"));
}

}  // namespace
}  // namespace wardcast::testing
