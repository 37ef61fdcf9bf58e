// The settings that a stage of any application has. An application adds groups of its own (`settings-from.ts`).
import { audits } from './audit-settings.ts';
import { capacity } from './capacity-settings.ts';
import { edgeGroup } from './edge-settings.ts';
import { frontDoor } from './front-door.ts';
import { operation } from './operation-settings.ts';
import { pipeline } from './pipeline-settings.ts';
import type { SettingsOf } from './settings-group.ts';
import { stageBasics } from './stage-basics.ts';
import { tokenIssuer } from './token-issuer.ts';

export const stageGroups = [
  stageBasics,
  frontDoor,
  tokenIssuer,
  capacity,
  pipeline,
  audits,
  edgeGroup,
  operation,
] as const;

export type StageSettings = SettingsOf<typeof stageGroups>;
