import { describe, expect, it } from 'vitest';
import { received, sent } from './protocol';
import { augmentedData, makeTask } from './work';

describe('a task on its way', () => {
  it('comes out as it went in, and takes rows that begin again along once', async () => {
    const data = await augmentedData();
    const task = makeTask(data, { rows: 2000 });
    const wire = JSON.parse(JSON.stringify(sent(task))) as ReturnType<typeof sent>;
    expect(wire.labels).toHaveLength(data.examples.rows);
    expect(received(wire)).toEqual(task);
    const { inputs, labels } = task.examples;
    const again = data.examples.rows;
    const more = 2000 - again;
    expect(labels.slice(again)).toEqual(data.examples.labels.slice(0, more));
    expect(inputs.slice(13 * again)).toEqual(data.examples.inputs.slice(0, 13 * more));
  });

  it('may have fewer rows than there are', async () => {
    const task = makeTask(await augmentedData(), { rows: 100 });
    expect(sent(task).labels).toHaveLength(100);
    expect(received(sent(task))).toEqual(task);
  });
});
