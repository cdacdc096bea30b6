using CodeInterpreter.Gateway.Errors;

namespace CodeInterpreter.Gateway.Http.Errors;

/// <summary>Names invalid fields as HTTP callers know them, if gRPC has other names.</summary>
internal static class FieldNames
{
    /// <summary>Replaces the name <paramref name="field"/> of gRPC with <paramref name="name"/> in errors.</summary>
    public static async Task<T> NamingAsync<T>(this Task<T> call, string field, string name)
    {
        try
        {
            return await call;
        }
        catch (GatewayException exception) when (exception.Violations.Any(violation => violation.Field == field))
        {
            throw GatewayException.Invalid([
                .. exception.Violations.Select(violation => violation.Field == field ? violation with { Field = name } : violation),
            ]);
        }
    }

    /// <inheritdoc cref="NamingAsync{T}"/>
    public static Task NamingAsync(this Task call, string field, string name) => WithResultAsync(call).NamingAsync(field, name);

    private static async Task<bool> WithResultAsync(Task call)
    {
        await call;
        return true;
    }
}
