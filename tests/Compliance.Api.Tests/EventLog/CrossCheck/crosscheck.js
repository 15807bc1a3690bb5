// What the vendor's own client makes of a server and of one stream there: node crosscheck.js URL STREAM
// Says one JSON object a line; the test beside this file compares them with what our adapter sees.
import { KurrentDBClient, START, jsonEvent, streamNameFilter } from "@kurrent/kurrentdb-client";

const [url, stream] = process.argv.slice(2);
const client = KurrentDBClient.connectionString(url);
const say = (what) => console.log(JSON.stringify(what, (_, value) => (typeof value === "bigint" ? Number(value) : value)));
const told = (step, { event }) =>
  say({ step, id: event.id, type: event.type, revision: event.revision, data: event.data, metadata: event.metadata,
        position: event.position, created: event.created.getTime() });
const refused = (step) => (error) => say({ step, error: error.type });
const capacity = (number, id) =>
  jsonEvent({ id, type: "venue.capacity-set.v1",
    data: { venueId: stream.slice(-32).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5"), capacity: number },
    metadata: { commandId: "00000000-0000-8000-8000-000000000001", actor: "user:vendor" } });

for await (const resolved of client.readStream(stream, { fromRevision: START })) told("read", resolved);

const second = capacity(2, "00000000-0000-8000-8000-000000000002");
for (const _ of ["first", "again"]) {
  const { nextExpectedRevision, position } = await client.appendToStream(stream, second, { streamState: 0n });
  say({ step: "append", revision: nextExpectedRevision, position });
}
await client.appendToStream(stream, capacity(9), { streamState: 0n }).catch(refused("conflict"));
await client.appendToStream(stream, { ...capacity(9), data: "x".repeat(2 ** 20) }, { streamState: 1n }).catch(refused("too large"));
try {
  for await (const resolved of client.readStream(`${stream}0`)) told("missing", resolved);
} catch (error) {
  refused("missing")(error);
}

const following = client.subscribeToAll({ fromPosition: START, filter: streamNameFilter({ prefixes: [stream] }) });
following.on("caughtUp", () => say({ step: "caught up" }));
for await (const resolved of following) {
  told("follow", resolved);
  if (resolved.event.revision === 2n) break;
}
await client.dispose?.();
process.exit(0);
