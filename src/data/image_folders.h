#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "data/row_reader.h"
#include "data/zip.h"

namespace digitlab {

/// Reads a ZIP of pictures in folders named by label: <label>/<file>.png, .jpg or .bmp. A folder around all of them is ignored;
/// folders `train` and `test` (or `training`, `testing`) above the labels divide the data set. Pictures are converted to grey
/// and fitted into 28×28; whether ink is dark or light is decided once for all of them, by the mean brightness of their
/// borders. Other files are ignored. Fails with "bad-zip", "bad-image", "image-too-large", "too-large" or a code of
/// RowGatherer::add; messages name the archive and the picture.
class ImageFolders : public RowReader {
   public:
    static Result<std::unique_ptr<ImageFolders>> open(ZipArchive archive);

    Status step(RowGatherer& rows) override;
    bool finished() const override { return next_ == pictures_.size(); }
    double share_done() const override;

   private:
    struct Picture {
        std::size_t entry;  ///< index in the archive
        std::string label;
        DataPart part;
    };

    explicit ImageFolders(ZipArchive archive) : archive_(std::move(archive)) {}
    Status find_pictures();
    Status read(const Picture& picture, RowGatherer& rows);

    ZipArchive archive_;
    std::vector<Picture> pictures_;
    std::size_t next_ = 0;
    double brightness_ = 0;  ///< sum of the pictures' borders, 0 black to 255 white
};

}  // namespace digitlab
