/** Shader modules made of several files, whose complaints name the file and the line. */

export interface ShaderPart {
  /** For people who look for a mistake. */
  readonly file: string;
  readonly text: string;
}

/** @throws Error naming file and line when a part does not compile */
export async function compileShader(
  device: GPUDevice,
  parts: readonly ShaderPart[],
): Promise<GPUShaderModule> {
  const module = device.createShaderModule({ code: parts.map(({ text }) => text).join('\n') });
  const { messages } = await module.getCompilationInfo();
  const error = messages.find(({ type }) => type === 'error');
  if (error === undefined) return module;
  const { file, line } = placeOfLine(parts, error.lineNum);
  throw new Error(`The shader ${file} does not compile, line ${String(line)}: ${error.message}`);
}

/** @param joined line of the joined text, from 1 */
function placeOfLine(
  parts: readonly ShaderPart[],
  joined: number,
): { readonly file: string; readonly line: number } {
  let before = 0;
  for (const { file, text } of parts) {
    const lines = text.split('\n').length;
    if (joined <= before + lines) return { file, line: joined - before };
    before += lines;
  }
  return { file: 'as a whole', line: joined };
}
