using System.CommandLine;
using System.Globalization;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.ServiceDefaults.Settings;

namespace CodeInterpreter.Gateway.Access.Keys;

/// <summary>
/// <c>keys</c> on the command line: creates, lists and revokes API keys in the gateway's database. A running gateway applies the changes
/// within seconds.
/// </summary>
internal static class KeysCommand
{
    private const string NameHelp = "1 to 64 characters that say what the key is for";

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3650);

    /// <summary>
    /// The command. <paramref name="withStore"/> opens the store for each use. The exit code is 0 on success and 1 if the database cannot
    /// be used or has no such key.
    /// </summary>
    public static Command Create(
        Func<Func<IApiKeyStore, Task<int>>, Task<int>> withStore,
        TimeProvider timeProvider,
        TextWriter output,
        TextWriter messages
    )
    {
        var name = new Option<string>("--name")
        {
            Required = true,
            HelpName = "NAME",
            Description = NameHelp,
        };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && !IsName(text))
                result.AddError($"--name must be {NameHelp}.");
        });
        var user = new Option<string?>("--user") { HelpName = "USER_ID", Description = "The only user that the key may act for" };
        user.Validators.Add(result =>
        {
            foreach (var violation in UserIds.Validate(result.GetValueOrDefault<string>() ?? ""))
                result.AddError($"--user {violation.Description}");
        });
        var expiresIn = new Option<string?>("--expires-in")
        {
            HelpName = "DURATION",
            Description = "How long the key is valid, such as 90d",
        };
        expiresIn.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && LifetimeOf(text) is null)
                result.AddError($"--expires-in must be {Duration.Form}, at most {Duration.Format(LongestLifetime)}.");
        });
        var create = new Command("create", "Create a key and print it; it is shown only once") { name, user, expiresIn };
        create.SetAction(
            (parsed, _) =>
                TryAsync(store =>
                    CreateAsync(
                        NewKey(parsed.GetRequiredValue(name), parsed.GetValue(user), LifetimeOf(parsed.GetValue(expiresIn)), timeProvider),
                        store,
                        output,
                        messages
                    )
                )
        );

        var list = new Command("list", "Show all keys, without their secrets");
        list.SetAction((_, _) => TryAsync(store => ListAsync(store, timeProvider, output)));

        var keyId = new Argument<string>("KEY_ID") { Description = "The id of the key, the first column of 'keys list'" };
        var revoke = new Command("revoke", "Revoke a key; it stops working within 10 seconds") { keyId };
        revoke.SetAction((parsed, _) => TryAsync(store => RevokeAsync(parsed.GetRequiredValue(keyId), store, timeProvider, messages)));

        return new Command("keys", "Create, list and revoke API keys, also while the gateway runs") { create, list, revoke };

        async Task<int> TryAsync(Func<IApiKeyStore, Task<int>> use)
        {
            try
            {
                return await withStore(use);
            }
            catch (GatewayException exception)
            {
                return await FailAsync($"The database cannot be used: {exception.InnerException?.Message}", messages);
            }
        }
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 64 && !name.Any(char.IsControl);

    private static TimeSpan? LifetimeOf(string? text) =>
        text is not null && Duration.TryParse(text, out var lifetime) && lifetime > TimeSpan.Zero && lifetime <= LongestLifetime
            ? lifetime
            : null;

    private static (ApiKeyText Text, ApiKey Key) NewKey(string name, string? userId, TimeSpan? lifetime, TimeProvider timeProvider)
    {
        var text = ApiKeyText.Create();
        var now = timeProvider.GetUtcNow();
        var key = new ApiKey
        {
            KeyId = text.KeyId,
            Name = name,
            UserId = userId,
            Hash = text.Hash,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        return (text, key);
    }

    // Only the key goes to standard output, so that scripts can read it.
    private static async Task<int> CreateAsync(
        (ApiKeyText Text, ApiKey Key) created,
        IApiKeyStore store,
        TextWriter output,
        TextWriter messages
    )
    {
        var (text, key) = created;
        await store.AddAsync(key, CancellationToken.None);
        await output.WriteLineAsync(text.Text);
        await messages.WriteLineAsync(
            $"The key is shown only this once. It is valid for {For(key)}{Until(key)}; 'keys revoke {key.KeyId}' revokes it."
        );
        return 0;
    }

    private static async Task<int> ListAsync(IApiKeyStore store, TimeProvider timeProvider, TextWriter output)
    {
        var now = timeProvider.GetUtcNow();
        foreach (var key in await store.ListAsync(CancellationToken.None))
        {
            var state =
                key.RevokedAt is { } moment ? $"revoked {Show(moment)}"
                : key.ExpiresAt <= now ? $"expired {Show(key.ExpiresAt.Value)}"
                : $"valid{Until(key)}";
            await output.WriteLineAsync($"{key.KeyId}  {Show(key.CreatedAt)}  {state}  {For(key)}  {key.Name}");
        }

        return 0;
    }

    private static async Task<int> RevokeAsync(string keyId, IApiKeyStore store, TimeProvider timeProvider, TextWriter messages)
    {
        if (!await store.RevokeAsync(keyId, timeProvider.GetUtcNow(), CancellationToken.None))
        {
            return await FailAsync($"There is no key {keyId}.", messages);
        }

        await messages.WriteLineAsync($"Key {keyId} is revoked; it works for at most {ApiKeyRing.Lifetime.TotalSeconds} more seconds.");
        return 0;
    }

    private static async Task<int> FailAsync(string message, TextWriter messages)
    {
        await messages.WriteLineAsync(message);
        return 1;
    }

    private static string For(ApiKey key) => key.UserId is null ? "any user" : $"user {key.UserId}";

    private static string Until(ApiKey key) => key.ExpiresAt is { } end ? $" until {Show(end)}" : "";

    private static string Show(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
