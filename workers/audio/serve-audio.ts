/** Measures and renders sound off the page's thread. */
import { readHeader } from '../../src/audio/container-header';
import { openContainer } from '../../src/audio/container-sound';
import { measureSound, renderSound, type Pace } from '../../src/audio/render';
import { decodedSound, type Sound } from '../../src/audio/sound';
import { blobBytes, isWav, openWav } from '../../src/audio/wav-reader';
import { InputError } from '../../src/base/input-error';
import {
  parseAudioRequest,
  type AudioAnswer,
  type AudioSource,
  type AudioRequest,
} from './audio-protocol';
import { BlobTarget } from './blob-target';
import { macrotask } from '../shared/macrotask';
import { reasonOf } from '../trainer/emit';
import { Throttle } from '../shared/throttle';

type Job = Exclude<AudioRequest, { type: 'cancel' }>;

/** Jobs that the page gave up, until they notice. */
const cancelled = new Set<number>();
const running = new Set<number>();

/** @returns what takes the page's messages */
export function serveAudio(): (event: MessageEvent<unknown>) => void {
  return ({ data }) => {
    const request = parseAudioRequest(data);
    if (request.type === 'cancel') {
      if (running.has(request.job)) cancelled.add(request.job);
    } else {
      void run(request);
    }
  };
}

async function run(request: Job): Promise<void> {
  const { job } = request;
  running.add(job);
  try {
    emit(await answer(request));
  } catch (error) {
    const foreseen = error instanceof InputError;
    if (!foreseen && !(error instanceof Cancelled)) console.error(error);
    emit({ type: 'failed', job, reason: reasonOf(error), foreseen });
  }
  running.delete(job);
  cancelled.delete(job);
}

async function answer(request: Job): Promise<AudioAnswer> {
  const { job } = request;
  if (request.type === 'header') {
    return { type: 'header', job, header: await readHeader(request.file) };
  }
  const { source } = request;
  const sound = await open(source);
  const pace = paceOf(job);
  if (request.type === 'measure') {
    return { type: 'measured', job, measured: await measureSound(sound, request.settings, pace) };
  }
  const target = new BlobTarget();
  const { gainDb, note } = await renderSound(sound, request, target, pace);
  return { type: 'rendered', job, blob: target.blob(), gainDb, note };
}

async function open(source: AudioSource): Promise<Sound> {
  if ('channels' in source) return decodedSound(source.channels, source.sampleRateHz);
  const bytes = blobBytes(source.file);
  return (await isWav(bytes)) ? openWav(bytes) : openContainer(source.file);
}

class Cancelled extends Error {}

/** Says how far a job is, lets other messages in, and ends the job where the page gave it up. */
function paceOf(job: number): Pace {
  const throttle = Throttle.ofFrames();
  return async (share) => {
    await throttle.attempt(() => {
      emit({ type: 'progress', job, share });
      return Promise.resolve();
    });
    await macrotask();
    if (cancelled.has(job)) throw new Cancelled('The job was given up.');
  };
}

function emit(message: AudioAnswer): void {
  self.postMessage(message);
}
