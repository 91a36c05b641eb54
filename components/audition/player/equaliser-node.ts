/**
 * The equaliser as a node of a Web Audio graph.
 *
 * It is a worklet, since what is heard must be what is drawn. The browser's own filters were
 * measured and left: BiquadFilterNodes have shelves of Q √½, where the plug-in's is 0.71, and they
 * and IIRFilterNodes keep their memory in 32 bits in Chromium, which puts them up to 0.18 dB off
 * the drawn curve at 96 kHz; gliding their parameters from one setting to a far one rings.
 */
import type { FilterTarget } from '../../../src/audio/gliding-filter';
import {
  EQUALISER_PROCESSOR,
  type EqualiserOptions,
} from '../../../workers/audio/equaliser-protocol';
import processorUrl from '../../../workers/audio/equaliser.worklet?worker&url';

/**
 * A node that filters up to so many channels, and begins with a setting.
 *
 * @throws DOMException where the audio thread cannot be given code
 */
export async function equaliserNode(
  context: BaseAudioContext,
  channels: number,
  target: FilterTarget,
): Promise<AudioWorkletNode> {
  await context.audioWorklet.addModule(processorUrl);
  return new AudioWorkletNode(context, EQUALISER_PROCESSOR, {
    channelCount: channels,
    channelCountMode: 'explicit',
    outputChannelCount: [channels],
    processorOptions: { channels, target } satisfies EqualiserOptions,
  });
}

/** Passes to another setting or gain without a click. */
export function glide(node: AudioWorkletNode, target: FilterTarget): void {
  node.port.postMessage(target);
}
