using CodeInterpreter.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.ServiceDefaults.Tests.Settings;

/// <summary>A host with options in the section <c>Test</c>, and in one below it.</summary>
internal static class TestSettings
{
    public const string Section = "Test";

    public static IHost Build(params (string Name, string? Value)[] settings) => Build(new FakeLogCollector(), settings);

    public static IHost Build(FakeLogCollector log, params (string Name, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
        return Build(builder, log);
    }

    public static IHost Build(HostApplicationBuilder builder, FakeLogCollector log)
    {
        builder.Logging.AddProvider(new FakeLoggerProvider(log));
        builder.Services.AddSettings<TestOptions>(Section).ValidateOnStart();
        builder.Services.AddSettings<TestTokenOptions>($"{Section}:Tokens").ValidateOnStart();
        return builder.Build();
    }

    public static TestOptions OptionsOf(IHost app) => app.Services.GetRequiredService<IOptions<TestOptions>>().Value;

    /// <summary>What people are told of these settings.</summary>
    public static IReadOnlyList<string> FaultsOf(IHost app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return SettingFaults.Lines(exception, app.Services);
        }
        catch (AggregateException exception)
        {
            return
            [
                .. exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => SettingFaults.Lines(one, app.Services)),
            ];
        }
    }

    public static IReadOnlyList<string> FaultsOf(params (string Name, string? Value)[] settings) => FaultsOf(Build(settings));
}
