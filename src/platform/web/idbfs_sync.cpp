#include "platform/web/idbfs_sync.h"

#include <emscripten.h>

#include <memory>
#include <utility>

// clang-format off
// When some writes fail, IDBFS commits the rest, including deletions, and it drops errors without a reason. So this wrapper
// around its database adds strict durability, and one failed write undoes the whole transaction.
EM_JS_DEPS(digitlab_idbfs, "$FS,$IDBFS,$UTF8ToString,$stringToNewUTF8");

EM_JS(void, digitlab_mount_idbfs, (const char* mount_point_text), {
    const mountPoint = UTF8ToString(mount_point_text);
    FS.mkdirTree(mountPoint);
    FS.mount(IDBFS, {}, mountPoint);

    const openDatabase = IDBFS.getDB;
    const prepared = new WeakSet();
    IDBFS.getDB = (name, callback) => openDatabase(name, (error, database) => {
        if (database && !prepared.has(database)) {
            prepared.add(database);
            const begin = database.transaction.bind(database);
            database.transaction = (stores, mode) => {
                const transaction = mode == "readwrite" ? begin(stores, mode, { durability: "strict" }) : begin(stores, mode);
                if (mode == "readwrite") IDBFS.lastWrite = transaction;
                transaction.addEventListener("error", () => { try { transaction.abort(); } catch (alreadyOver) { } });
                return transaction;
            };
            // Another copy of the page needs a newer database version: close this one, and open it again when needed.
            database.onversionchange = () => { database.close(); delete IDBFS.dbs[name]; };
            database.onclose = () => { delete IDBFS.dbs[name]; };
        }
        callback(error, database);
    });
});

EM_JS(void, digitlab_sync_idbfs, (const char* mount_point_text, int populate, void* pending), {
    const mountPoint = UTF8ToString(mount_point_text);
    const longestMs = 30000;
    let answered = false;
    const report = (code, reason) => {
        const codeText = stringToNewUTF8(code);
        const reasonText = stringToNewUTF8(reason);
        _digitlab_idbfs_synced(pending, codeText, reasonText);
        _free(codeText);
        _free(reasonText);
    };
    const undo = () => {
        try { IDBFS.lastWrite?.abort(); } catch (alreadyOver) { }
        // WebKit drops connections of sleeping tabs; the next attempt opens a new one.
        try { IDBFS.dbs[mountPoint]?.close(); } catch (alreadyClosed) { }
        delete IDBFS.dbs[mountPoint];
    };
    const answer = (error) => {
        if (answered) return;
        answered = true;
        clearTimeout(timer);
        // Not immediately: IDBFS may still be adding requests to the transaction.
        queueMicrotask(() => {
            if (!error) return report("", "");
            undo();
            report(error.name == "QuotaExceededError" ? "no-space" : "storage-failed", String(error.message || error.name || error));
        });
    };
    const timer = setTimeout(() => answer(new Error("the browser's storage does not answer")), longestMs);
    try {
        FS.syncfs(!!populate, (error) => answer(error));
    } catch (error) {
        answer(error);
    }
});

// clang-format on

namespace {
using Done = std::function<void(digitlab::Status)>;
}

extern "C" EMSCRIPTEN_KEEPALIVE void digitlab_idbfs_synced(void* pending, const char* code, const char* reason) {
    const std::unique_ptr<Done> done(static_cast<Done*>(pending));
    if (*code == '\0') {
        (*done)({});
    } else {
        (*done)(digitlab::fail(code, reason));
    }
}

namespace digitlab {

void mount_idbfs(const std::string& mount_point) { digitlab_mount_idbfs(mount_point.c_str()); }

void sync_idbfs(const std::string& mount_point, SyncDirection direction, std::function<void(Status)> done) {
    auto pending = std::make_unique<Done>(std::move(done));
    digitlab_sync_idbfs(mount_point.c_str(), direction == SyncDirection::from_indexeddb ? 1 : 0, pending.release());
}

}  // namespace digitlab
