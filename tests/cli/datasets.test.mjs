// Data sets other than MNIST on the command line. Needs DIGITLAB_BIN, and DIGITLAB_DATA with Fashion-MNIST's folder next to it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'digitlab-datasets-')); });
after(() => rm(folder, { recursive: true }));

function digitlab(...args) {
    const env = { ...process.env, DIGITLAB_STORE: join(folder, 'store') };
    return new Promise((resolve) => {
        execFile(process.env.DIGITLAB_BIN, args, { env }, (error, stdout, stderr) =>
            resolve({ code: error ? error.code : 0, stdout, stderr }));
    });
}

/// Returns a CSV row with a bright bar whose position tells the class.
function csvRow(label, bar) {
    const pixels = Array.from({ length: 784 }, (_, i) => (Math.floor(i / 84) === bar ? 255 : 0));
    return [label, ...pixels].join(',');
}

function letters(rows = 300) {
    const names = ['A', 'B', 'C', 'D', 'E'];
    return Array.from({ length: rows }, (_, row) => csvRow(names[row % 5], row % 5)).join('\n');
}

async function file(name, contents) {
    const path = join(folder, name);
    await writeFile(path, contents);
    return path;
}

test('a model is trained on a custom CSV file and measured', async () => {
    const path = await file('letters.csv.gz', gzipSync(letters()));
    const trained = await digitlab('train', 'mlp', '--dataset', path, '--epochs', '3', '--batch-size', '16', '--json');
    assert.equal(trained.code, 0, trained.stderr);
    const run = JSON.parse(trained.stdout);
    assert.equal(run.spec.dataset, 'letters');
    assert.equal(run.spec.architecture, 'mlp');
    assert.deepEqual(run.classNames, ['A', 'B', 'C', 'D', 'E']);
    assert.equal(run.parameters, 785 * 128 + 129 * 5);
    assert.equal(run.test.confusion.length, 5);
    assert.ok(run.test.accuracy > 0.95, `test accuracy ${run.test.accuracy}`);

    const measured = await digitlab('eval', run.name, '--dataset', path);
    assert.equal(measured.code, 0, measured.stderr);
    assert.match(measured.stdout, /test accuracy/);
    const digits = await digitlab('eval', run.name);
    assert.equal(digits.code, 1);
    assert.match(digits.stderr, /classes/);

    const exported = join(folder, 'letters.dglb');
    assert.equal((await digitlab('export', run.name, exported)).code, 0);
    assert.equal((await digitlab('eval', exported, '--dataset', path)).code, 0, 'the exported file holds the classes');
});

test('a comma separates files unless it is part of an existing file\'s name', async () => {
    const path = await file('letters, small.csv', letters());
    const trained = await digitlab('train', 'softmax', '--dataset', path, '--epochs', '1', '--batch-size', '16', '--json');
    assert.equal(trained.code, 0, trained.stderr);
    assert.equal(JSON.parse(trained.stdout).classNames.length, 5);
});

test('a model of digits is fine-tuned on letters with a new last layer', async () => {
    const path = await file('more-letters.csv', letters());
    const digits = await digitlab('train', '--subset', '3000', '--epochs', '1', '--json');
    assert.equal(digits.code, 0, digits.stderr);
    const parent = JSON.parse(digits.stdout);
    const tuned = await digitlab('train', '--start-from', parent.name, '--frozen-layers', '1', '--dataset', path,
        '--epochs', '10', '--batch-size', '16', '--learning-rate', '0.003', '--json');
    assert.equal(tuned.code, 0, tuned.stderr);
    const run = JSON.parse(tuned.stdout);
    assert.equal(run.spec.startFrom, parent.id);
    assert.equal(run.fineTune.newLastLayer, true);
    assert.deepEqual(run.classNames, ['A', 'B', 'C', 'D', 'E']);
    assert.equal(run.parameters, 785 * 128 + 129 * 5);
    assert.ok(run.test.accuracy > 0.9, `test accuracy ${run.test.accuracy}`);
    const unknown = await digitlab('train', '--start-from', 'nobody');
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /nobody/);
});

test('Fashion-MNIST is available, with its class names', async () => {
    const trained = await digitlab('train', 'softmax', '--dataset', 'fashion-mnist', '--epochs', '1', '--subset', '6000', '--json');
    assert.equal(trained.code, 0, trained.stderr);
    const run = JSON.parse(trained.stdout);
    assert.equal(run.classNames[7], 'Sneaker');
    assert.ok(run.test.accuracy > 0.7, `test accuracy ${run.test.accuracy}`);
    const measured = JSON.parse((await digitlab('eval', run.name, '--dataset', 'fashion-mnist', '--json')).stdout);
    assert.ok(Math.abs(measured[0].test.accuracy - run.test.accuracy) < 0.001);
});

test('bad files exit with 1 and say where they are wrong', async () => {
    const failure = async (...names) => {
        const { code, stderr } = await digitlab('train', 'softmax', '--dataset', names.join(','), '--epochs', '1');
        assert.equal(code, 1);
        return stderr;
    };
    assert.match(await failure(join(folder, 'absent.csv')), /Cannot open.*absent\.csv/);
    assert.match(await failure(await file('bad.csv', `${letters()}\nA,1,2`)), /bad\.csv, row 301/);
    assert.match(await failure(await file('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10]))), /single picture/);
    assert.match(await failure(await file('cut.zip', Buffer.from('PK\x03\x04cut'))), /cut\.zip is cut short/);
    assert.match(await failure(await file('images', Buffer.from([0, 0, 8, 3, 0, 0, 0, 9]))), /pairs|IDX/);
    assert.match(await failure(await file('cut.gz', gzipSync(letters()).subarray(0, 200))), /cut\.gz cannot be unpacked/);
    assert.match((await digitlab('train', '--help')).stdout, /--dataset/);
});
