#pragma once

#include <map>
#include <set>
#include <string>

#include "base/files.h"

namespace digitlab {

/// Files that live only as long as the object: for tests, and for pages whose storage cannot be used.
class MemoryFiles : public Files {
   public:
    std::vector<std::string> list(const std::string& folder) const override;
    Result<Bytes> read(const std::string& name) const override;
    std::size_t size(const std::string& name) const override;
    Status write(const std::string& name, std::span<const std::uint8_t> bytes) override;
    Status remove(const std::string& name) override;
    void flush(FlushDone done) override;

   private:
    std::map<std::string, Bytes> files_;
};

/// Forwards to `inner`, but fails where told to: injects faults for tests.
class FaultyFiles : public Files {
   public:
    explicit FaultyFiles(Files& inner) : inner_(inner) {}
    int writes_until_full = -1;    ///< this many more writes work, then "no-space"; negative: no limit
    int removes_until_crash = -1;  ///< this many more removals work, then none, as after a crash; negative: no limit
    bool flush_fails = false;
    std::set<std::string> unreadable;

    std::vector<std::string> list(const std::string& folder) const override { return inner_.list(folder); }
    Result<Bytes> read(const std::string& name) const override;
    std::size_t size(const std::string& name) const override { return inner_.size(name); }
    Status write(const std::string& name, std::span<const std::uint8_t> bytes) override;
    Status remove(const std::string& name) override;
    void flush(FlushDone done) override;

   private:
    Files& inner_;
};

}  // namespace digitlab
