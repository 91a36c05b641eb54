/** The map's points, drawn by the graphics card, so that many of them do not hold the page's thread up. */
import { CHANNELS, KINDS } from '../../src/figures/map-dots';
import {
  dotCanvas,
  POINT_LINE,
  POINT_RADIUS,
  samePicture,
  type DotLayer,
  type DotPicture,
  sameLooks,
} from './dot-layer';
import { DotShades, looksOf, type Shades } from './dot-looks';
import { edgeOf, placesOn, scaleOf } from './map-view';

/** A square for each point. What does not belong to the pass is put where nothing is drawn. */
const VERTEX = `#version 300 es
in vec2 point;
in vec4 colour;
in vec2 kind; // whether it is hollow, and whether it stands out
uniform vec2 size; // all of these in CSS pixels
uniform vec3 view; // centre in map units, pixels per map unit
uniform float edge; // below 0: none
uniform float front;
uniform float side; // in pixels of the screen
out vec4 shade;
out float hollow;
void main() {
  vec2 at = size / 2.0 + (point - view.xy) * view.z * vec2(1.0, -1.0);
  if (edge >= 0.0) at = clamp(at, vec2(edge), size - edge);
  vec2 place = at / size * 2.0 - 1.0;
  gl_Position = kind.y == front ? vec4(place.x, -place.y, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = side;
  shade = colour;
  hollow = kind.x;
}`;

/** As much of the square as a disc or a circle covers. */
const FRAGMENT = `#version 300 es
precision highp float;
in vec4 shade;
in float hollow;
uniform float side;
uniform vec2 dot; // radius and line, in pixels of the screen
out vec4 pixel;
void main() {
  float away = length(gl_PointCoord - 0.5) * side - dot.x;
  float beyond = hollow > 0.5 ? abs(away) - dot.y / 2.0 : away;
  float alpha = shade.a * clamp(0.5 - beyond, 0.0, 1.0);
  pixel = vec4(shade.rgb * alpha, alpha);
}`;

/** What is on the graphics card. */
interface Card {
  readonly gl: WebGL2RenderingContext;
  readonly program: WebGLProgram;
  readonly points: WebGLBuffer;
  readonly colours: WebGLBuffer;
  readonly kinds: WebGLBuffer;
}

/** Draws on a canvas of its own, whose context is lost and comes back as the browser likes. */
export class GlDots implements DotLayer {
  readonly canvas: HTMLCanvasElement;
  #card: Card | null;
  #wanted: DotPicture | null = null;
  #drawn: DotPicture | null = null;
  readonly #shades = new DotShades();
  #sharpness = 0;

  private constructor(canvas: HTMLCanvasElement, card: Card) {
    this.canvas = canvas;
    this.#card = card;
    canvas.addEventListener('webglcontextlost', (event) => {
      // Without this it would not come back.
      event.preventDefault();
      this.#card = this.#drawn = null;
    });
    canvas.addEventListener('webglcontextrestored', () => {
      this.#card = cardOf(canvas);
      if (this.#wanted !== null) this.draw(this.#wanted);
    });
  }

  /** null where the browser has no WebGL 2, or only one without a graphics card. */
  static create(): GlDots | null {
    const canvas = dotCanvas();
    const card = cardOf(canvas);
    return card === null ? null : new GlDots(canvas, card);
  }

  draw(picture: DotPicture): void {
    this.#wanted = picture;
    const card = this.#card;
    const { width, height } = picture.view;
    if (card === null || width === 0 || height === 0) return;
    if (this.#sharpness === devicePixelRatio && samePicture(this.#drawn, picture)) return;
    const shades = this.#shades.of(picture.colours);
    upload(card, { picture, drawn: this.#drawn, shades });
    this.#drawn = picture;
    this.#sharpness = devicePixelRatio;
    this.#fit(width, height);
    drawAxes(card, picture, shades.line);
    drawPoints(card, picture);
  }

  #fit(width: number, height: number): void {
    const { canvas } = this;
    const across = Math.round(width * devicePixelRatio);
    const down = Math.round(height * devicePixelRatio);
    if (canvas.width !== across || canvas.height !== down) {
      canvas.width = across;
      canvas.height = down;
    }
  }
}

function cardOf(canvas: HTMLCanvasElement): Card | null {
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false });
  if (gl === null || isSoftware(gl)) return null;
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) return null;
  gl.useProgram(program);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  const input = (name: string, size: number, type: number): WebGLBuffer => {
    const buffer = gl.createBuffer();
    const place = gl.getAttribLocation(program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, type, type === gl.UNSIGNED_BYTE, 0, 0);
    return buffer;
  };
  return {
    gl,
    program,
    points: input('point', 2, gl.FLOAT),
    colours: input('colour', CHANNELS, gl.UNSIGNED_BYTE),
    kinds: input('kind', KINDS, gl.UNSIGNED_BYTE),
  };
}

/**
 * Whether the processor plays the graphics card: then every frame is read back from it, which holds the
 * page's thread up for half a second where many points are drawn, and painting here is faster.
 */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  if (names === null) return false;
  const renderer: unknown = gl.getParameter(names.UNMASKED_RENDERER_WEBGL);
  return (
    typeof renderer === 'string' && /swiftshader|llvmpipe|software|basic render/i.test(renderer)
  );
}

/** Brings to the card what it does not have yet. */
function upload(
  { gl, points, colours, kinds }: Card,
  { picture, drawn, shades }: { picture: DotPicture; drawn: DotPicture | null; shades: Shades },
): void {
  if (drawn?.points !== picture.points) {
    gl.bindBuffer(gl.ARRAY_BUFFER, points);
    gl.bufferData(gl.ARRAY_BUFFER, picture.points, gl.DYNAMIC_DRAW);
  }
  if (sameLooks(drawn, picture)) return;
  const looks = looksOf(picture, shades);
  gl.bindBuffer(gl.ARRAY_BUFFER, colours);
  gl.bufferData(gl.ARRAY_BUFFER, looks.colours, gl.DYNAMIC_DRAW);
  gl.bindBuffer(gl.ARRAY_BUFFER, kinds);
  gl.bufferData(gl.ARRAY_BUFFER, looks.kinds, gl.DYNAMIC_DRAW);
}

/** On an empty canvas: a line is a stripe that is emptied to another colour. */
function drawAxes(
  { gl }: Card,
  { view }: DotPicture,
  [red = 0, green = 0, blue = 0]: Uint8ClampedArray,
): void {
  const { width, height } = gl.canvas;
  gl.viewport(0, 0, width, height);
  gl.clearColor(0, 0, 0, 0);
  gl.clear(gl.COLOR_BUFFER_BIT);
  const [x, y] = placesOn(view)(0, 0);
  const line = Math.max(1, Math.round(devicePixelRatio));
  gl.enable(gl.SCISSOR_TEST);
  gl.clearColor(red / 255, green / 255, blue / 255, 1);
  gl.scissor(Math.floor(x * devicePixelRatio), 0, line, height);
  gl.clear(gl.COLOR_BUFFER_BIT);
  gl.scissor(0, Math.floor(height - y * devicePixelRatio), width, line);
  gl.clear(gl.COLOR_BUFFER_BIT);
  gl.disable(gl.SCISSOR_TEST);
}

function drawPoints({ gl, program }: Card, { map, view }: DotPicture): void {
  const set = (name: string, ...values: readonly number[]): void => {
    const place = gl.getUniformLocation(program, name);
    const [first = 0, second = 0, third = 0] = values;
    if (values.length === 1) gl.uniform1f(place, first);
    else if (values.length === 2) gl.uniform2f(place, first, second);
    else gl.uniform3f(place, first, second, third);
  };
  const [radius, line] = [POINT_RADIUS * devicePixelRatio, POINT_LINE * devicePixelRatio];
  set('size', view.width, view.height);
  set('view', view.zoom.centre[0], view.zoom.centre[1], scaleOf(view));
  set('edge', edgeOf(view) ?? -1);
  set('side', Math.ceil(2 * radius + line + 1));
  set('dot', radius, line);
  // What stands out is drawn last, so that none of it is hidden.
  for (const front of [0, 1]) {
    set('front', front);
    gl.drawArrays(gl.POINTS, 0, map.labels.length);
  }
}
