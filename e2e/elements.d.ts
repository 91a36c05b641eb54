/**
 * Brings in the entries in `HTMLElementTagNameMap` by which `$eval` knows the type of the element
 * it finds: wb-app with all that it imports, and what the page may load only when it is asked for.
 */
import type {} from '../components/app/wb-app';
import type {} from '../components/audition/wb-audition';
import type {} from '../components/blind-test/wb-blind-test';
import type {} from '../components/data/wb-audit';
import type {} from '../components/presets/wb-presets';
import type {} from '../components/runs/wb-compare';
import type {} from '../components/sweep/wb-sweep-view';
import type {} from '../components/training/wb-word-scores';
