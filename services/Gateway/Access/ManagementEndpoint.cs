using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CodeInterpreter.Gateway.Access;

/// <summary>An endpoint for operators only: <c>Kestrel:Endpoints:Management:Url</c>.</summary>
internal static class ManagementEndpoint
{
    public const string Name = "Management";

    /// <summary>Marks the connections of the endpoint.</summary>
    public static void Mark(ListenOptions endpoint) =>
        endpoint.Use(next =>
            connection =>
            {
                connection.Features.Set(Connection.Marker);
                return next(connection);
            }
        );

    /// <summary>Whether the request was received at the endpoint.</summary>
    public static bool Received(HttpContext context) => context.Features.Get<Connection>() is not null;

    private sealed class Connection
    {
        public static readonly Connection Marker = new();
    }
}
