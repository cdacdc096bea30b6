using CodeInterpreter.ServiceDefaults.Errors;
using Grpc.Core;

namespace CodeInterpreter.FileStore.Tests.Hosting;

/// <summary>What a call that is refused answers with.</summary>
internal static class RpcAssert
{
    public static async Task<string> FailsAsync(StatusCode code, Func<Task> call)
    {
        var failure = await Should.ThrowAsync<RpcException>(() => call().WaitAsync(Eventually.Patience));
        failure.StatusCode.ShouldBe(code, failure.Status.Detail);
        return failure.Status.Detail;
    }

    /// <summary>INVALID_ARGUMENT for these fields and no others.</summary>
    public static async Task RefusesAsync(Func<Task> call, params string[] fields)
    {
        var failure = await Should.ThrowAsync<RpcException>(() => call().WaitAsync(Eventually.Patience));
        failure.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        RpcErrors.ViolationsOf(failure).Select(violation => violation.Field).ShouldBe(fields, ignoreOrder: true);
    }
}
