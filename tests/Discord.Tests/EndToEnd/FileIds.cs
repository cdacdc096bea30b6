using System.Text.RegularExpressions;
using CodeInterpreter.TestDiscord.Conversations;

namespace CodeInterpreter.Discord.Tests.EndToEnd;

/// <summary>The ids of files that people find in messages.</summary>
internal static partial class FileIds
{
    public static IReadOnlyList<string> In(Message message) => [.. Id().Matches(message.Text).Select(match => match.Value).Distinct()];

    [GeneratedRegex("[0-9]{17,20}_[0-9]{9,}_[0-9a-z]+")]
    private static partial Regex Id();
}
