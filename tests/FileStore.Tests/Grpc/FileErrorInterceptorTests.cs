using CodeInterpreter.FileStore.Files;
using CodeInterpreter.FileStore.Grpc;

namespace CodeInterpreter.FileStore.Tests.Grpc;

public sealed class FileErrorInterceptorTests
{
    [Fact]
    public void StatusOf_EveryError_IsDefined()
    {
        foreach (var error in Enum.GetValues<FileError>())
        {
            Should.NotThrow(() => FileErrorInterceptor.StatusOf(error));
        }
    }
}
