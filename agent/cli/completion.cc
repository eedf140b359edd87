// `wardcast completion`: what a shell offers after TAB, made from the commands as they are.
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "agent/cli/command.h"

namespace wardcast::cli {
namespace {

// Words that may follow, by what was typed before: "wardcast admin" → "account", "--data-dir", …
using Offers = std::map<std::string, std::vector<std::string>>;

std::vector<CLI::App*> Below(CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

// Long options of `app` and of its groups.
void AddOptions(CLI::App& app, std::vector<std::string>& words) {
  for (const CLI::Option* option : app.get_options([](const CLI::Option*) { return true; })) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  }
  for (CLI::App* group : Below(app)) {
    if (group->get_name().empty()) AddOptions(*group, words);
  }
}

void Collect(CLI::App& app, const std::string& path, const std::vector<std::string>& everywhere,
             Offers& offers) {
  std::vector<std::string>& words = offers[path];
  for (CLI::App* command : Below(app)) {
    if (command->get_name().empty()) continue;
    words.push_back(command->get_name());
    Collect(*command, path + " " + command->get_name(), everywhere, offers);
  }
  AddOptions(app, words);
  words.insert(words.end(), everywhere.begin(), everywhere.end());
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

Offers OffersOf(CLI::App& app) {
  std::vector<std::string> everywhere;
  AddOptions(app, everywhere);
  Offers offers;
  Collect(app, app.get_name(), everywhere, offers);
  return offers;
}

std::string OneLine(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// One line a path: `case` of bash, which zsh reads as well.
void PrintCases(const Offers& offers) {
  std::puts("  case \"$at\" in");
  for (const auto& [path, words] : offers)
    std::printf("    '%s') offers='%s' ;;\n", path.c_str(), OneLine(words).c_str());
  std::puts("  esac");
}

// The commands among what was typed; options and values between them are passed over.
void PrintWalk(const Offers& offers, const char* words_before) {
  std::printf("  local at=wardcast word offers=\n  for word in %s; do\n", words_before);
  std::puts("    case \"$at $word\" in");
  for (const auto& [path, words] : offers) {
    if (path.find(' ') != std::string::npos)
      std::printf("      '%s') at=\"$at $word\" ;;\n", path.c_str());
  }
  std::puts("    esac\n  done");
}

void PrintBash(const Offers& offers) {
  std::puts("# wardcast completion bash; in ~/.bashrc: source <(wardcast completion bash)");
  std::puts("_wardcast() {");
  PrintWalk(offers, "\"${COMP_WORDS[@]:1:COMP_CWORD-1}\"");
  PrintCases(offers);
  std::puts("  COMPREPLY=($(compgen -W \"$offers\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}");
  std::puts("complete -o default -F _wardcast wardcast");
}

void PrintZsh(const Offers& offers) {
  std::puts("#compdef wardcast\n# In ~/.zshrc, after compinit: source <(wardcast completion zsh)");
  std::puts("_wardcast() {");
  PrintWalk(offers, "\"${(@)words[2,CURRENT-1]}\"");
  PrintCases(offers);
  std::puts("  compadd -- ${=offers} || _files\n}");
  std::puts("compdef _wardcast wardcast");
}

void PrintFish(const Offers& offers) {
  std::puts("# In ~/.config/fish/completions/wardcast.fish: wardcast completion fish >that file");
  std::puts("function __wardcast_offers\n  set -l at wardcast");
  std::puts("  for word in (commandline -opc)[2..-1]\n    switch \"$at $word\"");
  for (const auto& [path, words] : offers) {
    if (path.find(' ') != std::string::npos)
      std::printf("      case '%s'\n        set at \"$at $word\"\n", path.c_str());
  }
  std::puts("    end\n  end\n  switch $at");
  for (const auto& [path, words] : offers)
    std::printf("    case '%s'\n      string split ' ' -- '%s'\n", path.c_str(),
                OneLine(words).c_str());
  std::puts("  end\nend\ncomplete -c wardcast -a '(__wardcast_offers)'");
}

}  // namespace

void AddCompletion(CLI::App& app, Run&) {
  CLI::App* command =
      app.add_subcommand("completion", "Print what makes a shell complete commands and options");
  auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([&app, shell] {
    const Offers offers = OffersOf(app);
    if (*shell == "bash") PrintBash(offers);
    if (*shell == "zsh") PrintZsh(offers);
    if (*shell == "fish") PrintFish(offers);
    // Needs no broker: the run ends here.
    throw CLI::Success();
  });
}

}  // namespace wardcast::cli
