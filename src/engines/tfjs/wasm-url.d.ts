/** A WebAssembly file's address in the bundle, as Vite gives it. */
declare module '*.wasm?url' {
  const url: string;
  export default url;
}
