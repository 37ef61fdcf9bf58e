// The stages that there are.

export const stages = ['local', 'localstack', 'dev', 'prod'] as const;
export type Stage = (typeof stages)[number];

export const isStage = (name: unknown): name is Stage => stages.some((stage) => stage === name);

/** Whether the stage runs on one machine, where plain HTTP stays inside it. */
export const isOnOneMachine = (stage: Stage): boolean => stage === 'local' || stage === 'localstack';
