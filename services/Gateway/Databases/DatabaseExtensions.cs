namespace CodeInterpreter.Gateway.Databases;

/// <summary>Puts the database that executions and keys share into the gateway.</summary>
internal static class DatabaseExtensions
{
    public static void AddGatewayDatabase(this IServiceCollection services)
    {
        services.AddSingleton<SqliteGatewayDatabase>();
        services.AddSingleton<DataInstruments>();
        services.AddHostedService<DataDirectory>();
    }
}
