using System.Net.Http.Headers;
using CodeInterpreter.Gateway.Access.Keys;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CodeInterpreter.Gateway.Tests.Access;

/// <summary>A gateway that asks who calls, and what it says in its log.</summary>
public sealed class RequiredAccessFixture : IAsyncLifetime
{
    public const string User = "alice";

    private FileStoreHost? _fileStore;
    private GatewayHost? _gateway;

    internal FakeLoggerProvider Log { get; } = new();

    internal GatewayHost Gateway => _gateway.ShouldNotBeNull();

    /// <summary>Acts for any user.</summary>
    internal ApiKeyText AnyKey { get; private set; } = null!;

    /// <summary>Acts for <see cref="User"/> only.</summary>
    internal ApiKeyText BoundKey { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _fileStore = await FileStoreHost.StartAsync();
        _gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:FileStoreAddress"] = _fileStore.Address.ToString(),
                ["Gateway:Access:Mode"] = "Required",
                ["Logging:LogLevel:CodeInterpreter"] = nameof(LogLevel.Trace),
            },
            TimeProvider.System,
            Log
        );
        var store = _gateway.Services.GetRequiredService<IApiKeyStore>();
        AnyKey = await store.MakeAsync();
        BoundKey = await store.MakeAsync(User);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _fileStore!.DisposeAsync();
        Log.Dispose();
    }

    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? credentials,
        HttpContent? content = null,
        string header = "Authorization"
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (credentials is not null)
            request.Headers.TryAddWithoutValidation(header, credentials).ShouldBeTrue();
        return await Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal static string Bearer(ApiKeyText key) => new AuthenticationHeaderValue("Bearer", key.Text).ToString();
}
