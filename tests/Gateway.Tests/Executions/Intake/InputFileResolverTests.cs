using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Executions.Intake;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Settings;
using Grpc.Core;
using Microsoft.Extensions.Options;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Tests.Executions.Intake;

public sealed class InputFileResolverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resolve_CodeFullOfIds_AsksForAFewAtATime()
    {
        var store = new WaitingFileStore();
        var files = new FileStoreClient(store, Options.Create(new GatewayOptions()), TimeProvider.System);
        var code = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"u_1_{i}"));

        var resolving = new InputFileResolver(files, Options.Create(new ExecutionOptions())).ResolveAsync(
            new ExecutionRequest { UserId = "u", Code = code },
            Token
        );
        await store.HasEight.Task.WaitAsync(Token);
        store.Answer.SetResult();

        (await resolving).Count.ShouldBe(100);
        store.MostUnderWay.ShouldBe(8);
    }

    /// <summary>Has every file, and answers when it may.</summary>
    private sealed class WaitingFileStore : FileService.FileServiceClient
    {
        private readonly Lock _lock = new();
        private int _underWay;

        public TaskCompletionSource HasEight { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int MostUnderWay { get; private set; }

        public override AsyncUnaryCall<StoredFile> GetAsync(
            GetFileRequest request,
            Metadata? headers = null,
            DateTime? deadline = null,
            CancellationToken cancellationToken = default
        ) => new(FindAsync(request.FileId), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        private async Task<StoredFile> FindAsync(string fileId)
        {
            lock (_lock)
            {
                _underWay++;
                MostUnderWay = Math.Max(MostUnderWay, _underWay);
                if (_underWay == 8)
                    HasEight.TrySetResult();
            }

            await Answer.Task;
            lock (_lock)
                _underWay--;
            return new StoredFile { FileId = fileId };
        }
    }
}
