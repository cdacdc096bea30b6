using CodeInterpreter.Gateway.Access.Keys;

namespace CodeInterpreter.Gateway.Tests.Access;

internal static class KeyMaking
{
    /// <summary>Makes a key and returns it as its holder has it.</summary>
    public static async Task<ApiKeyText> MakeAsync(this IApiKeyStore store, string? userId = null)
    {
        var text = ApiKeyText.Create();
        await store.AddAsync(
            new ApiKey
            {
                KeyId = text.KeyId,
                Name = "test",
                UserId = userId,
                Hash = text.Hash,
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            TestContext.Current.CancellationToken
        );
        return text;
    }
}
