/** Names of the files in a model's exports; known here, so that no library is loaded for them. */
export const MODEL_FILE = 'model.safetensors';

/** A TensorFlow.js LayersModel, and the weights by the name by which it refers to them. */
export const MODEL_JSON = 'model.json';
export const WEIGHTS_FILE = 'weights.bin';

export const ENCODER_FILE = 'encoder.onnx';
export const DECODER_FILE = 'decoder.onnx';
/** What is known of the runs in a library. */
export const LIBRARY_LIST = 'library.json';
