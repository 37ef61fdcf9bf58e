// What CloudFormation knows the data of production by. A changed logical id is a new, empty resource and an abandoned one with
// the data in it: a line here changes only together with a migration.
import { expect, it } from 'vitest';
import { readModels, shop } from '../../lambdas/shop/shop.ts';
import { subscriptionsOf } from '../../lambdas/spine/manifest/subscriptions.ts';
import { type Deployment, deploymentOf } from './deployment.ts';

const stateful = [
  'AWS::Backup::BackupVault',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Kinesis::Stream',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SES::EmailIdentity',
  'AWS::SQS::Queue',
];

function idsOf({ state }: Deployment): string[] {
  const { Resources } = state.toJSON() as { Resources: Record<string, { Type: string }> };
  return Object.entries(Resources)
    .filter(([, { Type }]) => stateful.includes(Type))
    .map(([logicalId, { Type }]) => `${Type} ${logicalId}`)
    .toSorted();
}

/** As they were deployed first. What the manifest declares later may join them. */
const kept = [
  'AWS::Backup::BackupVault backupsvault28410C2B',
  'AWS::Cognito::UserPool usersuserpool9DDE7339',
  'AWS::Cognito::UserPoolClient usersuserpoolclient17C40795',
  'AWS::DynamoDB::GlobalTable cataloguetable68E05A8B',
  'AWS::DynamoDB::GlobalTable customerorderstable592D1AB3',
  'AWS::DynamoDB::GlobalTable eventstable114C8AB3',
  'AWS::DynamoDB::GlobalTable invalidationbudgettable5A418DCC',
  'AWS::DynamoDB::GlobalTable operationstable85FFA0CC',
  'AWS::DynamoDB::GlobalTable orderdetailtable4C4DA754',
  'AWS::Kinesis::Stream eventstream181BBF51',
  'AWS::SQS::Queue auditworkdeadletters4A8D7A63',
  'AWS::SQS::Queue auditworkqueueAADE7A17',
  'AWS::SQS::Queue cataloguedeadletters058E446C',
  'AWS::SQS::Queue cataloguequeue9AF11ED9',
  'AWS::SQS::Queue customerordersdeadletters68250D10',
  'AWS::SQS::Queue customerordersqueueE32BBD0C',
  'AWS::SQS::Queue fanoutfailures4BD8812B',
  'AWS::SQS::Queue fanoutfailuresdeadletters491699F6',
  'AWS::SQS::Queue invalidationdeadletters3BE987E7',
  'AWS::SQS::Queue invalidationqueue20B3F6B5',
  'AWS::SQS::Queue notificationsdeadlettersF611AAD3',
  'AWS::SQS::Queue notificationsqueue9E420C5D',
  'AWS::SQS::Queue orderdetaildeadletters5798F45F',
  'AWS::SQS::Queue orderdetailqueue795447FC',
  'AWS::SQS::Queue orderfulfilmentdeadletters469A3204',
  'AWS::SQS::Queue orderfulfilmentqueue18F1120E',
  'AWS::SQS::Queue relayfailuresC87F78BB',
  'AWS::SQS::Queue relayfailuresdeadletters6461906F',
  'AWS::SQS::Queue workdeadletters546B3C79',
  'AWS::SQS::Queue workqueueEB4DFD17',
  'AWS::SecretsManager::Secret originsecret2CF3A189',
  'AWS::SecretsManager::Secret paymentcallbacksecretFBAB3A9B',
  'AWS::SecretsManager::Secret securitylogkeyF8E636DE',
];

it('the resources of production that hold data keep their logical ids', () => {
  expect(idsOf(deploymentOf('prod'))).toEqual(expect.arrayContaining(kept));
});

it('what joins them is the table or a queue of what the manifest declares', () => {
  const idOf = (name: string) => name.replaceAll('-', '');
  const declared = [
    ...readModels.map(({ name }) => `AWS::DynamoDB::GlobalTable ${idOf(name)}table`),
    ...subscriptionsOf(shop).flatMap(({ name }) =>
      ['queue', 'deadletters'].map((queue) => `AWS::SQS::Queue ${idOf(name)}${queue}`),
    ),
  ];
  const joined = idsOf(deploymentOf('prod')).filter((id) => !kept.includes(id));
  expect(joined.filter((id) => !declared.includes(id.replace(/[0-9A-F]{8}$/, '')))).toEqual([]);
});

it('the identity that a stage makes for its sender keeps its logical id', () => {
  expect(idsOf(deploymentOf('dev'))).toContain('AWS::SES::EmailIdentity emailsenderidentity8CB4ED9F');
});

it('production keeps no data in the stack that runs it', () => {
  const { Resources } = deploymentOf('prod').compute.toJSON() as { Resources: Record<string, { Type: string }> };
  expect(Object.values(Resources).filter(({ Type }) => stateful.includes(Type))).toEqual([]);
});
