using System.Globalization;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.ServiceDefaults.Databases;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>
/// <c>keys</c> on the command line: makes, lists and revokes API keys, in the database that the gateway's own settings name. The gateway
/// may run meanwhile, and hears of it within seconds.
/// </summary>
public static class KeysCommand
{
    private const string Usage =
        """
        keys create --name NAME [--user USER_ID]   make a key; with --user it may act for that user only
        keys list                                  show all keys, without their secrets
        keys revoke KEY_ID                         end a key, within 10 seconds
        """;

    /// <summary>Whether that is what the command line asks for.</summary>
    public static bool IsAskedFor(string[] args) => args is ["keys", ..];

    /// <summary>
    /// Does it and returns the exit code: 0 when it is done, 1 when the database cannot be used or has no such key, 2 when the command
    /// is not understood. <paramref name="configure"/> adds what else the settings come from.
    /// </summary>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Not the command's arguments: a setting must not be taken for an option, nor a misspelt option for a setting.
        var builder = WebApplication.CreateBuilder();
        configure?.Invoke(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGatewayOptions(builder.Environment.ContentRootPath);
        builder.Services.AddSingleton<SqliteExecutionDatabase>();
        builder.Services.AddDatabase<IApiKeyStore, SqliteApiKeyStore, MongoApiKeyStore>();
        await using var services = builder.Services.BuildServiceProvider();
        try
        {
            var store = services.GetRequiredService<IApiKeyStore>();
            return await RunAsync(args, store, TimeProvider.System, Console.Out, Console.Error);
        }
        catch (OptionsValidationException exception)
        {
            return await FailAsync(1, exception.Message, Console.Error);
        }
    }

    internal static async Task<int> RunAsync(
        string[] args, IApiKeyStore store, TimeProvider timeProvider, TextWriter output, TextWriter messages)
    {
        try
        {
            return args switch
            {
                ["keys", "create", "--name", var name] when IsName(name) =>
                    await CreateAsync(name, null, store, timeProvider, output, messages),
                ["keys", "create", "--name", var name, "--user", var userId] when IsName(name) && !UserIds.Validate(userId).Any() =>
                    await CreateAsync(name, userId, store, timeProvider, output, messages),
                ["keys", "list"] => await ListAsync(store, output),
                ["keys", "revoke", var keyId] => await RevokeAsync(keyId, store, timeProvider, messages),
                _ => await FailAsync(2, Usage, messages),
            };
        }
        catch (GatewayException exception)
        {
            return await FailAsync(1, $"The database cannot be used: {exception.InnerException?.Message}", messages);
        }
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 64 && !name.Any(char.IsControl);

    // The key alone is on standard output, for programs that take it from there.
    private static async Task<int> CreateAsync(
        string name, string? userId, IApiKeyStore store, TimeProvider timeProvider, TextWriter output, TextWriter messages)
    {
        var text = ApiKeyText.Create();
        var key = new ApiKey
        {
            KeyId = text.KeyId, Name = name, UserId = userId, Hash = text.Hash, CreatedAt = timeProvider.GetUtcNow(),
        };
        await store.AddAsync(key, CancellationToken.None);
        await output.WriteLineAsync(text.Text);
        await messages.WriteLineAsync($"This is the only time the key is shown. {For(key)}; 'keys revoke {key.KeyId}' ends it.");
        return 0;
    }

    private static async Task<int> ListAsync(IApiKeyStore store, TextWriter output)
    {
        foreach (var key in await store.ListAsync(CancellationToken.None))
        {
            var state = key.RevokedAt is { } moment ? $"revoked {Show(moment)}" : "valid";
            await output.WriteLineAsync($"{key.KeyId}  {Show(key.CreatedAt)}  {state}  {For(key)}  {key.Name}");
        }

        return 0;
    }

    private static async Task<int> RevokeAsync(string keyId, IApiKeyStore store, TimeProvider timeProvider, TextWriter messages)
    {
        if (!await store.RevokeAsync(keyId, timeProvider.GetUtcNow(), CancellationToken.None))
        {
            return await FailAsync(1, $"There is no key {keyId}.", messages);
        }

        await messages.WriteLineAsync($"Key {keyId} is revoked; it works for at most {ApiKeyRing.Lifetime.TotalSeconds} more seconds.");
        return 0;
    }

    private static async Task<int> FailAsync(int exitCode, string message, TextWriter messages)
    {
        await messages.WriteLineAsync(message);
        return exitCode;
    }

    private static string For(ApiKey key) => key.UserId is null ? "any user" : $"user {key.UserId}";

    private static string Show(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
