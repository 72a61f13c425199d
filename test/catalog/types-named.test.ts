import { InstanceCatalog } from '../../src';
import { typesNamed } from '../../src/catalog/types-named';

const type = (name: string) => InstanceCatalog.V2026_08._find(name)!;

test.each<[string[], string[], string[]]>([
  [['m8g.large', 'c8g.xlarge'], ['m8g.large', 'c8g.xlarge'], []],
  [['m8g.large', 'm8g.large'], ['m8g.large'], []],
  [['m99g.large', 'm8g.large', 'x99.*'], ['m8g.large'], ['m99g.large', 'x99.*']],
  [['gr6*'], ['gr6.4xlarge', 'gr6.8xlarge', 'gr6f.4xlarge'], []],
  [['g?6.4xlarge', 'gr6(.4xlarge', 'gr6.4xl+arge'], [], ['g?6.4xlarge', 'gr6(.4xlarge', 'gr6.4xl+arge']],
  [[], [], []],
])('%p means %p, and knows nothing of %p', (entries, types, unknown) => {
  expect(typesNamed(entries)).toEqual({ types: types.map(type), unknown });
});
