// Rotates the origin secret of a simulated stage: what is deployed comes from the stage's templates, resource by resource, and requests
// go through the functions' own lock after every one of them.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { originLock } from '../../lambdas/spine/http/request/origin-lock.ts';
import { type OriginSecretStore, pinned } from '../../lib/deployment/origin-secret-versions.ts';
import { rotate } from '../../lib/deployment/rotate-origin-secret.ts';
import { type Deployment, deploymentOf } from './deployment.ts';

const functionNames = ['query', 'orders-command', 'products-command', 'payment-callback'];
const versionId = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;

class BrokenOff extends Error {}

class Stage implements OriginSecretStore {
  readonly #values = new Map([[versionId(1), 'value-1']]);
  readonly #locks = new Map<string, string>();
  /** What the edge's locations send; while it is deployed some send the old value and some the new one. */
  #sent: readonly string[] = [];
  current = versionId(1);
  pending: string | undefined;
  refused: string[] = [];
  requests = 0;
  /** Number of the change before which the next run breaks off. */
  breaksOffAt = Number.POSITIVE_INFINITY;
  #changes = 0;

  async read() {
    return { current: this.current, ...(this.pending !== undefined && { pending: this.pending }) };
  }

  async addPending() {
    this.#change(() => {
      this.pending = versionId(this.#values.size + 1);
      this.#values.set(this.pending, `value-${this.#values.size + 1}`);
    });
    return this.pending ?? '';
  }

  async promote({ pending }: { pending: string }) {
    this.#change(() => {
      this.current = pending;
      this.pending = undefined;
    });
  }

  /** As CloudFormation does: the functions first, one after the other, then the edge, location by location. */
  readonly deploy = async (pins: readonly string[]) => {
    const settings = Object.fromEntries(pins.map((pin) => pin.split('=')));
    const { edgeSecretVersion: originSecretVersionId, edgeSecretAlsoAccepted: alsoAcceptedSecretVersionId } = settings;
    const edge = {
      ...(originSecretVersionId && { originSecretVersionId }),
      ...(alsoAcceptedSecretVersionId && { alsoAcceptedSecretVersionId }),
    };
    const deployment = deploymentOf('prod', { edge });
    for (const name of functionNames)
      this.#change(() => this.#locks.set(name, this.#resolved(lockOf(deployment, name))));
    const next = this.#resolved(sentBy(deployment));
    this.#change(() => {
      this.#sent = [...this.#sent, next];
    });
    this.#change(() => {
      this.#sent = [next];
    });
  };

  accepts(value: string): boolean {
    return functionNames.every((name) => passes(this.#locks.get(name), value));
  }

  #change(apply: () => void): void {
    this.#changes += 1;
    if (this.#changes >= this.breaksOffAt) throw new BrokenOff();
    apply();
    for (const [name, lock] of this.#locks) {
      for (const value of this.#sent) {
        this.requests += 1;
        if (!passes(lock, value)) this.refused.push(`${name} refuses ${value} after change ${this.#changes}`);
      }
    }
  }

  #resolved(text: string): string {
    return text.replaceAll(/\{\{resolve:secretsmanager:origin-secret:SecretString:::([^}]*)\}\}/g, (_, id) =>
      String(this.#values.get(id === '' ? this.current : id)),
    );
  }
}

const lockOf = (deployment: Deployment, name: string): string => {
  const { Variables } = deployment.at(`${name}/function`).properties['Environment'] as {
    Variables: Record<string, unknown>;
  };
  return deployment.target(Variables['ORIGIN_SECRET']);
};

const sentBy = (deployment: Deployment): string => {
  const { Origins } = deployment.at('edge/distribution').properties['DistributionConfig'] as {
    Origins: { OriginCustomHeaders: { HeaderValue: unknown }[] }[];
  };
  return deployment.target(Origins[0]?.OriginCustomHeaders[0]?.HeaderValue);
};

function passes(lock: string | undefined, value: string): boolean {
  try {
    originLock(lock)({ headers: { 'x-origin-secret': value } } as unknown as APIGatewayProxyEventV2);
    return true;
  } catch {
    return false;
  }
}

const deployed = async () => {
  const stage = new Stage();
  await stage.deploy([]);
  return stage;
};
const silent = () => undefined;

/** The second secret, the functions and the edge three times, and the promotion. */
const changesInRotation = 2 + 3 * (functionNames.length + 2);

describe('a rotation of the origin secret', () => {
  it('refuses no request, and leaves the new secret alone valid', async () => {
    const stage = await deployed();
    await rotate(stage, stage.deploy, silent);
    expect(stage.refused).toEqual([]);
    expect(stage.requests).toBeGreaterThan(changesInRotation);
    expect([stage.accepts('value-1'), stage.accepts('value-2')]).toEqual([false, true]);
    expect(await stage.read()).toEqual({ current: versionId(2) });
  });

  it('that is broken off anywhere refuses none, nor does a deployment after it, and goes on where it was', async () => {
    const firstChange = functionNames.length + 3;
    for (let change = 0; change < changesInRotation; change += 3) {
      const stage = await deployed();
      stage.breaksOffAt = firstChange + change;
      await expect(rotate(stage, stage.deploy, silent)).rejects.toThrow(BrokenOff);
      stage.breaksOffAt = Number.POSITIVE_INFINITY;
      const { current, pending } = await stage.read();
      await stage.deploy(pinned(current, pending));
      await rotate(stage, stage.deploy, silent);
      expect(stage.refused).toEqual([]);
      expect(stage.accepts('value-1')).toBe(false);
    }
  });

  it('in another order would refuse some: the simulation sees it', async () => {
    const stage = await deployed();
    const pending = await stage.addPending();
    await stage.deploy(pinned(pending));
    expect(stage.refused).not.toEqual([]);
  });
});
