using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Catalog;

/// <summary>A file opened for reading.</summary>
/// <param name="File">Its record.</param>
/// <param name="Bytes">Its bytes from the offset asked for.</param>
/// <param name="Remaining">How many bytes that is according to the record.</param>
internal sealed record FileContent(StoredFile File, Stream Bytes, long Remaining) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Bytes.DisposeAsync();
}
