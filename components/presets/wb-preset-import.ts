import '@awesome.me/webawesome/dist/components/button/button.js';
import { css, html } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { InputError } from '../../src/base/input-error';
import type { ImportedPreset } from '../../src/presets/import-preset';
import type { PresetFormat } from '../../src/presets/preset';
import { controlValue } from '../kit/control-value';
import { LazyPart, whenLoaded } from '../kit/lazy-part';
import { OwnTaskElement } from '../kit/own-task-element';
import { fileInput } from '../kit/file-input';
import { disclosure, innerPanel, presetText, visuallyHidden } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';

/** What became of the last preset that was brought. */
type Brought =
  | {
      readonly name: string;
      readonly preset: ImportedPreset;
      readonly notes: readonly string[];
      /** Whether the five bands are too far from the file's curve to stand for it. */
      readonly far: boolean;
    }
  | { readonly name: string; readonly fault: string };

type Library = typeof import('./preset-library');

const LIBRARY = new LazyPart('The presets', () => import('./preset-library'));

/** Longest file that is looked into, in bytes; presets are a few kilobytes. */
const MOST_BYTES = 1024 * 1024;
const ACCEPTED = '.txt,.json,.yml,.yaml,text/plain,application/json,application/yaml';

/** Another equaliser's preset brought here: from a file, or pasted. */
@customElement('wb-preset-import')
export class WbPresetImport extends OwnTaskElement {
  static override styles = [
    innerPanel,
    disclosure,
    presetText,
    visuallyHidden,
    css`
      :host {
        margin-top: var(--wb-space-3);
      }

      .ways {
        display: grid;
        gap: var(--wb-space-3);
      }

      /* As high as the menu, before that is loaded. */
      .format {
        min-height: 3.4rem;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
      }

      textarea {
        height: 5rem;
        white-space: pre;
      }

      .result {
        font-size: var(--wb-text-s);
        overflow-wrap: anywhere;
      }

      .result p {
        margin: var(--wb-space-2) 0 0;
      }

      .fault {
        color: var(--wb-danger);
      }
    `,
  ];

  /** Whether it has been. */
  @state() private unfolded = false;
  /** null: told from the text. */
  @state() private format: PresetFormat | null = null;
  @state() private brought: Brought | null = null;
  @query('input[type="file"]') private input!: HTMLInputElement;
  @query('textarea') private area!: HTMLTextAreaElement;

  /** Reads a preset's file and makes its setting the current EQ. */
  async readFile(file: File): Promise<void> {
    const name = file.name.replace(/\.[^.]+$/, '');
    if (file.size > MOST_BYTES) {
      this.brought = { name, fault: 'The file is longer than 1 MB, which no preset is.' };
      return;
    }
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      this.brought = { name, fault: 'The file cannot be read.' };
      return;
    }
    await this.#read(bytes, name);
  }

  override render(): unknown {
    return html`
      <details @toggle=${this.#unfold}>
        <summary>Bring a preset</summary>
        <div class="ways inside">
          <div class="format">
            ${
              this.unfolded
                ? whenLoaded(this, LIBRARY, (library) => this.#formats(library), 'Loading…')
                : null
            }
          </div>
          <textarea
            spellcheck="false"
            aria-label="Preset to bring"
            placeholder="Paste a preset, or drop its file on this panel"
            @paste=${this.#pasted}
          ></textarea>
          <div class="buttons">
            <wa-button
              size="s"
              appearance="outlined"
              data-action="read-preset"
              @click=${this.#readArea}
            >
              Read the text
            </wa-button>
            <wa-button
              size="s"
              appearance="outlined"
              data-action="choose-preset"
              @click=${() => {
                this.input.click();
              }}
            >
              Choose a preset’s file
            </wa-button>
          </div>
          ${fileInput(ACCEPTED, 'Preset’s file', (file) => {
            void this.readFile(file);
          })}
        </div>
      </details>
      <div class="result" role="status">${this.#result()}</div>
    `;
  }

  #formats({ PRESET_FORMATS, presetFormat }: Library): unknown {
    return html`<wa-select
      size="s"
      label="Read as"
      .value=${this.format?.key ?? 'any'}
      @change=${(event: Event) => {
        const key = String(controlValue(event));
        this.format = key === 'any' ? null : presetFormat(key);
      }}
    >
      <wa-option value="any">Told from the text</wa-option>
      ${PRESET_FORMATS.map(({ key, title }) => html`<wa-option value=${key}>${title}</wa-option>`)}
    </wa-select>`;
  }

  #result(): unknown {
    const { brought } = this;
    if (brought === null) return null;
    if ('fault' in brought) {
      return html`<p class="fault" data-figure="fault">${brought.name}: ${brought.fault}</p>`;
    }
    const { notes, far } = brought;
    const { exact, maxDb, rmsDb, format } = brought.preset;
    return html`
      <p>
        <b>${brought.name}</b>, ${format.title}:
        ${exact ? 'five bands hold it as it is' : 'fitted with five bands'}; at most
        <span class="figure" data-figure="residual-max">${maxDb.toFixed(3)}</span> dB from its
        curve, <span class="figure" data-figure="residual-rms">${rmsDb.toFixed(3)}</span> dB RMS, 20
        Hz to 20 kHz.
      </p>
      ${
        far
          ? html`<p class="fault" data-figure="far">
              Warning: the five bands sound different from this preset, by up to ${maxDb.toFixed(1)}
              dB. The command line’s “render --preset” plays its own filters.
            </p>`
          : null
      }
      ${notes.length === 0 ? null : html`<p class="quiet">${notes.join(' ')}</p>`}
    `;
  }

  #unfold = (): void => {
    this.unfolded = true;
  };

  #pasted = (): void => {
    // The text area holds what was pasted once this event is over.
    setTimeout(this.#readArea, 0);
  };

  #readArea = (): void => {
    void this.#read(this.area.value, 'Pasted preset');
  };

  async #read(source: string | Uint8Array, from: string): Promise<void> {
    let library: Library;
    try {
      library = await LIBRARY.load();
    } catch {
      this.brought = { name: from, fault: 'What reads presets could not be loaded.' };
      return;
    }
    try {
      const text = typeof source === 'string' ? source : library.presetText(source);
      const preset = library.importPreset(text, this.format);
      const far = library.isFarOff(preset);
      const own = preset.preset.name ?? from;
      // What is heard and taken along from now on is not the preset itself.
      const name = far ? `${own}, nearest five bands` : own;
      const notes = library.importNotes(preset);
      this.brought = { name: own, preset, notes, far };
      const current = { name, setting: preset.setting, latent: null };
      this.dispatchEvent(new ActionEvent({ type: 'take-eq', current }));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.brought = { name: from, fault: error.message };
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-preset-import': WbPresetImport;
  }
}
