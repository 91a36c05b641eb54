/** What the page asks of a model, in one piece, which is loaded once there is one. */
export { drawnApart, latentDrawnAt } from '../../src/explore/draw-apart';
export { farOutText } from '../../src/explore/far-out';
export { mix } from '../../src/explore/mix';
export { encodeSettings } from '../../src/model/encode-settings';
export { unheardFrequencies } from '../../src/model/unheard';
export { decodeSetting, eachWordSetting, offeredSetting } from '../../src/model/word-settings';
export { unpackModel } from '../../src/ready/packed-model';
export { unpackTimeline } from '../../src/timeline/timeline-file';
