using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Databases;

/// <summary>What a failure of the database means to callers.</summary>
internal static class DatabaseErrors
{
    public static GatewayException Unavailable(Exception exception, bool isFull) =>
        new(GatewayErrorKind.Unavailable, "The database cannot be used at the moment.", exception);
}
