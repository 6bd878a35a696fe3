#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace digitlab {

/// A value of one of several kinds, which can be moved but not copied. It compiles faster than a std::variant, with which every
/// file that includes it would compile the destructors of all kinds.
template <class... Kinds>
class OneOf {
   public:
    template <class Kind>
    static constexpr bool includes = (std::is_same_v<Kind, Kinds> || ...);

    template <class Kind>
        requires includes<Kind>
    OneOf(Kind kind)  // NOLINT(google-explicit-constructor): converts implicitly, as a std::variant does
        : index_(index_of<Kind>()), kind_(new Kind(std::move(kind)), [](void* one) { delete static_cast<Kind*>(one); }) {}

    /// Null when the value is of another kind.
    template <class Kind>
        requires includes<Kind>
    const Kind* as() const {
        return index_ == index_of<Kind>() ? static_cast<const Kind*>(kind_.get()) : nullptr;
    }

    /// Calls `visitor` with the value, which the visitor may move from. The visitor must accept every kind and always return
    /// the same type.
    template <class Visitor>
    auto visit(const Visitor& visitor) && {
        using Answer = std::common_type_t<std::invoke_result_t<const Visitor&, Kinds&&>...>;
        using Call = Answer (*)(const Visitor&, void*);
        static constexpr std::array<Call, sizeof...(Kinds)> calls = {
            [](const Visitor& call, void* kind) -> Answer { return call(std::move(*static_cast<Kinds*>(kind))); }...};
        return calls[index_](visitor, kind_.get());
    }

   private:
    template <class Kind>
    static constexpr std::size_t index_of() {
        constexpr std::array<bool, sizeof...(Kinds)> same = {std::is_same_v<Kind, Kinds>...};
        std::size_t index = 0;
        while (!same[index]) ++index;
        return index;
    }

    std::size_t index_;
    std::unique_ptr<void, void (*)(void*)> kind_;
};

}  // namespace digitlab
