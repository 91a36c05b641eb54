/** Which files are listened to, rather than read as data. */

/** What browsers decode; systems do not tell every one's type. */
const AUDIO_NAMES = /\.(wav|wave|mp3|flac|ogg|oga|opus|m4a|mp4|aac|aif|aiff|weba|webm|caf)$/i;

/** By the type that the system tells, or by its name. */
export function isAudioFile({
  name,
  type,
}: {
  readonly name: string;
  readonly type: string;
}): boolean {
  return type.startsWith('audio/') || AUDIO_NAMES.test(name);
}
