/** What a map needs that is large or looked into, loaded when it is. */
export { contoursOf } from './contours';
export { GlDots } from './gl-dots';
export { PaintedDots } from './painted-dots';
export { countsInView, rowsInside, rowsNearest, zoomOnWord } from './rows-on-map';
import './wb-map-common';
import './wb-map-tip';
import './wb-map-tools';
