/** Addresses of TensorFlow.js's WebAssembly files in the bundle. For the browser only. */
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { WasmPaths } from './backends';

export const WASM_PATHS: WasmPaths = { plain, simd };
