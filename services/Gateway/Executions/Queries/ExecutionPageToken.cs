using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Queries;

/// <summary>A position in a list as text that says nothing to a caller. It gives no rights: the owner is checked apart.</summary>
internal static class ExecutionPageToken
{
    public static string Encode(ExecutionRecord last)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{last.AcceptedAt.ToUnixTimeMilliseconds()}:{last.ExecutionId}");
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The position a token stands for; null when it is none of ours.</summary>
    public static ExecutionPosition? Decode(string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(':');
        return
            parts is [var milliseconds, { Length: > 0 } executionId]
            && long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var acceptedAt)
            && acceptedAt <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new ExecutionPosition(DateTimeOffset.FromUnixTimeMilliseconds(acceptedAt), executionId)
            : null;
    }
}
