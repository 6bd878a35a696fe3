// The command line as a user and a script see it: exit codes, text, JSON, files. Needs DIGITLAB_BIN (the built program)
// and DIGITLAB_DATA (the folder with the real MNIST files).
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'digitlab-cli-')); });
after(() => rm(folder, { recursive: true }));

function digitlab(...args) {
    const env = { ...process.env, DIGITLAB_STORE: join(folder, 'store') };
    return new Promise((resolve) => {
        execFile(process.env.DIGITLAB_BIN, args, { env }, (error, stdout, stderr) =>
            resolve({ code: error ? error.code : 0, stdout, stderr }));
    });
}

/// Writes one of MNIST's test images to a PGM file; returns its path and its label.
async function testPicture(row, invert = false) {
    const images = await readFile(join(process.env.DIGITLAB_DATA, 't10k-images-idx3-ubyte'));
    const labels = await readFile(join(process.env.DIGITLAB_DATA, 't10k-labels-idx1-ubyte'));
    const pixels = Buffer.from(images.subarray(16 + row * 784, 16 + (row + 1) * 784));
    if (invert) for (let i = 0; i < pixels.length; ++i) pixels[i] = 255 - pixels[i];
    const path = join(folder, `digit-${row}-${invert}.pgm`);
    await writeFile(path, Buffer.concat([Buffer.from('P5\n28 28\n255\n'), pixels]));
    return { path, label: labels[8 + row] };
}

test('help exits with 0, wrong usage with 2', async () => {
    assert.match((await digitlab('--help')).stdout, /train.*eval.*predict/s);
    assert.equal((await digitlab('--help')).code, 0);
    assert.equal((await digitlab('train', '--help')).code, 0);
    assert.equal((await digitlab()).code, 2);
    assert.equal((await digitlab('dance')).code, 2);
    assert.equal((await digitlab('train', '--epochs', 'many')).code, 2);
    assert.equal((await digitlab('predict')).code, 2);
});

test('failures exit with 1 and say what to do', async () => {
    const nothing = await digitlab('predict', 'absent.png');
    assert.equal(nothing.code, 1);
    assert.match(nothing.stderr, /digitlab train/);
    const unknown = await digitlab('train', 'giant-cnn', '--json');
    assert.equal(unknown.code, 1);
    assert.equal(JSON.parse(unknown.stdout).error.code, 'unknown-architecture');
    assert.equal((await digitlab('train', 'mlp', '--epochs', '0')).code, 1);
    assert.equal((await digitlab('train', 'mlp', '--learning-rate', 'nan')).code, 1);
    assert.equal((await digitlab('train', 'mlp', '--data', folder)).code, 1);
    assert.equal((await digitlab('eval', 'nobody')).code, 1);
});

/// Runs the command line with nothing but `env` in the environment.
function digitlabWith(env, ...args) {
    return new Promise((resolve) => {
        execFile(process.env.DIGITLAB_BIN, args, { env }, (error, stdout, stderr) =>
            resolve({ code: error ? error.code : 0, stdout, stderr }));
    });
}

test('without a folder to keep runs in, nothing is trained and the error names --store', async () => {
    const env = { PATH: process.env.PATH, DIGITLAB_DATA: process.env.DIGITLAB_DATA };
    const homeless = await digitlabWith(env, 'train', 'softmax', '--json');
    assert.equal(homeless.code, 1);
    assert.match(JSON.parse(homeless.stdout).error.message, /HOME.*--store/);
    const file = join(folder, 'a-file');
    await writeFile(file, 'not a folder');
    const unwritable = await digitlabWith(env, 'train', 'softmax', '--store', join(file, 'store'), '--json');
    assert.equal(unwritable.code, 1);
    assert.match(JSON.parse(unwritable.stdout).error.message, /--store/);
    assert.doesNotMatch(unwritable.stderr, /epoch/, 'the error comes before anything is trained');
});

test('a wrong type in a JSON file is refused with a message', async () => {
    const path = join(folder, 'wrong.json');
    for (const wrong of ['[1]', '3', '{"epochs": "many"}', '{"architecture": 5}', '{"dataset": 5}', '{"startFrom": []}']) {
        await writeFile(path, wrong);
        const { code, stdout } = await digitlab('train', '--spec', path, '--json');
        assert.equal(code, 1, wrong);
        assert.ok(JSON.parse(stdout).error.message, wrong);
    }
    for (const base of ['{"dataset": 5}', '[]', '3']) {
        await writeFile(path, `{"base": ${base}, "vary": {"seed": [1, 2]}}`);
        const { code, stdout } = await digitlab('sweep', path, '--json');
        assert.equal(code, 1, base);
        assert.equal(JSON.parse(stdout).error.code, 'bad-sweep', base);
    }
});

test('--json always prints one JSON value', async () => {
    const usage = await digitlab('train', '--epochs', 'many', '--json');
    assert.equal(usage.code, 2);
    assert.equal(JSON.parse(usage.stdout).error.code, 'bad-usage');
    const failed = await digitlab('eval', 'nobody', '--json');
    assert.equal(failed.code, 1);
    assert.equal(JSON.parse(failed.stdout).error.code, 'unknown-model');
});

test('every field of a spec is an option', async () => {
    const { stdout } = await digitlab('train', '--help');
    for (const option of ['--architecture', '--epochs', '--batch-size', '--seed', '--optimizer', '--learning-rate', '--schedule',
        '--label-smoothing', '--augmentation', '--validation-count', '--subset', '--start-from', '--frozen-layers', '--drawings',
        '--dropout', '--early-stopping', '--max-secs', '--keep-best', '--order', '--label-noise', '--dataset']) {
        assert.match(stdout, new RegExp(`${option}\\b`));
    }
    const trained = await digitlab('train', 'softmax', '-e', '2', '--subset', '2000', '--keep-best', '--order', 'by-class',
        '--label-noise', '0.1', '--store', join(folder, 'options'), '--json');
    assert.equal(trained.code, 0, trained.stderr);
    const { spec } = JSON.parse(trained.stdout);
    assert.equal(spec.keepBest, true);
    assert.equal(spec.order, 'by-class');
    assert.equal(spec.labelNoise, 0.1);
    assert.equal((await digitlab('train', 'softmax', '--order', 'upwards')).code, 1);
});

test('a trained model is saved, can be measured, and answers', async () => {
    const trained = await digitlab('train', 'mlp', '--epochs', '1', '--seed', '3', '--json');
    assert.equal(trained.code, 0, trained.stderr);
    const run = JSON.parse(trained.stdout);
    assert.equal(run.architecture, 'mlp');
    assert.equal(run.status, 'finished');
    assert.equal(run.parameters, 101770);
    assert.equal(run.metrics.length, 1);
    assert.ok(run.test.accuracy > 0.94, `test accuracy ${run.test.accuracy}`);
    assert.equal(run.test.confusion.flat().reduce((a, b) => a + b), 10000);

    const list = JSON.parse((await digitlab('runs', '--json')).stdout);
    assert.deepEqual(list.map((one) => one.id), [run.id]);

    assert.equal((await digitlab('runs', '--rename', run.name, '')).code, 1);
    assert.equal((await digitlab('runs', '--rename', 'r-none', 'mine')).code, 1);
    assert.equal((await digitlab('runs', '--rename', run.name)).code, 2);
    const renamed = await digitlab('runs', '--rename', run.name, 'first try', '--json');
    assert.equal(JSON.parse(renamed.stdout)[0].name, 'first try', renamed.stderr);
    assert.equal(JSON.parse((await digitlab('runs', '--json')).stdout)[0].name, 'first try');
    run.name = 'first try';

    const measured = JSON.parse((await digitlab('eval', run.name, '--json')).stdout);
    assert.ok(Math.abs(measured[0].test.accuracy - run.test.accuracy) < 0.0005, 'in half precision it is as accurate');
    assert.match(run.weightsHash, /^[0-9a-f]{16}$/);

    const exported = join(folder, 'mlp.dglb');
    assert.equal((await digitlab('export', run.name, exported, '--name', 'My MLP')).code, 0);
    const again = JSON.parse((await digitlab('eval', exported, '--json')).stdout);
    assert.equal(again[0].test.accuracy, measured[0].test.accuracy);
    assert.equal((await digitlab('export', run.name, join(folder, 'no', 'such', 'folder'))).code, 1);

    const digits = [await testPicture(0), await testPicture(1), await testPicture(2), await testPicture(3)];
    const exact = JSON.parse((await digitlab('predict', '--mnist', '--json', ...digits.map((d) => d.path))).stdout);
    assert.deepEqual(exact.map((one) => one.answers[0].digit), digits.map((d) => d.label));
    const onPaper = await testPicture(0, true);
    const drawn = JSON.parse((await digitlab('predict', '--json', onPaper.path)).stdout);
    assert.equal(drawn[0].answers[0].digit, onPaper.label);
});

test('the same seed gives the same run with any number of threads', async () => {
    const train = (threads) => digitlab('train', 'softmax', '--epochs', '1', '--subset', '5000', '--seed', '9', '--threads', threads, '--json');
    const [one, three] = [JSON.parse((await train('1')).stdout), JSON.parse((await train('3')).stdout)];
    assert.equal(one.metrics[0].trainLoss, three.metrics[0].trainLoss);
    assert.deepEqual(one.test, three.test);
});

test('every architecture, optimizer and schedule can be trained', async () => {
    const ids = JSON.parse((await digitlab('bench', '--list', '--json')).stdout).map((one) => one.id);
    assert.deepEqual(ids, ['softmax', 'mlp', 'small-cnn', 'two-pool-cnn', 'deeper-cnn', 'lenet-5', 'resnet', 'sprint', 'champion']);
    const few = ['--epochs', '1', '--subset', '300', '--batch-size', '50', '--json'];
    for (const id of ids) {
        const trained = await digitlab('train', id, ...few);
        assert.equal(trained.code, 0, `${id}: ${trained.stderr}`);
        assert.equal(JSON.parse(trained.stdout).status, 'finished');
    }
    for (const optimizer of ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw']) {
        assert.equal((await digitlab('train', 'mlp', ...few, '--optimizer', optimizer)).code, 0, optimizer);
    }
    for (const schedule of ['linear', 'constant', 'step', 'cosine', 'one-cycle']) {
        assert.equal((await digitlab('train', 'mlp', ...few, '--schedule', schedule, '--augmentation', '1')).code, 0, schedule);
    }
});

test('a custom architecture is trained from a file', async () => {
    const spec = join(folder, 'own.json');
    const layers = [{ type: 'conv', filters: 8, kernel: 3 }, { type: 'batch-norm', activation: 'relu' }, { type: 'max-pool', size: 4 },
        { type: 'dense', units: 10 }];
    await writeFile(spec, JSON.stringify({ architecture: { id: 'custom', title: 'Mine', layers }, epochs: 1, subset: 2000 }));
    const trained = await digitlab('train', '--spec', spec, '--json');
    assert.equal(trained.code, 0, trained.stderr);
    const run = JSON.parse(trained.stdout);
    assert.equal(run.name, 'model_custom_run1');
    assert.equal(run.parameters, 8 * 10 + 16 + 36 * 8 * 10 + 10);
    assert.equal(JSON.parse((await digitlab('eval', run.name, '--json')).stdout)[0].architecture, 'custom');
});

test('the benchmark prints figures', async () => {
    const { stdout, code } = await digitlab('bench', 'mlp', '--secs', '0.05', '--layers', '--json');
    assert.equal(code, 0);
    const { architectures, peakGflops } = JSON.parse(stdout);
    assert.equal(architectures[0].layers.length, 2);
    assert.ok(peakGflops.oneThread > 0.1);
    assert.equal((await digitlab('bench', 'magic')).code, 1);
    assert.equal((await digitlab('bench', '--secs', '0')).code, 1);
});

test('a damaged model file or picture is refused with a message', async () => {
    const junk = join(folder, 'junk.dglb');
    await writeFile(junk, 'DGLB not a model');
    const model = await digitlab('eval', junk);
    assert.equal(model.code, 1);
    assert.match(model.stderr, /junk\.dglb/);
    const picture = await digitlab('predict', junk);
    assert.equal(picture.code, 1);
});

// tests/browser/api.test.mjs checks the same on the page.
test('a run gives the same weights as on every platform', async () => {
    const { spec, weightsHash } = JSON.parse(await readFile(new URL('../same_weights.json', import.meta.url)));
    const path = join(folder, 'spec.json');
    await writeFile(path, JSON.stringify(spec));
    const { stdout } = await digitlab('train', '--spec', path, '--json');
    assert.equal(JSON.parse(stdout).weightsHash, weightsHash);
});
