#include "train/spec_fields.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

using namespace digitlab;

namespace {

/// The keys of an interface in web/digitlab.d.ts, whose members are indented by two spaces.
std::set<std::string> keys_of_interface(const std::string& name) {
    std::ifstream file(DIGITLAB_SOURCE_DIR "/web/digitlab.d.ts");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const std::size_t start = text.find("interface " + name + " {");
    REQUIRE(start != std::string::npos);
    const std::string body = text.substr(start, text.find("\n}", start) - start);
    const std::regex member("\n  (\\w+)\\??:");
    std::set<std::string> keys;
    for (auto found = std::sregex_iterator(body.begin(), body.end(), member); found != std::sregex_iterator(); ++found) {
        keys.insert((*found)[1]);
    }
    return keys;
}

}  // namespace

TEST_CASE("the types of the JavaScript API have the fields of a spec, no more and no fewer") {
    const std::vector<std::string> keys = spec_keys();
    CHECK(keys_of_interface("ExperimentSpec") == std::set<std::string>(keys.begin(), keys.end()));
}

TEST_CASE("the types of the JavaScript API have the fields of an augmentation, no more and no fewer") {
    Augmentation all = standard_augmentation(1);
    all.noise = 0.1F;
    std::set<std::string> keys;
    const Json json = to_json(all);
    for (const auto& [key, value] : json.items()) keys.insert(key);
    CHECK(keys.size() == 9);  // it leaves out zeros
    CHECK(keys_of_interface("Augmentation") == keys);
}

TEST_CASE("every field of a spec has its own key, a title and an explanation") {
    std::set<std::string> keys, titles, letters;
    for (const SpecField& field : spec_fields()) {
        INFO(field.key);
        CHECK(keys.insert(field.key).second);
        CHECK(titles.insert(field.title).second);
        CHECK((field.letter == 0 || letters.insert(std::string(1, field.letter)).second));
        CHECK(std::string(field.help).ends_with("."));
        CHECK(spec_field(field.key).title == std::string(field.title));
    }
}

TEST_CASE("every choice of a field can be chosen, and is a word of its JSON") {
    for (const SpecField* field : fields_with_details()) {
        INFO(field->key);
        ExperimentSpec spec = default_spec(*find_architecture("mlp"));
        for (const SpecChoice& choice : field->choices) {
            choose(*field, choice.word, spec);
            CHECK(chosen_word(*field, spec) == choice.word);
            CHECK(chosen_title(*field, spec) == choice.title);
            CHECK(spec_from_json(to_json(spec)).value() == spec);
        }
    }
    CHECK(spec_field("optimizer").choices.size() == optimizer_names().size());
    CHECK(spec_field("schedule").choices.size() == schedule_names().size());
}

TEST_CASE("the form has a separate place for every field without its own widget") {
    const std::set<std::string> apart = {"architecture", "augmentation", "startFrom", "dataset"};
    std::set<std::pair<FormPart, int>> places;
    for (const SpecField* field : fields_with_details()) {
        INFO(field->key);
        CHECK((field->form.part == FormPart::apart) == apart.contains(field->key));
        if (field->form.part == FormPart::apart) continue;
        CHECK(places.insert({field->form.part, field->form.place}).second);
        CHECK(std::string(field->help).ends_with("."));
    }
    ExperimentSpec spec = default_spec(*find_architecture("mlp"));
    choose(spec_field("optimizer"), "momentum", spec);
    std::vector<std::string> keys;
    for (const SpecField* field : fields_in(FormPart::optimizer, spec)) keys.emplace_back(field->key);
    CHECK(keys == std::vector<std::string>{"optimizer", "optimizer.weightDecay", "optimizer.momentum", "optimizer.clipNorm"});
}

TEST_CASE("early stopping keeps the best weights, whatever is chosen") {
    ExperimentSpec spec;
    CHECK(chosen_word(spec_field("keepBest"), spec) == "last");
    spec.early_stopping.patience = 2;
    CHECK(chosen_word(spec_field("keepBest"), spec) == "best");
}

TEST_CASE("the keys of a spec in JSON keep their order") {
    ExperimentSpec spec = default_spec(*find_architecture("mlp"));
    CHECK(dump_json(to_json(spec)) ==
          R"({"architecture":"mlp","epochs":3,"batchSize":64,"seed":1,"optimizer":{"type":"adam","beta1":0.9,"beta2":0.999,)"
          R"("epsilon":1e-08},"learningRate":0.004,"schedule":"linear","labelSmoothing":0.0,"augmentation":{},)"
          R"("validationCount":5000,"subset":0,"threads":0})");
    spec.start_from = "r-0001";
    spec.frozen_layers = 1;
    spec.drawings = true;
    spec.dropout = 0.25F;
    spec.early_stopping.patience = 3;
    spec.keep_best = true;
    spec.max_secs = 60;
    spec.order = RowOrder::by_class;
    spec.label_noise = 0.5F;
    spec.dataset = "letters";
    const std::string text = dump_json(to_json(spec));
    CHECK(
        text.ends_with(R"("threads":0,"startFrom":"r-0001","frozenLayers":1,"drawings":true,"dropout":0.25,)"
                       R"("earlyStopping":{"patience":3,"metric":"accuracy"},"keepBest":true,"maxSecs":60,"order":"by-class",)"
                       R"("labelNoise":0.5,"dataset":"letters"})"));
    CHECK(spec_from_json(parse_json(text).value()).value() == spec);
}

TEST_CASE("a value out of its range is refused with the range") {
    const ExperimentSpec good = default_spec(*find_architecture("mlp"));
    const auto problem = [&](auto change) {
        ExperimentSpec spec = good;
        change(spec);
        const Status status = check_spec(spec, 60000);
        return status ? "" : status.error().message;
    };
    CHECK(problem([](ExperimentSpec& spec) { spec.epochs = 0; }) == "Epochs must be a whole number from 1 to 1000, not 0.");
    CHECK(problem([](ExperimentSpec& spec) { spec.learning_rate = 11; }) ==
          "Learning rate must be a number above 0 and at most 10, not 11.");
    CHECK(problem([](ExperimentSpec& spec) { spec.label_smoothing = 0.75F; }) ==
          "Label smoothing must be a number from 0 to 0.5, not 0.75.");
    CHECK(problem([](ExperimentSpec& spec) { spec.dropout = 0.95F; }) == "Dropout must be a number from 0 to 0.9, not 0.95.");
    CHECK(problem([](ExperimentSpec& spec) { spec.frozen_layers = 2; }) ==
          "Frozen layers must be a whole number from 0 to 1, not 2.");
    CHECK(problem([](ExperimentSpec& spec) { spec.validation_count = 60000; }) ==
          "Validation count must be a whole number from 0 to 59999, not 60000.");
    CHECK(allowed_values(spec_field("epochs")) == "a whole number from 1 to 1000");
    CHECK(allowed_values(spec_field("order")) == "one of shuffled, as-stored and by-class");
    CHECK(allowed_values(spec_field("subset")) == "a whole number of at least 0");
    CHECK(allowed_values(spec_field("drawings")).empty());
}
