using CodeInterpreter.Environments.V1;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Users.V1;
using Grpc.Core;

namespace CodeInterpreter.Client;

/// <summary>The generated clients, over one channel.</summary>
internal sealed class Wire(CallInvoker invoker)
{
    public ExecutionService.ExecutionServiceClient Executions { get; } = new(invoker);

    public FileService.FileServiceClient Files { get; } = new(invoker);

    public FileLinkService.FileLinkServiceClient Links { get; } = new(invoker);

    public UserService.UserServiceClient Users { get; } = new(invoker);

    public EnvironmentService.EnvironmentServiceClient Environments { get; } = new(invoker);
}
