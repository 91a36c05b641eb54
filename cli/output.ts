/** Where a command writes. */
export interface Output {
  /** What was asked for: text with its own line ends, for standard output. */
  readonly print: (text: string) => void;
  /** What is being done, or was: a line without its end, for standard error. */
  readonly note: (line: string) => void;
}

/** The process's own. */
export const PROCESS_OUTPUT: Output = {
  print: (text) => {
    process.stdout.write(text);
  },
  note: (line) => {
    process.stderr.write(`${line}\n`);
  },
};
