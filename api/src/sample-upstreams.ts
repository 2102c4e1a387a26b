// Starts the sample upstreams (chart value gateway.sampleData): stand-ins for the services of the gateway where there
// is no way to the internet. Same image as the API, other command.
import { z } from 'zod';
import { makeSampleServer } from './sample-upstreams/server.ts';

const port = z.coerce
  .number()
  .int()
  .min(0)
  .max(65_535)
  .default(8081)
  .parse(process.env.PORT || undefined);
const server = makeSampleServer(() => Date.now());
server.listen(port, '0.0.0.0', () =>
  console.log(JSON.stringify({ msg: 'sample upstreams are listening', port })),
);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}
