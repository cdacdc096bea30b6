using CodeInterpreter.ServiceDefaults.Hosting;

namespace CodeInterpreter.FileStore.Blobs;

/// <summary>The store cannot be used as it is set up; the message says what to change. Trying again does not help.</summary>
internal sealed class BlobStoreRefusedException(string message, Exception? cause = null) : StartRefusedException(message, cause);
