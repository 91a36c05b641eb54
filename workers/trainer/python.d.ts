/** A Python file's text in the bundle, as Vite gives it; `import()` it, so that it is loaded when needed. */
declare module '*.py?raw' {
  const text: string;
  export default text;
}
