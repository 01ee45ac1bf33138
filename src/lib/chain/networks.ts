/** Where a named network is reached, and the chain that it must be. */
export interface NetworkEntry {
  readonly endpoint: string;
  /** 0x-hash of block 0. */
  readonly genesisHash: string;
}

const FINNEY_GENESIS = '0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03';

/** Remote networks with a name. The archive serves finney's whole history. */
export const REMOTE_NETWORKS: Readonly<Record<string, NetworkEntry>> = {
  finney: { endpoint: 'wss://entrypoint-finney.opentensor.ai:443', genesisHash: FINNEY_GENESIS },
  archive: { endpoint: 'wss://archive.chain.opentensor.ai:443', genesisHash: FINNEY_GENESIS },
  test: {
    endpoint: 'wss://test.finney.opentensor.ai:443',
    genesisHash: '0x8f9cf856bf558a14440e75569c9e58594757048d7b3a84b5d25f6bd978263105',
  },
};
