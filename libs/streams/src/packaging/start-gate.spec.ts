import { StartGate } from './start-gate';

const never = new AbortController().signal;

describe('the gate of starting cameras', () => {
  it('lets a limited number in, and the next one in when one leaves, in order', async () => {
    const gate = new StartGate(2);
    const leave = await gate.enter(never);
    await gate.enter(never);
    const order: string[] = [];
    const third = gate.enter(never).then(() => order.push('third'));
    const fourth = gate.enter(never).then((out) => (order.push('fourth'), out()));
    expect(gate.waiting).toBe(2);
    leave();
    leave();
    await third;
    expect(order).toEqual(['third']);
    expect(gate.waiting).toBe(1);
    void fourth;
  });

  it('forgets one that stopped waiting', async () => {
    const gate = new StartGate(1);
    const leave = await gate.enter(never);
    const controller = new AbortController();
    const waiting = gate.enter(controller.signal);
    controller.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    leave();
    await expect(gate.enter(never)).resolves.toBeInstanceOf(Function);
  });
});
