import type {
  TillAnswer,
  TillCallName,
  TillReply,
  TillRequest,
} from '../../shared/contract/till-api.ts';

/** Calls the till as its screens do: the counter host's HTTP on this machine. */
export type TillRpc = <Name extends TillCallName>(
  name: Name,
  input: TillRequest<Name>,
) => Promise<TillAnswer<Name>>;

export function tillRpc(tillUrl: string): TillRpc {
  return async (name, input) => {
    const response = await fetch(new URL(`rpc/${name}`, tillUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    // Safe: the counter host answers every call in this envelope, by the same contract.
    const reply = (await response.json()) as TillReply<TillAnswer<typeof name>>;
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value;
  };
}
