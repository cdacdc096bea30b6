using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Databases;

/// <summary>How a service gets the database that its configuration names.</summary>
public static class DatabaseExtensions
{
    /// <summary>
    /// Registers <typeparamref name="TSqlite"/> or <typeparamref name="TMongoDb"/> as the one <typeparamref name="TPort"/>, as
    /// <see cref="DatabaseOptions.Provider"/> says. Wrong settings end the start with a message that names them.
    /// </summary>
    public static IServiceCollection AddDatabase<TPort, TSqlite, TMongoDb>(this IServiceCollection services)
        where TPort : class
        where TSqlite : TPort
        where TMongoDb : TPort
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>());
        services.AddSettings<DatabaseOptions>(DatabaseOptions.Section).ValidateOnStart();
        services.TryAddSingleton<MongoConnection>();
        services.AddSingleton<TPort>(provider =>
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider == DatabaseProvider.MongoDb
                ? ActivatorUtilities.CreateInstance<TMongoDb>(provider)
                : ActivatorUtilities.CreateInstance<TSqlite>(provider)
        );
        return services;
    }
}
