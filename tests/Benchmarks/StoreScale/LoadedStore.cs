using CodeInterpreter.FileStore.Metadata;

namespace CodeInterpreter.Benchmarks.StoreScale;

/// <summary>A database full of records.</summary>
internal sealed record LoadedStore(string Database, Population Population, IFileMetadata Metadata, Func<ValueTask> Dispose)
    : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Dispose();
}
