using System.CommandLine;
using CodeInterpreter.ServiceDefaults.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Programs;

/// <summary>
/// A service as a program: without a command it serves until it receives a signal to stop; <c>health</c> asks the one that runs beside it.
/// A start that is refused ends with a line for each reason on standard error.
/// </summary>
/// <param name="description">What the service is, for <c>--help</c>.</param>
/// <param name="httpPort">Where it listens for HTTP unless its settings say otherwise.</param>
/// <param name="commands">Further commands; each gets the settings that are on the command line.</param>
public sealed class ServiceProgram(string description, int httpPort, params Func<string[], Command>[] commands)
{
    private const string Settings = """
        Settings come from appsettings.json, the environment (Section__Name=value) and the command line (--Section:Name value); a
        later one wins. Durations have units: 48h, 15m, 90s, 500ms. The README's section "Configuration" says where each is documented.
        If the settings do not allow a start, the exit code is 78; if the command line is not understood, it is 64.
        """;

    /// <summary>Does what the command line asks for and returns the exit code.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="build">Registers the service, with the settings that are on the command line.</param>
    /// <param name="map">Maps what it serves, once its settings are found to be right.</param>
    public async Task<int> RunAsync(string[] args, Func<string[], WebApplicationBuilder> build, Action<WebApplication> map)
    {
        PrivateFiles.MakeTheDefault();
        var (words, settings) = CommandLineSettings.Split(args);
        var root = new RootCommand($"{description}\n\n{Settings}");
        root.SetAction((_, _) => ServeAsync(() => build(settings), map));
        var health = new Command("health", "Ask the service that runs on this machine whether it is ready; ends with 0 or 1");
        health.SetAction((_, _) => HealthCommand.RunAsync(httpPort));
        root.Subcommands.Add(health);
        foreach (var command in commands)
            root.Subcommands.Add(command(settings));

        return await RunAsync(root, words, Console.Error);
    }

    /// <summary>
    /// Does what the words ask the command for; when they are not understood, <paramref name="messages"/> get what is wrong with them, and
    /// how the command is used.
    /// </summary>
    public static async Task<int> RunAsync(RootCommand root, string[] words, TextWriter messages)
    {
        var parsed = root.Parse(words);
        // Signals are for the host, which takes the time it needs to stop.
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
            );

        foreach (var error in parsed.Errors)
            await messages.WriteLineAsync(error.Message);
        await messages.WriteLineAsync();
        string[] help = [.. PathOf(parsed.CommandResult.Command, root), "--help"];
        await root.Parse(help).InvokeAsync(new InvocationConfiguration { Output = messages });
        return ExitCodes.Usage;
    }

    /// <summary>
    /// Does what a command does with the registered services, of which none is started, once their settings are found to be right; a
    /// command that is refused ends as a start does.
    /// </summary>
    public static async Task<int> UseAsync(WebApplicationBuilder builder, Func<IServiceProvider, Task<int>> use)
    {
        await using var services = builder.Services.BuildServiceProvider();
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return await use(services);
        }
        catch (Exception exception) when (StartFault.LinesOf(exception, services) is { } lines)
        {
            return Refused(lines);
        }
    }

    private static int Refused(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
            Console.Error.WriteLine($"error: {line}");
        return ExitCodes.Configuration;
    }

    private static IEnumerable<string> PathOf(Command command, RootCommand root) =>
        command == root ? [] : [.. command.Parents.OfType<Command>().Take(1).SelectMany(parent => PathOf(parent, root)), command.Name];

    private static async Task<int> ServeAsync(Func<WebApplicationBuilder> build, Action<WebApplication> map)
    {
        WebApplication? app = null;
        try
        {
            var builder = build();
            // Checked first, so that all faults of the settings are reported together, and without a log around them.
            if (await UseAsync(builder, _ => Task.FromResult(0)) is var refused and not 0)
                return refused;

            app = builder.Build();
            map(app);
            await app.StartAsync();
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (!HasStarted(app) && StartFault.LinesOf(exception, app?.Services) is { } lines)
        {
            return Refused(lines);
        }
        catch (OperationCanceledException) when (!HasStarted(app) && app?.Lifetime.ApplicationStopping.IsCancellationRequested == true)
        {
            // It was stopped before it had started.
            return 0;
        }
        finally
        {
            if (app is not null)
            {
                if (!HasStarted(app))
                    await StopAsync(app);
                await app.DisposeAsync();
            }
        }
    }

    // What had started before the fault would go on, and log that its services are gone.
    private static async Task StopAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception exception) when (exception is AggregateException or OperationCanceledException or InvalidOperationException)
        {
            // The fault of the start is the one to report.
        }
    }

    private static bool HasStarted(WebApplication? app) => app?.Lifetime.ApplicationStarted.IsCancellationRequested == true;
}
