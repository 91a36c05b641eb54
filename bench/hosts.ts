/** Where each peer runs, and why one may not be there. */
import { join } from 'node:path';
import { Peer, type Line, type PeerKind } from './peer';
import type { PageSite } from './page-site';
import { processLine } from './process-line';
import type { FoundJax, FoundTorch } from './python';

export interface Hosts {
  /** What Node is given before a peer's name. */
  readonly nodePeer: readonly string[];
  /** The folder with the peers that are written in Python. */
  readonly pythonPeers: string;
  /** null where no Chromium could be started. */
  readonly site: PageSite | null;
  readonly torch: FoundTorch | null;
  readonly jax: FoundJax | null;
  /** Whether sweeps can be spread over threads of Node here. */
  readonly sweeps: boolean;
  /** The WebGPU adapter, or why there is none. */
  readonly adapter: { readonly name: string; readonly software: boolean } | string;
}

/** @returns the peer, not started yet, or why it cannot be had here */
export function reach(kind: PeerKind, hosts: Hosts): Peer | string {
  const line = lineTo(kind, hosts);
  return typeof line === 'string' ? line : new Peer(kind, line);
}

function lineTo(kind: PeerKind, hosts: Hosts): Line | string {
  const { name, host } = kind;
  const { site, adapter, nodePeer } = hosts;
  const needsAdapter = name.endsWith('-webgpu');
  switch (host) {
    case 'Node':
      if (needsAdapter && typeof adapter === 'string') return adapter;
      return processLine(process.execPath, [...nodePeer, name]);
    case 'Python':
      return pythonLine(kind, hosts);
    case 'Chromium':
      if (site === null) return 'no Chromium';
      if (needsAdapter && typeof adapter === 'string') return adapter;
      return site.line(name);
  }
}

function pythonLine({ name }: PeerKind, { torch, jax, pythonPeers }: Hosts): Line | string {
  if (name === 'jax') {
    if (jax === null) return 'not installed';
    return processLine(jax.python, [join(pythonPeers, 'jax_peer.py')]);
  }
  if (torch === null) return 'not installed';
  const [, device = '', how = '1'] = name.split('-');
  if (device === 'cuda' && !torch.cuda) return 'no CUDA device';
  const compiled = how === 'compiled';
  if (compiled && !torch.compiles) return `PyTorch ${torch.version} has no torch.compile`;
  const threads = compiled ? '1' : how;
  return processLine(
    torch.python,
    [join(pythonPeers, 'pytorch.py'), device, threads, ...(compiled ? ['compiled'] : [])],
    { OMP_NUM_THREADS: threads },
  );
}
