/** Where each peer runs, and why one may not be there. */
import { fileURLToPath } from 'node:url';
import { Peer, type Line, type PeerKind } from './peer';
import type { PageSite } from './page-site';
import { processLine } from './process-line';
import { PYTHON, type findPyTorch } from './pytorch';

const NODE_PEER = fileURLToPath(new URL('peers/node-peer.ts', import.meta.url));
const PYTHON_PEER = fileURLToPath(new URL('peers/pytorch.py', import.meta.url));

export interface Hosts {
  /** null where no Chromium could be started. */
  readonly site: PageSite | null;
  readonly torch: ReturnType<typeof findPyTorch>;
  /** The WebGPU adapter, or why there is none. */
  readonly adapter: { readonly name: string; readonly software: boolean } | string;
}

/** @returns the peer, not started yet, or why it cannot be had here */
export function reach(kind: PeerKind, hosts: Hosts): Peer | string {
  const line = lineTo(kind, hosts);
  return typeof line === 'string' ? line : new Peer(kind, line);
}

function lineTo({ name, host }: PeerKind, { site, torch, adapter }: Hosts): Line | string {
  switch (host) {
    case 'Node':
      return processLine(process.execPath, ['--import', 'tsx', NODE_PEER, name]);
    case 'Python': {
      if (torch === null) return 'not installed';
      const [, device = '', threads = '1'] = name.split('-');
      if (device === 'cuda' && !torch.cuda) return 'no CUDA device';
      return processLine(PYTHON, [PYTHON_PEER, device, threads], { OMP_NUM_THREADS: threads });
    }
    case 'Chromium':
      if (site === null) return 'no Chromium';
      if (name.endsWith('-webgpu') && typeof adapter === 'string') return adapter;
      return site.line(name);
  }
}
