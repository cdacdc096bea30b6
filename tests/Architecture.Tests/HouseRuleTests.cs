using System.Text.RegularExpressions;

namespace CodeInterpreter.Architecture.Tests;

public sealed partial class HouseRuleTests
{
    private static readonly string[] UnlimitedPublishers =
    [
        // Its callers have the limit.
        "services/ServiceDefaults/Messaging/DirectQueues.cs",
        // In the memory of one process.
        "services/Gateway/Executions/Messaging/DeferredExecutionConsumer.cs",
    ];

    [Fact]
    public void FolderNames_AreConceptsNotKindsOfClasses() => Repository.Sources.Where(path => KindFolder().IsMatch(path)).ShouldBeEmpty();

    [Fact]
    public void File_HasAtMost300Lines() => Repository.Sources.Where(path => Repository.Lines(path).Length > 300).ShouldBeEmpty();

    [Fact]
    public void File_HasTheNamespaceOfItsFolder() =>
        Repository
            .Sources.Select(path => (path, Namespace: NamespaceIn(path)))
            .Where(file => file.Namespace is not null && file.Namespace != NamespaceFor(file.path))
            .ShouldBeEmpty();

    [Fact]
    public void Logging_IsSourceGenerated() =>
        Repository.Sources.Where(path => Repository.Lines(path).Any(line => LoggerCall().IsMatch(line))).ShouldBeEmpty();

    // The broker may never confirm a message.
    [Fact]
    public void Messages_ArePublishedWithATimeLimit() =>
        Repository
            .Sources.Where(path =>
                !UnlimitedPublishers.Contains(path)
                && Repository.Lines(path).Any(line => Publishing().IsMatch(line))
                && !Repository.Lines(path).Any(line => line.Contains(".ConfirmedAsync(", StringComparison.Ordinal))
            )
            .ShouldBeEmpty();

    // So that names and values are checked, and shown, in one way.
    [Fact]
    public void Options_AreReadWithAddSettings() =>
        Repository
            .Sources.Where(path =>
                !path.StartsWith("services/ServiceDefaults/Settings/", StringComparison.Ordinal)
                && Repository.Lines(path).Any(line => OtherBinding().IsMatch(line))
            )
            .ShouldBeEmpty();

    private static string? NamespaceIn(string path) =>
        Repository.Lines(path).Select(line => Namespace().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;

    private static string NamespaceFor(string path) => "CodeInterpreter." + string.Join('.', path.Split('/')[1..^1]);

    [GeneratedRegex("/(Helpers?|Utils?|Utilities|Common|Shared|Managers?|Models?|Interfaces|Misc)/")]
    private static partial Regex KindFolder();

    [GeneratedRegex(@"\.(BindConfiguration|ValidateDataAnnotations)\(|\.Configuration\.GetSection\([^)]*\)\.(Get|Bind)\b")]
    private static partial Regex OtherBinding();

    [GeneratedRegex(@"\b(_?bus|context)\.Publish\(|\.(RespondAsync|BasicPublishAsync|SendToQueueAsync|Get(Publish)?SendEndpoint)\b")]
    private static partial Regex Publishing();

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\blogger\.Log(Trace|Debug|Information|Warning|Error|Critical)\(", RegexOptions.IgnoreCase)]
    private static partial Regex LoggerCall();
}
