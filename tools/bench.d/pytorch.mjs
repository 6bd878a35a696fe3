// PyTorch, with the settings that suit it best: OpenBLAS with OpenMP, AVX-512 where the processor has it, and memory that is not
// given back to the system. worker.py chooses the rest by trying.

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { mnist, recipe, root, run, testImages, threads } from './common.mjs';

const settings = {
  MALLOC_MMAP_THRESHOLD_: '4294967296',
  MALLOC_TRIM_THRESHOLD_: '8589934592',
  OMP_NUM_THREADS: `${threads}`,
  PYTHONDONTWRITEBYTECODE: '1',
};

/** On AMD's processors neither library uses AVX-512 by default; it makes PyTorch a tenth to a quarter faster on Zen 5. */
async function instructionSet() {
  const flags = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const complete = ['avx512f', 'avx512bw', 'avx512dq', 'avx512vl', 'avx512cd'].every((flag) => flags.includes(` ${flag} `));
  return complete ? { OPENBLAS_CORETYPE: 'SkylakeX', ATEN_CPU_CAPABILITY: 'avx512' } : {};
}

/** Returns the folder of Debian's OpenBLAS that uses OpenMP, as PyTorch does; undefined on other systems. */
async function openBlasFolder() {
  const files = await run('dpkg', ['-L', 'libopenblas0-openmp'], { allowFailure: true }).catch(() => '');
  const library = files.split('\n').find((path) => path.endsWith('/libblas.so.3'));
  return library && dirname(library);
}

export class PyTorch {
  name = 'PyTorch';

  async prepare() {
    const folder = await openBlasFolder();
    this.environment = { ...process.env, ...settings, ...await instructionSet(), ...(folder && { LD_LIBRARY_PATH: folder }) };
  }

  /** Starts a new process for each round, since speed differs from one process to the next. */
  async openRound() {
    const worker = `${root}/tools/bench.d/pytorch/worker.py`;
    this.process = spawn('/usr/bin/python3', [worker, mnist, `${threads}`],
      { env: this.environment, stdio: ['pipe', 'pipe', 'inherit'] });
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    this.description = await this.ask('describe');
  }

  async ask(what, request = {}) {
    this.process.stdin.write(`${JSON.stringify({ do: what, ...request })}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error('PyTorch ended early');
    const answer = JSON.parse(value);
    if (answer.error) throw new Error(answer.error);
    return answer;
  }

  /** Runs a model file in PyTorch; see worker.py. */
  check(model, pictures) { return this.ask('check', { model, pictures }); }

  async train({ architecture: { layers }, tensors }, secs) {
    const result = await this.ask('train', { ...recipe, layers, tensors, secs, testImages });
    return { ...result, imagesTrained: result.losses.length * recipe.batchSize };
  }

  versions() {
    const { version, blas, oneDnn, cpuCapability } = this.description;
    return `${this.name} ${version}, up to ${threads} threads, ${cpuCapability}, oneDNN: ${oneDnn ? 'yes' : 'no'}, BLAS: ${blas}`;
  }

  async closeRound() {
    this.process?.stdin.end();
    this.process = undefined;
  }
}
