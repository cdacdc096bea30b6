using System.Globalization;
using System.Net.Sockets;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Programs;

/// <summary>
/// Distinguishes faults that an operator has to correct from mistakes in the program, which end it with all their details.
/// </summary>
internal static class StartFault
{
    // Which throw for settings of theirs what others throw for mistakes of ours.
    private static readonly string[] ReadersOfSettings =
    [
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http",
        "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.Logging",
    ];

    /// <summary>A line for each fault that ended the start; null when it is not one of an operator.</summary>
    public static IReadOnlyList<string>? LinesOf(Exception exception, IServiceProvider? services) =>
        exception switch
        {
            OptionsValidationException wrong when services is not null => SettingFaults.Lines(wrong, services),
            OptionsValidationException wrong => [.. wrong.Failures],
            AggregateException several
                when several.InnerExceptions.Select(one => LinesOf(one, services)).ToArray() is var lines
                    && Array.TrueForAll(lines, one => one is not null) => [.. lines.SelectMany(one => one!).Distinct()],
            StartRefusedException refused => [InOneLine(refused.Message)],
            IOException { InnerException: AddressInUseException } inUse => [AddressInUse(inUse, services)],
            IOException or UnauthorizedAccessException or SocketException or InvalidDataException => [WithCause(exception)],
            InvalidOperationException
            or FormatException
            or ArgumentException
                when Array.Exists(ReadersOfSettings, reader => exception.Source?.StartsWith(reader, StringComparison.Ordinal) == true) =>
            [
                WithCause(exception),
            ],
            _ => null,
        };

    private static string AddressInUse(IOException exception, IServiceProvider? services)
    {
        var endpoints = services?.GetService<IConfiguration>()?.GetSection("Kestrel:Endpoints").GetChildren() ?? [];
        var endpoint = endpoints.FirstOrDefault(one =>
            PortOf(one["Url"]) is { } port && exception.Message.Contains($":{port}:", StringComparison.Ordinal)
        );
        return endpoint is null
            ? InOneLine(exception.Message)
            : $"{endpoint.Path}:Url is '{endpoint["Url"]}': another process listens there. Stop it, or choose another port.";
    }

    private static string? PortOf(string? url)
    {
        if (url is null)
            return null;
        try
        {
            return BindingAddress.Parse(url).Port.ToString(CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string WithCause(Exception exception) =>
        InOneLine(
            exception.InnerException is { } cause && !exception.Message.Contains(cause.Message, StringComparison.Ordinal)
                ? $"{exception.Message} {cause.Message}"
                : exception.Message
        );

    private static string InOneLine(string message) => message.ReplaceLineEndings(" ");
}
