/**
 * What is used of the package. Its own types bring another set of WebGPU's, beside those of the DOM.
 */
declare module 'webgpu' {
  /** @param options for Dawn, "name=value" */
  export function create(options: readonly string[]): GPU;
  /** WebGPU's classes and constants. */
  export const globals: object;
}
