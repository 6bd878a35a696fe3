#include "app/presets.h"

#include <algorithm>

namespace digitlab {

const std::vector<Preset>& presets() {
    static const std::vector<Preset> all = {
        {"quick-look", "Quick look",
         "A small network on a sixth of the digits: ready in a second or two, right about 94 times of 100.",
         R"({"architecture": "mlp", "epochs": 2, "subset": 10000})"},
        {"best-accuracy", "Best accuracy",
         "The network and settings of the ready-made champion: some minutes to half an hour, about 99.6 % in the end.",
         R"({"architecture": "champion"})"},
        {"race", "Race to 99 %", "The fastest way to 99 % test accuracy: large steps, two epochs.",
         R"({"architecture": "sprint"})"},
        {"tiny-data", "Break it: tiny data",
         "Only 200 digits to learn from. Training accuracy goes to 100 % while validation accuracy stays far behind: the "
         "network "
         "learns its digits by heart. Try augmentation against it.",
         R"({"architecture": "small-cnn", "epochs": 40, "batchSize": 32, "subset": 1200, "validationCount": 1000})"},
        {"noisy-labels", "Break it: noisy labels",
         "Four of ten training digits have a wrong label. First the network learns what most of them have in common; later it "
         "learns the errors too, and validation gets worse again. Try fewer epochs or early stopping.",
         R"({"architecture": "mlp", "epochs": 20, "subset": 12000, "validationCount": 2000, "labelNoise": 0.4, "schedule": "constant"})"},
        {"no-shuffle", "Break it: no shuffle",
         "All zeros first, then all ones, and so on. By the time it sees the nines it has forgotten the zeros: see the "
         "confusion "
         "matrix.",
         R"({"architecture": "mlp", "epochs": 3, "order": "by-class"})"},
        {"huge-rate", "Break it: huge learning rate",
         "Corrections so large that each makes things worse. The training stops itself once the loss is no number any more.",
         R"({"architecture": "mlp", "epochs": 3, "optimizer": "sgd", "learningRate": 10, "schedule": "constant"})"},
    };
    return all;
}

Result<ExperimentSpec> preset_spec(const std::string& id) {
    const auto found = std::ranges::find(presets(), id, &Preset::id);
    if (found == presets().end()) return fail("unknown-preset", "There is no preset \"" + id + "\".");
    const auto json = parse_json(found->json);
    if (!json) return tl::unexpected(json.error());
    return spec_from_json(*json);
}

}  // namespace digitlab
