import type { AuditChoices } from './audit-choices';

/** A finding that something can be done about; its switch has the same name. */
export type SwitchId = Exclude<keyof AuditChoices, 'unmerged' | 'merged'>;
