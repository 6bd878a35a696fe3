// Sweeps, shards, archives and interrupted runs on the command line. Needs DIGITLAB_BIN and DIGITLAB_DATA, like cli.test.mjs.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'digitlab-lab-')); });
after(() => rm(folder, { recursive: true }));

const environment = (store) => ({ ...process.env, DIGITLAB_STORE: join(folder, store) });

function digitlab(store, ...args) {
    return new Promise((resolve) => {
        execFile(process.env.DIGITLAB_BIN, args, { env: environment(store) }, (error, stdout, stderr) =>
            resolve({ code: error ? error.code : 0, stdout, stderr }));
    });
}

const sweep = {
    name: 'rates',
    base: { architecture: 'softmax', epochs: 1, subset: 2000 },
    vary: { learningRate: [0.0005, 0.004, 0.03], batchSize: [32, 128] },
};

test('import joins the shards of a sweep', async () => {
    const file = join(folder, 'sweep.json');
    await writeFile(file, JSON.stringify(sweep));
    const counts = [];
    for (const shard of [1, 2]) {
        const done = await digitlab(`shard${shard}`, 'sweep', file, '--shard', `${shard}/2`, '--json');
        assert.equal(done.code, 0, done.stderr);
        const runs = JSON.parse(done.stdout);
        assert.ok(runs.every((run) => run.sweep.name === 'rates'));
        counts.push(runs.length);
        assert.equal((await digitlab(`shard${shard}`, 'export', '--archive', join(folder, `${shard}.dgla`))).code, 0);
    }
    assert.deepEqual(counts, [3, 3]);
    const archives = [1, 2].map((shard) => join(folder, `${shard}.dgla`));
    for (let i = 0; i < 2; i += 1) assert.equal((await digitlab('joined', 'import', ...archives)).code, 0); // the second adds nothing
    const runs = JSON.parse((await digitlab('joined', 'runs', '--json')).stdout);
    assert.equal(runs.length, 6);
    const values = runs.map((run) => JSON.stringify(run.sweep.values)).sort();
    assert.equal(new Set(values).size, 6, values.join());
});

test('invalid sweeps, shards and archives are refused', async () => {
    const file = join(folder, 'bad.json');
    await writeFile(file, '{"vary": {"epoch": [1, 2]}}');
    const bad = await digitlab('none', 'sweep', file, '--json');
    assert.equal(bad.code, 1);
    assert.equal(JSON.parse(bad.stdout).error.code, 'bad-sweep');
    await writeFile(file, JSON.stringify(sweep));
    assert.equal((await digitlab('none', 'sweep', file, '--shard', '3/2')).code, 1);
    assert.equal((await digitlab('none', 'sweep')).code, 2);
    assert.equal((await digitlab('none', 'export')).code, 2);
    const damaged = join(folder, 'damaged.dgla');
    await writeFile(damaged, (await readFile(join(folder, '1.dgla'))).subarray(0, 5000));
    const imported = await digitlab('none', 'import', damaged, '--json');
    assert.equal(imported.code, 1);
    assert.equal(JSON.parse(imported.stdout).error.code, 'bad-archive');
    assert.equal(JSON.parse((await digitlab('none', 'runs', '--json')).stdout).length, 0);
});

test('a run that was killed continues to the weights it would have had', async () => {
    const args = ['train', 'mlp', '--epochs', '6', '--seed', '5', '--augmentation', '1', '--subset', '20000'];
    const killed = spawn(process.env.DIGITLAB_BIN, args, { env: environment('killed') });
    await new Promise((resolve) => {
        killed.stderr.on('data', (text) => { if (/epoch [23]/.test(`${text}`)) killed.kill('SIGKILL'); });
        killed.on('exit', resolve);
    });
    const name = 'model_mlp_run1';
    const [interrupted] = JSON.parse((await digitlab('killed', 'runs', '--json')).stdout);
    assert.equal(interrupted.status, 'running', 'nothing has marked it as ended');
    assert.ok(interrupted.metrics.length >= 1 && interrupted.metrics.length < 6, `${interrupted.metrics.length} epochs`);
    const continued = await digitlab('killed', 'continue', name, '--json');
    assert.equal(continued.code, 0, continued.stderr);
    const whole = await digitlab('whole', ...args, '--json');
    const [one, other] = [continued, whole].map(({ stdout }) => JSON.parse(stdout));
    assert.equal(one.status, 'finished');
    assert.equal(one.weightsHash, other.weightsHash);
    assert.deepEqual(one.test, other.test);
    assert.equal((await digitlab('killed', 'continue', name)).code, 1, 'it has finished');
});

test('early stopping ends a run with its best epoch', async () => {
    const done = await digitlab('early', 'train', 'mlp', '--epochs', '60', '--subset', '2000', '--early-stopping', '3', '--json');
    assert.equal(done.code, 0, done.stderr);
    const run = JSON.parse(done.stdout);
    assert.ok(run.metrics.length < 60);
    assert.equal(run.metrics.length, run.bestEpoch + 3);
});
