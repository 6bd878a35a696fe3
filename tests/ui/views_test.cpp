// Every view, at the size of a laptop and of a phone, empty and full, light and dark, draws without a failed assertion of Dear
// ImGui and has its parts in the mirror.

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "ui/harness.h"
#include "ui/sample_state.h"

using namespace digitlab;

namespace {

void check_places(const Harness& harness, float width, float height) {
    std::set<std::uint32_t> ids;
    for (const MirrorNode& node : harness.window.mirror().nodes()) {
        INFO(node.name << " / " << node.value);
        CHECK(ids.insert(node.id).second);
        if (node.clipped) continue;
        CHECK(node.x >= 0);
        CHECK(node.y >= 0);
        CHECK(node.x + node.width <= width + 0.5F);
        CHECK(node.y + node.height <= height + 0.5F);
        CHECK(node.width > 0);
        CHECK(node.height > 0);
    }
}

/// Checks that no controls overlap, since only one of them could be pressed.
void check_overlap(const Harness& harness) {
    const auto is_control = [](const MirrorNode& node) {
        return !node.clipped && (node.role == Role::button || node.role == Role::tab || node.role == Role::field ||
                                 node.role == Role::text_area || node.role == Role::combobox || node.role == Role::slider ||
                                 node.role == Role::region);
    };
    const auto& nodes = harness.window.mirror().nodes();
    for (std::size_t a = 0; a < nodes.size(); ++a) {
        for (std::size_t b = a + 1; b < nodes.size(); ++b) {
            if (!is_control(nodes[a]) || !is_control(nodes[b])) continue;
            INFO(nodes[a].name << " and " << nodes[b].name);
            const bool apart =
                nodes[a].x + nodes[a].width <= nodes[b].x + 0.5F || nodes[b].x + nodes[b].width <= nodes[a].x + 0.5F ||
                nodes[a].y + nodes[a].height <= nodes[b].y + 0.5F || nodes[b].y + nodes[b].height <= nodes[a].y + 0.5F;
            CHECK(apart);
        }
    }
}

}  // namespace

TEST_CASE("every view draws in every size, theme and state", "[ui]") {
    for (const bool filled : {false, true}) {
        State state = filled ? filled_state() : State{};
        for (const auto& [width, height] : {std::pair{1280.0F, 800.0F}, {390.0F, 844.0F}, {720.0F, 500.0F}}) {
            for (const ThemeChoice theme : {ThemeChoice::light, ThemeChoice::dark}) {
                Harness harness(width, height, theme, width < 500 ? 3.0F : 1.0F);
                for (const View view : all_views) {
                    state.view = view;
                    INFO(title(view) << " " << width << " filled " << filled);
                    harness.frame(state);
                    harness.settle(state);
                    CHECK_FALSE(harness.window.wants_frame());
                    check_places(harness, width, height);
                    check_overlap(harness);
                    for (const View other : all_views) {
                        const MirrorNode* tab = harness.find(Role::tab, title(other));
                        REQUIRE(tab);
                        CHECK_FALSE(tab->clipped);
                        CHECK(tab->checked == (other == view));
                    }
                }
            }
        }
    }
}

TEST_CASE("the editor of a network draws in every size and theme", "[ui]") {
    for (const char* id : {"mlp", "resnet", "two-pool-cnn"}) {
        State state;
        state.form.custom = editable_copy(*find_architecture(id));
        state.form.architecture = custom_id;
        state.form.layers = check_layers(*state.form.custom);
        for (const float width : {1280.0F, 1000.0F, 720.0F, 390.0F, 320.0F}) {
            Harness harness(width, 4000, ThemeChoice::dark, width < 500 ? 3.0F : 1.0F);
            INFO(id << " " << width);
            harness.settle(state);
            harness.window.mirror().activate(harness.find(Role::button, "More settings")->id);
            harness.settle(state);
            check_places(harness, width, 4000);
            check_overlap(harness);
            CHECK(harness.find(Role::combobox, "Layer 1 type"));
        }
    }
}

namespace {

/// The sample state with a custom data set of `classes` classes, with short and long names.
State state_with_own_data(int classes) {
    State state = filled_state();
    DatasetEntry own;
    own.id = "letters";
    own.name = "Letters that I have collected over many years of writing";
    own.classes = classes;
    auto data = std::make_shared<Dataset>(*state.datasets.mnist().data.pair.train);
    for (int index = 0; index < classes; ++index) {
        own.class_names.push_back(index % 3 == 0 ? "A rather long name of a class " + std::to_string(index)
                                                 : std::string(1, static_cast<char>('A' + index % 26)));
    }
    for (std::size_t row = 0; row < data->rows(); ++row)
        data->labels[row] = static_cast<std::uint8_t>(row % static_cast<std::size_t>(classes));
    data->classes = classes;
    data->class_names = own.class_names;
    own.train_rows = own.test_rows = data->rows();
    own.data.phase = DataPhase::ready;
    own.data.pair = {data, data};
    state.form.spec.dataset = own.id;

    Run& run = state.runs.front();
    run.spec.dataset = own.id;
    run.class_names = own.class_names;
    run.test = TestResult{0.9, 0.3, classes, std::vector<int>(static_cast<std::size_t>(classes * classes), 1)};
    Answer& answer = state.draw.reading.digits.front().answers.back();
    answer.classes = {own.id, DataKind::other, own.class_names, classes};
    answer.probabilities.assign(static_cast<std::size_t>(classes), 1.0F / static_cast<float>(classes));
    state.draw.reading.digits.front().consensus = find_consensus(state.draw.reading.digits.front().answers);
    state.datasets.all.push_back(std::move(own));
    state.datasets.import.error = Error{"bad-csv", "letters.csv, row 61: it has 3 columns; a label and 784 pixels make 785."};
    return state;
}

}  // namespace

TEST_CASE("custom data sets draw in every size, with few classes and many", "[ui]") {
    for (const int classes : {2, 26, 100}) {
        for (const float width : {1280.0F, 720.0F, 390.0F, 320.0F}) {
            for (const View view : {View::data, View::history, View::draw}) {
                State state = state_with_own_data(classes);
                state.view = view;
                Harness harness(width, 6000, ThemeChoice::light, width < 500 ? 3.0F : 1.0F);
                INFO(title(view) << " " << width << " " << classes);
                harness.settle(state);
                check_places(harness, width, 6000);
                check_overlap(harness);
            }
        }
    }
}

TEST_CASE("the Data view offers, counts and removes data sets", "[ui]") {
    State state = state_with_own_data(26);
    state.view = View::data;
    Harness harness(1280, 6000);
    harness.settle(state);
    const MirrorNode* choice = harness.find(Role::combobox, "Data set");
    REQUIRE(choice);
    CHECK(choice->value == "letters");
    CHECK(harness.find(Role::text, "B: 12 pictures"));
    CHECK(harness.find(Role::status, state.datasets.import.error->message));
    const Commands add = harness.click(state, *harness.find(Role::button, "Add data set"));
    REQUIRE(first<AskPlatform>(add));
    CHECK(first<AskPlatform>(add)->action == PlatformAction(PickDatasetFiles{}));
    CHECK(first<ChooseDataset>(harness.click(state, *harness.find(Role::button, "Get Fashion-MNIST")))->id == "fashion-mnist");
    CHECK_FALSE(first<RemoveDataset>(harness.click(state, *harness.find(Role::button, "Remove data set"))));
    CHECK(first<RemoveDataset>(harness.click(state, *harness.find(Role::button, "Remove for good")))->id == "letters");

    state.datasets.import = {};
    state.datasets.import.active = true;
    state.datasets.import.share_done = 0.5;
    harness.settle(state);
    CHECK_FALSE(harness.find(Role::button, "Add data set"));
    CHECK(first<CancelAddDataset>(harness.click(state, *harness.find(Role::button, "Cancel"))));
}

TEST_CASE("of ten numbered classes the user says whether they are digits", "[ui]") {
    State state = state_with_own_data(10);
    state.view = View::data;
    Harness harness(1280, 6000);
    harness.settle(state);
    CHECK_FALSE(harness.find(Role::combobox, "What its classes are"));  // they have names
    state.datasets.all.back().class_names.clear();
    state.datasets.all.back().kind = DataKind::digits;
    harness.settle(state);
    const MirrorNode* kind = harness.find(Role::combobox, "What its classes are");
    REQUIRE(kind);
    CHECK(kind->value == "digits");
    harness.window.mirror().set_value(kind->id, "other");
    const Commands said = harness.settle(state);
    REQUIRE(first<SetDatasetKind>(said));
    CHECK(first<SetDatasetKind>(said)->id == "letters");
    CHECK(first<SetDatasetKind>(said)->kind == DataKind::other);
}

TEST_CASE("a data set that any run trains on or waits for cannot be removed", "[ui]") {
    State state = state_with_own_data(2);
    state.view = View::data;
    Harness harness(1280, 6000);
    harness.settle(state);
    CHECK(harness.find(Role::button, "Remove data set")->enabled);
    TrainingState& other = state.trainings.emplace_back();
    other.queued = true;
    other.run_id = "r-9";
    other.spec.dataset = "letters";
    REQUIRE(state.shown_training != other.run_id);
    harness.settle(state);
    CHECK_FALSE(harness.find(Role::button, "Remove data set")->enabled);
    CHECK(harness.find(Role::button, "Remove data set")->description == "A network is training on it. Stop that first.");
}

TEST_CASE("class names are shown in place of digits", "[ui]") {
    State state = state_with_own_data(26);
    state.view = View::history;
    Harness harness(1280, 6000);
    harness.settle(state);
    const MirrorNode* matrix = harness.find(Role::table, "Confusion matrix");
    REQUIRE(matrix);
    CHECK(matrix->rows[0][2] == "answered B");
    CHECK(matrix->rows[2][0] == "B");
    state.view = View::draw;
    harness.settle(state);
    const MirrorNode* answers = harness.find(Role::table, "Answers");
    REQUIRE(answers);
    CHECK(answers->rows[3][2] == "B");
    CHECK(answers->rows[4][1] == "Ensemble");
    CHECK(harness.find(Role::status, "Both models say 7"));
}

TEST_CASE("About says how much is stored, and whether the browser keeps it", "[ui]") {
    State state = filled_state();
    state.view = View::about;
    Harness harness;
    harness.settle(state);
    const MirrorNode* table = harness.find(Role::table, "Storage");
    REQUIRE(table);
    const std::vector<std::vector<std::string>> rows = {{"Kept", "Number", "Size"},
                                                        {"Runs", "3", "41.2 kB"},
                                                        {"Models", "3", "12.4 MB"},
                                                        {"Drawings", "2,000", "9.8 MB"},
                                                        {"Own data sets", "0", "0 bytes"}};
    CHECK(table->rows == rows);
    CHECK(harness.find(Role::status, "The browser may delete this data when the disk runs full; export what matters."));
    state.storage.persistence = Persistence::granted;
    harness.settle(state);
    CHECK(harness.find(Role::status, "The browser has promised to keep this data."));
}

TEST_CASE("the mirror names what each view offers", "[ui]") {
    State state;
    Harness harness;
    harness.settle(state);
    for (const char* name : {"Epochs", "Batch size", "Learning rate", "Seed"}) CHECK(harness.find(Role::field, name));
    const MirrorNode* architecture = harness.find(Role::combobox, "Architecture");
    REQUIRE(architecture);
    CHECK(architecture->value == "mlp");
    const MirrorNode* start = harness.find(Role::button, "Start training");
    REQUIRE(start);
    CHECK(start->enabled);
    CHECK_FALSE(start->clipped);
    CHECK(harness.find(Role::button, "Download data set"));

    state.view = View::draw;
    harness.settle(state);
    const MirrorNode* area = harness.find(Role::region, "Drawing area");
    REQUIRE(area);
    CHECK(area->width == area->height);
    CHECK(harness.find(Role::slider, "Pen width"));
    CHECK(harness.find(Role::button, "Clear"));
    CHECK(harness.find(Role::button, "Predict"));
    CHECK(harness.find(Role::button, "Go to Train"));
}

TEST_CASE("a full state is described in words", "[ui]") {
    State state = filled_state();
    Harness harness;
    harness.settle(state);
    CHECK(harness.find(Role::text, "Validation accuracy 97.1 %"));
    CHECK(harness.find(Role::text, "Epoch 3 / 3"));
    CHECK(harness.find(Role::button, "Pause"));
    CHECK(harness.find(Role::button, "Stop"));
    CHECK(harness.find(Role::button, "Start training")->description == "It begins when it is its turn.");
    CHECK(harness.find(Role::button, "One batch"));
    CHECK(harness.find(Role::button, "One epoch"));
    CHECK(harness.find(Role::status, "Not saved"));

    state.view = View::draw;
    harness.settle(state);
    CHECK(harness.find(Role::status, "2 of 3 models say 7"));
    const MirrorNode* answers = harness.find(Role::table, "Answers");
    REQUIRE(answers);
    REQUIRE(answers->rows.size() == 5);  // with a header and the ensemble
    CHECK(answers->rows[1][1] == state.runs[1].name);
    CHECK(answers->rows[1][2] == "7");
    CHECK(answers->rows[1][3] == "98.3 %");
    CHECK(answers->rows[4][1] == "Ensemble");
    CHECK(answers->rows[4][2] == "7");
    state.draw.reading = Reading{};
    state.draw.canvas.clear();
    harness.settle(state);
    CHECK(harness.find(Role::status, "Draw a digit and the models will answer"));

    state.view = View::history;
    harness.settle(state);
    const MirrorNode* runs = harness.find(Role::table, "Runs");
    REQUIRE(runs);
    CHECK(runs->rows.size() == 4);
    const MirrorNode* matrix = harness.find(Role::table, "Confusion matrix");
    REQUIRE(matrix);
    CHECK(matrix->rows.size() == 11);
}
