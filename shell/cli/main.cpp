// The command line of Digit Lab. Exit codes: 0 ok, 1 failure, 2 wrong usage.

#include <cstdio>
#include <map>

#include "base/json.h"
#include "commands.h"
#include "options.h"
#include "trainings.h"

namespace {

using digitlab::Status;
using namespace digitlab::cli;

void print_error(const digitlab::Error& error, bool json) {
    if (json) {
        const digitlab::Json object = {{"error", {{"code", error.code}, {"message", error.message}}}};
        std::printf("%s\n", digitlab::dump_json(object, 2).c_str());
    }
    std::fprintf(stderr, "digitlab: %s\n", error.message.c_str());
}

}  // namespace

int main(int argc, char** argv) {
    const Parsed parsed = parse(argc, argv);
    if (parsed.exit_code) return *parsed.exit_code;

    using Command = Status (*)(const Options&);
    static const std::map<std::string, Command> commands = {
        {"train", train}, {"eval", eval},           {"predict", predict},        {"runs", runs},   {"export", export_model},
        {"bench", bench}, {"calibrate", calibrate}, {"import", import_archives}, {"sweep", sweep}, {"continue", continue_run}};
    const Status done = commands.at(parsed.options.command)(parsed.options);
    if (done) return 0;
    print_error(done.error(), parsed.options.json);
    return 1;
}
