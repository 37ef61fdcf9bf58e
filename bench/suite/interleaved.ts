// Rounds in which every system is measured once, each beginning with another one: what disturbs the machine for a while disturbs all.

/** @returns each system's figures, a round each, under its name */
export async function interleaved<System extends { readonly name: string }, Figures>(
  rounds: number,
  systems: readonly System[],
  measure: (system: System, round: number) => Promise<Figures>,
): Promise<ReadonlyMap<string, readonly Figures[]>> {
  const figures = new Map<string, Figures[]>(systems.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % systems.length;
    for (const system of [...systems.slice(first), ...systems.slice(0, first)]) {
      figures.get(system.name)?.push(await measure(system, round));
    }
  }
  return figures;
}
