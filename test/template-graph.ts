/** Returns the dependencies between the resources of a template, as CloudFormation sees them: references and `DependsOn`. */
export type Graph = Map<string, Set<string>>;

/** Returns the graph of a finished template. */
export function graphOf(template: any): Graph {
  const ids = Object.keys(template.Resources);
  return new Map(ids.map((id) => {
    const { DependsOn = [], ...resource } = template.Resources[id];
    return [id, new Set([DependsOn, references(resource)].flat(2).filter((other) => ids.includes(other)))];
  }));
}

/** Returns a cycle that CloudFormation would refuse, if there is one. */
export function findCycle(graph: Graph): string[] | undefined {
  const done = new Set<string>();
  const visit = (id: string, path: string[]): string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const next of graph.get(id) ?? []) {
      const cycle = visit(next, [...path, id]);
      if (cycle) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const id of graph.keys()) {
    const cycle = visit(id, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Returns all resources that a resource waits for, directly or indirectly. */
export function waitsFor(graph: Graph, id: string, found: Set<string> = new Set()): Set<string> {
  for (const next of graph.get(id) ?? []) {
    if (found.has(next)) continue;
    found.add(next);
    waitsFor(graph, next, found);
  }
  return found;
}

function references(value: any): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<any>(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [inner];
    if (key === 'Fn::GetAtt') return [Array.isArray(inner) ? inner[0] : inner.split('.')[0]];
    if (key === 'Fn::Sub') return [...references(inner), ...[...JSON.stringify(inner).matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, id]) => id)];
    return references(inner);
  });
}
