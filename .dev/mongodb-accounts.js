// The accounts of gateways and file stores in MongoDB, each with the rights to its own collections only. Run it with mongosh as an account
// that may create roles and users in `admin`, once and after each update:
//   GATEWAY_PASSWORD=... FILE_STORE_PASSWORD=... mongosh "$ADMIN_URL" .dev/mongodb-accounts.js
// DATABASE names another database than code_interpreter, SUFFIX other accounts with the same rights, to change passwords.
const database = process.env.DATABASE || "code_interpreter";
const suffix = process.env.SUFFIX || "";
const actions = ["find", "insert", "update", "remove", "createCollection", "createIndex", "dropIndex", "listIndexes"];
const accounts = {
  gateway: { password: process.env.GATEWAY_PASSWORD, collections: ["api_keys", "execution_log", "executions", "gateway_usage"] },
  "file-store": { password: process.env.FILE_STORE_PASSWORD, collections: ["blob_store", "expired_files", "user_files"] },
};

const admin = db.getSiblingDB("admin");
for (const [name, { password, collections }] of Object.entries(accounts)) {
  if (!password) throw new Error(`Set the password of ${name}.`);
  const role = `code-interpreter-${name}`;
  const privileges = collections.map((collection) => ({ resource: { db: database, collection }, actions }));
  if (admin.getRole(role)) admin.updateRole(role, { privileges, roles: [] });
  else admin.createRole({ role, privileges, roles: [] });
  const user = name + suffix;
  if (admin.getUser(user)) admin.updateUser(user, { pwd: password, roles: [role] });
  else admin.createUser({ user, pwd: password, roles: [role] });
  print(`${user}: ${collections.join(", ")}`);
}
