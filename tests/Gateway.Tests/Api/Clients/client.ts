import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

declare const process: { argv: string[] };

const [address, user] = process.argv.slice(2) as [string, string];
const client = createClient<paths>({ baseUrl: address });

const request: components["schemas"]["ExecuteRequest"] = { user_id: user, code: "print(6 * 7)", limits: { wall_time_seconds: 10 } };
const { data: result } = await client.POST("/v1/executions", { body: request });
const { data: execution } = await client.GET("/v1/executions/{execution_id}", {
  params: { path: { execution_id: result!.execution_id }, query: { user_id: user } },
});
const { error } = await client.GET("/v1/executions", { params: { query: { user_id: user, page_size: 2000 } } });

console.log(result!.outcome, execution!.status, error!.code, Object.keys((error as components["schemas"]["ValidationProblem"]).errors).join());
