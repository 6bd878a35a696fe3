// The command line of Digit Lab. Exit codes: 0 ok, 1 failure, 2 wrong usage.

#include <cstdio>
#include <map>

#include "commands.h"
#include "options.h"
#include "outcome.h"

namespace digitlab::cli {

void print_json(const Json& json) { std::printf("%s\n", dump_json(json, 2).c_str()); }

std::string percent(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f %%", 100 * share);
    return text;
}

namespace {

/// Prints one JSON value in every case; an error becomes one of its keys.
void print_outcome(Outcome outcome) {
    if (!outcome.status) {
        const Error& error = outcome.status.error();
        if (!outcome.value.is_object())
            outcome.value = outcome.value.is_null() ? Json::object() : Json{{"value", outcome.value}};
        outcome.value["error"] = {{"code", error.code}, {"message", error.message}};
    }
    print_json(outcome.value);
}

}  // namespace

}  // namespace digitlab::cli

int main(int argc, char** argv) {
    using namespace digitlab::cli;
    const Parsed parsed = parse(argc, argv);
    if (parsed.exit_code) return *parsed.exit_code;

    using Command = Outcome (*)(const Options&);
    static const std::map<std::string, Command> commands = {
        {"train", train}, {"eval", eval},           {"predict", predict},        {"runs", runs},   {"export", export_model},
        {"bench", bench}, {"calibrate", calibrate}, {"import", import_archives}, {"sweep", sweep}, {"continue", continue_run}};
    const Outcome outcome = commands.at(parsed.options.command)(parsed.options);
    if (parsed.options.json) print_outcome(outcome);
    if (outcome.status) return 0;
    std::fprintf(stderr, "digitlab: %s\n", outcome.status.error().message.c_str());
    return 1;
}
