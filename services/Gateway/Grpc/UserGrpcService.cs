using CodeInterpreter.Gateway.Access;
using CodeInterpreter.Gateway.Users;
using CodeInterpreter.Users.V1;
using Grpc.Core;

namespace CodeInterpreter.Gateway.Grpc;

/// <summary>Users over gRPC.</summary>
internal sealed class UserGrpcService(UserData users) : UserService.UserServiceBase
{
    public override async Task<DeleteUserDataResponse> DeleteData(DeleteUserDataRequest request, ServerCallContext context)
    {
        var callerId = CallAuthorization.Of(context.GetHttpContext()).CallerId;
        var deleted = await users.DeleteAsync(request.UserId, callerId, context.CancellationToken);
        return new DeleteUserDataResponse { Executions = deleted.Executions, Files = deleted.Files };
    }
}
