#pragma once

#include "ui/ui.h"

namespace digitlab {

/// A rounded surface, as wide as the column, around everything drawn while it lives. In the layout it is a single item.
class Card {
   public:
    explicit Card(Ui& ui);
    ~Card();
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;

   private:
    Ui& ui_;
    ImVec2 min_;
    float outer_width_;
    float padding_;
};

/// Two columns side by side, or one below the other on narrow pages. `next` starts the second.
class Columns {
   public:
    /// The first column is `first_width` wide, the second takes the rest. `always` keeps two columns on narrow pages, too.
    Columns(Ui& ui, float first_width, bool always = false);
    ~Columns();
    void next();
    Columns(const Columns&) = delete;
    Columns& operator=(const Columns&) = delete;

   private:
    Ui& ui_;
    bool side_by_side_;
    ImVec2 origin_;
    float outer_width_, first_width_;
    float bottom_ = 0;
};

/// Adds vertical space.
void space(float height);

}  // namespace digitlab
