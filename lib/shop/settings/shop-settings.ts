// The settings of the shop's stages.
import { email } from '../../spine/settings/email-settings.ts';
import type { Overrides, SettingsOf } from '../../spine/settings/settings-group.ts';
import { stageGroups } from '../../spine/settings/stage-settings.ts';
import { payments } from './payment-settings.ts';

const sender = 'orders@eventspine.localhost';
const { local, localstack } = email.defaults;

const shopEmail = {
  ...email,
  defaults: {
    ...email.defaults,
    local: { email: { ...local.email, sender } },
    localstack: { email: { ...localstack.email, sender } },
  },
};

export const shopGroups = [...stageGroups, payments, shopEmail] as const;

export type ShopSettings = SettingsOf<typeof shopGroups>;
export type ShopOverrides = Overrides<ShopSettings>;
