/**
 * What a configuration of Equalizer APO does to the left channel of one device. A line's meaning
 * depends on those before it: on the device, stage, channel and condition that they chose.
 *
 * Source: Equalizer APO's "Configuration reference" and the order in which its reader hands a line
 * to its commands: Device, If, expressions, Include, Stage, Channel, and then those that do
 * something to the sound. It knows neither which device is meant nor what a condition would come to.
 */
import { sumOfCurves, type CurvePoint } from '../eq/curve';
import type { Filter } from '../eq/response';
import { InputError } from '../base/input-error';
import { readFilterLine, readPreamp, type Dialect } from './filter-lines';
import { readGraphicEq } from './graphic-eq';
import { LeftAside, type Section } from './left-aside';
import { checkedPreamp, isLevel, oneLine, PREAMP_FAULT, type ReadPreset } from './preset';

/** Commands that change the sound in ways that filters do not tell. */
const EFFECTS = new Set(['Convolution', 'Copy', 'Delay', 'VSTPlugin', 'LoudnessCorrection']);
/** All others, but for "Filter", with which a command begins. */
const COMMANDS = new Set([
  ...EFFECTS,
  ...['Device', 'If', 'ElseIf', 'Else', 'EndIf', 'Eval', 'Include', 'Stage', 'Channel'],
  ...['Preamp', 'GraphicEQ'],
]);
/** What a line begins with that somebody will have meant as a command. */
const MEANT =
  /^\s{0,40}(filter(?! settings file)|preamp|graphiceq|channel|device|stage|include|convolution|copy|delay|vstplugin|loudnesscorrection)(?![a-z])/i;
const STAGES = new Set(['pre-mix', 'post-mix', 'capture']);

/** Most points of all GraphicEQs of a file, and most of them. */
const MOST_POINTS = 20_000;
const MOST_CURVES = 100;

interface Line {
  readonly number: number;
  /** What stands before the first colon; null where there is none. */
  readonly command: string | null;
  readonly parameters: string;
  readonly text: string;
}

function linesOf(text: string): readonly Line[] {
  return text.split(/\r\n|\r|\n/).map((line, i) => {
    const bare = i === 0 ? line.replace('\uFEFF', '') : line;
    const colon = bare.indexOf(':');
    return {
      number: i + 1,
      command: colon < 0 ? null : bare.slice(0, colon).trim(),
      parameters: colon < 0 ? '' : bare.slice(colon + 1),
      text: bare,
    };
  });
}

/** @throws InputError where a line sets a filter that cannot be read, or none sets any */
export function readApoConfig(text: string, dialect: Dialect): ReadPreset {
  const lines = linesOf(text);
  const reader = new ConfigReader(dialect, chosenDevice(lines));
  for (const line of lines) reader.read(line);
  return reader.result();
}

/**
 * The device whose lines are read besides those for all: that of the first line that sets a filter.
 * Null where that line is for all devices.
 */
function chosenDevice(lines: readonly Line[]): string | null {
  let device: string | null = null;
  for (const { command, parameters } of lines) {
    if (command === 'Device') device = isForAll(parameters) ? null : deviceKey(parameters);
    else if (command === 'GraphicEQ') return device;
    else if (command?.startsWith('Filter') === true && /^\s*ON\s/.test(parameters)) return device;
  }
  return device;
}

function isForAll(devices: string): boolean {
  return devices.split(';').some((device) => device.trim().toLowerCase() === 'all');
}

function deviceKey(devices: string): string {
  return devices.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** As a note quotes it. */
function quoted({ command, parameters }: Line): string {
  const text = oneLine(`${command ?? ''}: ${parameters}`);
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

/** Reads line after line, and remembers what they are for. */
class ConfigReader {
  readonly #dialect: Dialect;
  readonly #device: string | null;
  readonly #aside = new LeftAside();
  readonly #filters: Filter[] = [];
  readonly #curves: (readonly CurvePoint[])[] = [];
  #points = 0;
  #preampDb = 0;
  #off = 0;
  #deviceNamed = false;
  /** Room EQ Wizard's texts begin with lines for people. */
  #forPeople: boolean;
  /** Where the lines go that are left aside because of device, stage or channel; null: followed. */
  #otherDevice: Section | null = null;
  #otherStage: Section | null = null;
  #otherChannel: Section | null = null;
  /** How many conditions the lines stand in, and where they go. */
  #depth = 0;
  #branch: Section | null = null;

  constructor(dialect: Dialect, device: string | null) {
    this.#dialect = dialect;
    this.#device = device;
    this.#forPeople = dialect === 'rew';
  }

  read(line: Line): void {
    const { number, command, text } = line;
    if (text.trim() === '' || text.trimStart().startsWith('#')) return;
    if (command === null || !isCommand(command)) {
      this.#other(line);
      return;
    }
    if (command === 'Device') this.#chooseDevice(line);
    else if (this.#otherDevice !== null) this.#otherDevice.lines.push(number);
    else if (/^(If|ElseIf|Else|EndIf)$/.test(command)) this.#condition(line, command);
    else if (this.#branch !== null) this.#branch.lines.push(number);
    else this.#followed(line, command);
  }

  result(): ReadPreset {
    const notes = this.#aside.notes();
    if (this.#filters.length === 0 && this.#curves.length === 0 && this.#off === 0) {
      throw new InputError(this.#aside.whyNothing('No line of the file sets a filter.'));
    }
    const curve = sumOfCurves(this.#curves);
    if (!curve.every(({ gainDb }) => isLevel(gainDb))) {
      throw new InputError('The GraphicEQs of the file add up to more than 100 dB.');
    }
    return {
      name: null,
      filters: this.#filters,
      curve,
      preampDb: checkedPreamp(this.#preampDb, 'All lines together'),
      off: this.#off,
      notes,
    };
  }

  /** Lines that are no commands. */
  #other({ number, command, text }: Line): void {
    const [, meant] = MEANT.exec(text) ?? [];
    if (meant !== undefined) {
      const what =
        command === null
          ? `"${meant}" without a colon`
          : `"${command.slice(0, 20)}", spelt like this,`;
      this.#aside.line(number, `${what} is no command of Equalizer APO, left aside`);
    } else if (!this.#forPeople) {
      this.#aside.line(number, 'no command of Equalizer APO, left aside');
    }
    if (/^\s{0,40}Filter Settings file/.test(text)) this.#forPeople = true;
  }

  #chooseDevice(line: Line): void {
    const { number, parameters } = line;
    if (isForAll(parameters)) {
      this.#otherDevice = null;
    } else if (deviceKey(parameters) === this.#device) {
      this.#otherDevice = null;
      if (!this.#deviceNamed) {
        this.#aside.line(number, `${quoted(line)} is the first device that is set, and was read`);
      }
      this.#deviceNamed = true;
    } else {
      this.#otherDevice = this.#aside.section(number, `${quoted(line)} is another device`);
    }
  }

  /** Whatever stands in a condition is left aside, whichever way the condition would go. */
  #condition(line: Line, command: string): void {
    const { number } = line;
    if (command === 'If') this.#depth++;
    else if (this.#depth === 0) this.#aside.line(number, `"${command}" has no "If"`);
    else if (command === 'EndIf') this.#depth--;
    if (this.#depth === 0) {
      this.#branch = null;
    } else if (this.#depth === 1 && command !== 'EndIf') {
      const why = command === 'Else' ? 'depends on a condition that' : 'is a condition, which';
      this.#branch = this.#aside.section(number, `${quoted(line)} ${why} is not worked out`);
    } else {
      this.#branch?.lines.push(number);
    }
  }

  /** A command that is for the device, and stands in no condition. */
  #followed(line: Line, command: string): void {
    const { number, parameters } = line;
    if (parameters.includes('`')) {
      this.#aside.line(number, 'an expression in backquotes is not worked out; it was left aside');
    } else if (command === 'Eval') {
      this.#aside.line(number, '"Eval" is not followed');
    } else if (command === 'Include') {
      this.#aside.line(number, `${quoted(line)} names another file, which is not followed`);
    } else if (command === 'Stage') {
      this.#chooseStage(line);
    } else if (this.#otherStage !== null) {
      this.#otherStage.lines.push(number);
    } else if (command === 'Channel') {
      this.#chooseChannel(line);
    } else if (this.#otherChannel !== null && command !== 'Copy') {
      this.#otherChannel.lines.push(number);
    } else {
      this.#apply(line, command);
    }
  }

  /** What is played goes through both stages of playback. */
  #chooseStage(line: Line): void {
    const stages = line.parameters.trim().toLowerCase().split(/\s+/);
    const unknown = stages.find((stage) => !STAGES.has(stage));
    if (unknown !== undefined) {
      this.#aside.line(line.number, `${quoted(line)} names a stage that is not known`);
    }
    this.#otherStage =
      stages.includes('pre-mix') || stages.includes('post-mix')
        ? null
        : this.#aside.section(line.number, `${quoted(line)} is no stage of playback`);
  }

  #chooseChannel(line: Line): void {
    const channels = line.parameters.trim().toUpperCase().split(/\s+/);
    const left = channels.some(
      (channel) => channel === 'ALL' || channel === 'L' || /^0*1(?!\d)/.test(channel),
    );
    this.#otherChannel = left
      ? null
      : this.#aside.section(line.number, `${quoted(line)} selects other channels than the left`);
  }

  #apply({ number, parameters }: Line, command: string): void {
    if (command === 'Preamp') {
      const preampDb = readPreamp(parameters);
      if (isLevel(preampDb)) this.#preampDb += preampDb;
      else this.#aside.skipped(number, PREAMP_FAULT);
    } else if (command === 'GraphicEQ') {
      this.#addCurve(number, parameters);
    } else if (EFFECTS.has(command)) {
      this.#aside.line(number, `"${command}" is not followed`);
    } else {
      const line = readFilterLine(parameters, `Line ${String(number)}`, this.#dialect);
      if (line.state === 'on') this.#filters.push(line.filter);
      else if (line.state === 'off') this.#off++;
      else this.#aside.skipped(number, line.fault);
    }
  }

  #addCurve(number: number, parameters: string): void {
    const read = readGraphicEq(parameters);
    if ('fault' in read) {
      this.#aside.skipped(number, read.fault);
      return;
    }
    this.#points += read.curve.length;
    this.#curves.push(read.curve);
    if (this.#points > MOST_POINTS || this.#curves.length > MOST_CURVES) {
      throw new InputError(
        `Line ${String(number)}: a file with more than 100 GraphicEQs, or 20,000 points in them, cannot be read.`,
      );
    }
    for (const point of read.outside) {
      this.#aside.line(
        number,
        `the point "${point}" of the GraphicEQ lies outside 0.001 to 1,000,000 Hz and was left aside`,
      );
    }
  }
}

function isCommand(command: string): boolean {
  return command.startsWith('Filter') || COMMANDS.has(command);
}
