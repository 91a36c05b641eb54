/** What a map needs that is large or looked into, loaded when it is. */
export { GlDots } from './gl-dots';
