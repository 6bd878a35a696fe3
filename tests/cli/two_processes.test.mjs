// Several processes on one store. Needs DIGITLAB_BIN and DIGITLAB_DATA, like cli.test.mjs.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'digitlab-two-')); });
after(() => rm(folder, { recursive: true }));

const environment = (store) => ({ ...process.env, DIGITLAB_STORE: join(folder, store) });

function digitlab(store, ...args) {
    return new Promise((resolve) => {
        execFile(process.env.DIGITLAB_BIN, args, { env: environment(store) }, (error, stdout, stderr) =>
            resolve({ code: error ? error.code : 0, stdout, stderr }));
    });
}

const runs = async (store) => JSON.parse((await digitlab(store, 'runs', '--json')).stdout);

const limit = { timeout: 600_000 };

test('runs that start together on an empty store are all saved', limit, async () => {
    const args = ['--epochs', '2', '--subset', '2000', '--threads', '1', '--json'];
    const both = await Promise.all(['mlp', 'softmax', 'softmax'].map((architecture) => digitlab('both', 'train', architecture, ...args)));
    for (const { code, stderr } of both) assert.equal(code, 0, stderr);
    const kept = await runs('both');
    assert.deepEqual(kept.map((run) => run.id).sort(), ['r-0001', 'r-0002', 'r-0003']);
    assert.deepEqual(kept.map((run) => run.name).sort(), ['model_mlp_run1', 'model_softmax_run1', 'model_softmax_run2']);
    for (const run of kept) {
        assert.equal(run.status, 'finished');
        assert.equal(run.metrics.length, 2);
        assert.equal((await digitlab('both', 'export', run.id, join(folder, `${run.id}.dglb`))).code, 0);
    }
    for (const { stdout } of both) {
        const run = JSON.parse(stdout);
        assert.equal(kept.find(({ id }) => id === run.id).weightsHash, run.weightsHash);
    }
});

test('a run is marked as stopped if its process died, but not while it is being trained', limit, async () => {
    const child = spawn(process.env.DIGITLAB_BIN, ['train', 'mlp', '--epochs', '1000', '--subset', '20000', '--threads', '1'],
        { env: environment('live') });
    const gone = new Promise((resolve) => { child.on('exit', resolve); });
    try {
        await new Promise((resolve, reject) => {
            child.stderr.on('data', (text) => { if (/epoch [2-9]/.test(`${text}`)) resolve(); });
            child.on('exit', () => reject(new Error('the training ended')));
        });
        assert.equal((await digitlab('live', 'export', '--archive', join(folder, 'live.dgla'))).code, 0);
        assert.equal((await runs('live'))[0].status, 'running');
        const refused = await digitlab('live', 'continue', 'r-0001');
        assert.equal(refused.code, 1);
        assert.equal((await digitlab('live', 'train', 'softmax', '--epochs', '1', '--subset', '2000')).code, 0);
        const [live, other] = await runs('live');
        assert.equal(live.status, 'running');
        assert.equal(other.status, 'finished');
    } finally {
        child.kill('SIGKILL');
        await gone;
    }
    assert.equal((await digitlab('live', 'train', 'softmax', '--epochs', '1', '--subset', '2000')).code, 0);
    const [dead] = await runs('live');
    assert.equal(dead.status, 'stopped');
    assert.match(dead.failure, /closed/);
    assert.ok(dead.metrics.length >= 1);
});
