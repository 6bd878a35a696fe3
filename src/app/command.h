#pragma once

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/state.h"
#include "base/files.h"
#include "data/idx.h"
#include "train/session.h"

namespace digitlab {

// Everything the user can do, and everything the platform can report. Panels, the command line and the JavaScript API
// make these; App::apply is the only one who changes the state.

struct ShowView {
    View view;
};
struct ChooseTheme {
    ThemeChoice theme;
};
/// See `edited_form`.
struct EditForm {
    TrainForm form;
};

/// Fills in the form. Code "unknown-preset".
struct ChoosePreset {
    std::string id;
};
/// Fills in the form from a spec in JSON. Codes "bad-json" and "bad-spec"; the form is then as it was.
struct OpenSpec {
    std::string json;
};
/// Wants the form's settings on the clipboard. The codes of `spec_from_form`.
struct CopySpec {
    CopyFormat format;
};
/// The page has taken what was to be copied.
struct TakeCopy {};

struct EditSweep {
    SweepForm form;
};
/// Puts every training of a sweep into the queue; without a sweep, those of the forms. Codes "bad-sweep", "bad-spec".
struct StartSweep {
    std::optional<Sweep> sweep;
    int shard = 0, shards = 1;  ///< only every `shards`-th training, from number `shard` on
};

// The user's own network. Layers are counted from 0.

/// Chooses an editable copy of the chosen network; one that was there before is gone.
struct CopyArchitecture {};
struct SetLayer {
    std::size_t layer;
    LayerSpec spec;  ///< of another kind: its numbers are those of the layer as it was
};
/// A new layer before `layer`; behind the last when that is their number.
struct InsertLayer {
    std::size_t layer;
};
struct RemoveLayer {
    std::size_t layer;
};
/// Exchanges `layer` with the next.
struct SwapWithNext {
    std::size_t layer;
};
/// Takes over an architecture in JSON as the custom network; what cannot be read stays in the form with the reason.
struct ReadArchitecture {
    std::string json;
};

/// Starts training at once, or as soon as the data set is there and it is its turn. Without a spec, the form's.
struct StartTraining {
    std::optional<ExperimentSpec> spec;
};

// Of the training of a run, or of the one in view when there is no id. Code "not-training".

struct PauseTraining {
    std::string run_id = {};
};
struct ResumeTraining {
    std::string run_id = {};
};
/// Ends it with what it has learned; one that is still in the queue leaves no run behind.
struct StopTraining {
    std::string run_id = {};
};
/// Goes on for one mini-batch or to the end of the epoch, and pauses.
struct StepTraining {
    StepUnit unit;
    std::string run_id = {};
};
/// Where the schedule would have started; it goes on from there. Code "bad-spec".
struct SetLearningRate {
    float rate;
    std::string run_id = {};
};

/// Trains an interrupted or stopped run to its end, as if it had never stopped. Codes "unknown-run", "busy", "cannot-continue",
/// and those of a checkpoint that cannot be read.
struct ContinueRun {
    std::string id;
};
struct ShowTraining {
    std::string run_id;
};
/// How many train at the same time, 1 to `most_at_once`. Code "bad-argument".
struct SetAtOnce {
    int count;
};

// What is on the paper. Every change can be undone.

/// The lines that follow are one stroke: one step of undo.
struct BeginStroke {};
/// The pen is lifted: what is drawn is to be answered at once, not now and then.
struct EndStroke {};
/// One stretch of a stroke; all in canvas pixels. Code "not-drawable" while a picture lies on the paper.
struct DrawLine {
    InkPoint from;
    InkPoint to;
    float diameter;
    bool erases = false;
};
struct SetPen {
    float width;  ///< as it is seen, in CSS pixels
};
struct ChooseTool {
    DrawingTool tool;
};
/// Takes drawing and picture away.
struct ClearDrawing {};
/// Exchanges ink and paper.
struct InvertPaper {};
struct UndoDrawing {};
struct RedoDrawing {};
/// A digit to try instead of what is on the paper: one of the program's own, and an MNIST test digit by chance. The latter
/// needs the data set; code "no-data".
struct PlaceSampleDigit {
    int digit;
};
struct PlaceTestDigit {};
/// A photo of a note with several digits, made by the program.
struct PlaceSamplePhoto {};
/// Wants the file picker of the platform, which answers with ReportPickerOpened at once and with a picture when there is one.
struct OpenPicture {};
struct ReportPickerOpened {};
struct ReportPictureFailed {
    std::string message;
};
/// Asks every model again, even if nothing changed.
struct PredictDrawing {};
/// Reads a picture (0 black to 255 white) instead of the drawing, until it is cleared, and shows it. Code "bad-image".
struct SetPicture {
    GreyImage grey;
};
struct SetPreparationSteps {
    PreparationSteps steps;
};
/// Shows the stages and answers of another digit of the reading. Code "unknown-digit".
struct SelectDigit {
    std::size_t index;
};

/// Says what the selected digit of the drawing truly is, which puts it into the log. Codes "blank", "bad-label", "log-full".
struct LabelDrawn {
    int label;
};
/// Of a drawing in the log; no label takes it away. Codes "unknown-drawing", "bad-label".
struct LabelDrawing {
    std::string id;
    std::optional<int> label;
};
struct RemoveDrawing {
    std::string id;
};
struct ClearDrawings {};
/// Asks a model again for every labelled drawing. Codes "unknown-model", "no-drawings".
struct TestOnDrawings {
    std::string model;
};
/// Wants a file made of the log. Code "no-drawings".
struct ExportDrawings {
    ExportFormat format;
};
/// The page has taken the wish for a file.
struct TakeExport {};
/// Something the page could not do; becomes a notice.
struct ReportProblem {
    std::string message;
};
/// Something it has done where nobody sees it; becomes a notice.
struct ReportDone {
    std::string message;
};

/// Shows or hides why a model answers as it does; nothing is worked out while it is hidden.
struct ShowWhy {
    bool open;
};
struct ExplainModel {
    std::string id;  ///< "": the most confident one
};
struct ExplainDigit {
    std::optional<int> digit;  ///< nothing: what the model answers
};

/// Adds what an archive holds; see ArchiveDesk. Code "bad-archive", or why it cannot be stored.
struct ImportArchive {
    Bytes file;
};
/// Wants the file picker of the platform, for an archive.
struct OpenArchive {};
struct ReportArchivePickerOpened {};
/// Wants an archive of everything made into a file.
struct ExportArchive {};
/// The page has taken the wish.
struct TakeArchive {};

struct SelectRun {
    std::string id;
};
struct DeleteRun {
    std::string id;
};
struct DismissNotice {
    int id;
};

/// A model file that comes with the program and answers beside those of the user's runs. Its notes hold {id, name,
/// testAccuracy}.
struct AddReadyModel {
    Bytes file;
    std::string id = {};  ///< id and name in place of those in the notes
};

/// Wants a data set; does nothing when it is there or on its way. Code "unknown-dataset".
struct RequestData {
    std::string id = mnist_id;
};
struct ReportDataProgress {
    double received_bytes;
    double total_bytes;
    std::string id = mnist_id;
};
struct ReportDataReady {
    DataPair pair;
    std::string id = mnist_id;
};
struct ReportDataFailed {
    std::string message;
    std::string id = mnist_id;
};

/// Shows a data set and makes the next training one on it. Code "unknown-dataset".
struct ChooseDataset {
    std::string id;
};
/// Begins to make a data set of files; see `DataDesk::add`. What comes of it is in the state's import.
struct AddDataset {
    std::string name;
    std::shared_ptr<std::vector<NamedFile>> files;  ///< taken over
};
struct CancelAddDataset {};
/// One of the user's own. Codes "unknown-dataset", "busy".
struct RemoveDataset {
    std::string id;
};
/// Wants the file picker of the platform, which answers with ReportFilesPickerOpened at once.
struct OpenDatasetFiles {};
struct ReportFilesPickerOpened {};

template <class... Kinds>
struct CommandKinds {
    static constexpr std::size_t count = sizeof...(Kinds);

    /// Its place in the list; `count` when it is not there.
    template <class Kind>
    static constexpr std::size_t index_of() {
        constexpr bool same[] = {std::is_same_v<Kind, Kinds>...};
        std::size_t index = 0;
        while (index < count && !same[index]) ++index;
        return index;
    }
};

using AllCommandKinds = CommandKinds<
    ShowView, ChooseTheme, EditForm, CopyArchitecture, SetLayer, InsertLayer, RemoveLayer, SwapWithNext, ReadArchitecture,
    ChoosePreset, EditSweep, StartSweep, OpenSpec, CopySpec, TakeCopy, StartTraining, PauseTraining, ResumeTraining,
    StopTraining, StepTraining, SetLearningRate, ContinueRun, ShowTraining, SetAtOnce, BeginStroke, EndStroke, DrawLine, SetPen,
    ChooseTool, ClearDrawing, InvertPaper, UndoDrawing, RedoDrawing, PlaceSampleDigit, PlaceTestDigit, PlaceSamplePhoto,
    OpenPicture, ReportPickerOpened, ReportPictureFailed, PredictDrawing, SetPicture, SetPreparationSteps, SelectDigit,
    LabelDrawn, LabelDrawing, RemoveDrawing, ClearDrawings, TestOnDrawings, ExportDrawings, TakeExport, ReportProblem,
    ReportDone, ShowWhy, ExplainModel, ExplainDigit, ImportArchive, OpenArchive, ReportArchivePickerOpened, ExportArchive,
    TakeArchive, SelectRun, DeleteRun, DismissNotice, AddReadyModel, RequestData, ReportDataProgress, ReportDataReady,
    ReportDataFailed, ChooseDataset, AddDataset, CancelAddDataset, RemoveDataset, OpenDatasetFiles, ReportFilesPickerOpened>;

template <class Kind>
concept CommandKind = AllCommandKinds::index_of<Kind>() < AllCommandKinds::count;

/// One of the above; unchangeable, its copies share what it holds. (As a std::variant it would make every panel compile the
/// destructors of all kinds, which was most of the build.)
class Command {
   public:
    template <CommandKind Kind>
    Command(Kind kind)  // NOLINT(google-explicit-constructor): panels push the kinds themselves
        : index_(AllCommandKinds::index_of<Kind>()), kind_(std::make_shared<Kind>(std::move(kind))) {}

    /// Null when it is another kind.
    template <CommandKind Kind>
    const Kind* as() const {
        return index_ == AllCommandKinds::index_of<Kind>() ? static_cast<const Kind*>(kind_.get()) : nullptr;
    }

    /// Calls `visitor` with the kind it is; `visitor` has to take them all and return the same type.
    template <class Visitor>
    auto visit(const Visitor& visitor) const {
        return visit_as(AllCommandKinds{}, visitor);
    }

   private:
    template <class... Kinds, class Visitor>
    auto visit_as(CommandKinds<Kinds...>, const Visitor& visitor) const {
        using Answer = std::common_type_t<std::invoke_result_t<const Visitor&, const Kinds&>...>;
        using Call = Answer (*)(const Visitor&, const void*);
        static constexpr Call calls[] = {
            [](const Visitor& call, const void* kind) -> Answer { return call(*static_cast<const Kinds*>(kind)); }...};
        return calls[index_](visitor, kind_.get());
    }

    std::size_t index_;
    std::shared_ptr<const void> kind_;
};

using Commands = std::vector<Command>;

}  // namespace digitlab
