using CodeInterpreter.FileStore;
using CodeInterpreter.Gateway;
using CodeInterpreter.Kubernetes.Tests.Building;
using CodeInterpreter.Runner;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Messaging;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>
/// The services themselves take what the manifests give them: their own check of settings runs over them, with secrets made up. It is the
/// check that a start begins with.
/// </summary>
internal static class SettingsRule
{
    private const string Key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static readonly string[] FileSettings = ["__KeyFile", "__Certificate__Path", "__Certificate__KeyPath", "SSL_CERT_FILE"];

    private static readonly Dictionary<string, Action<WebApplicationBuilder>> Registrations = new()
    {
        ["gateway"] = builder =>
        {
            builder.AddGateway();
            builder.AddMessageBus("gateway", bus => bus.AddGatewayConsumers(builder.Configuration));
        },
        ["runner"] = builder =>
        {
            builder.AddRunner();
            builder.AddMessageBus("runner", bus => bus.AddRunnerConsumers());
        },
        ["file-store"] = builder => builder.AddFileStore(),
    };

    public static IEnumerable<string> Faults(Manifests manifests) =>
        manifests.Services.SelectMany(workload =>
            StartFaults(workload, manifests)
                .Concat(FileFaults(workload, manifests))
                .Concat(NeedFaults(workload, manifests))
                .Select(fault => $"{workload}: {fault}")
        );

    private static IEnumerable<string> StartFaults(Workload workload, Manifests manifests)
    {
        var settings = manifests
            .SettingsOf(workload, workload.Main)
            .Concat((workload.Main.Env ?? []).Select(variable => KeyValuePair.Create(variable.Name, variable.Value ?? MadeUp(variable))))
            .ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => setting.Value);
        // The files are in pods only.
        foreach (var file in settings.Keys.Where(name => name.EndsWith(":KeyFile", StringComparison.Ordinal)).ToList())
        {
            settings.Remove(file);
            settings[file[..^"File".Length]] = Key;
        }

        if (settings.Remove("DOCKER_TLS_VERIFY"))
            settings["Docker:AllowUnencrypted"] = "true";
        // On the command line every name of ours has to be known.
        var builder = WebApplication.CreateBuilder([
            .. settings
                .Where(setting => setting.Key.Contains(':', StringComparison.Ordinal))
                .Select(setting => $"--{setting.Key}={setting.Value}"),
        ]);
        builder.Configuration.AddInMemoryCollection(settings.Where(setting => !setting.Key.Contains(':', StringComparison.Ordinal))!);
        builder.AddServiceDefaults();
        Registrations[workload.Name](builder);
        using var services = builder.Services.BuildServiceProvider();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
        catch (AggregateException exception)
        {
            return exception.InnerExceptions.OfType<OptionsValidationException>().SelectMany(inner => inner.Failures);
        }
    }

    private static string MadeUp(V1EnvVar variable) =>
        variable.Name switch
        {
            "MessageBus__RabbitMq" => "amqp://account:password@rabbitmq:5672/",
            "Trust__AcceptedKey" or "Gateway__Links__AcceptedKey" => Key,
            "Database__MongoDb" => "mongodb://account:password@mongodb:27017/?authSource=admin",
            _ => "made-up",
        };

    private static IEnumerable<string> FileFaults(Workload workload, Manifests manifests)
    {
        var files = SecretRule.FilesOf(workload, workload.Main).ToList();
        foreach (var (name, value) in manifests.SettingsOf(workload, workload.Main))
        {
            var isFile = FileSettings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));
            if (isFile && !files.Contains(value))
                yield return $"{name} is {value}, a file that is not there.";
            if (name == "DOCKER_CERT_PATH")
            {
                foreach (var file in new[] { "ca.pem", "cert.pem", "key.pem" }.Where(file => !files.Contains($"{value}/{file}")))
                    yield return $"{value} lacks {file}.";
            }
        }
    }

    private static IEnumerable<string> NeedFaults(Workload workload, Manifests manifests)
    {
        var settings = manifests.SettingsOf(workload, workload.Main);
        string[] needed = workload.Name switch
        {
            "gateway" => ["Trust__KeyFile", "Gateway__Links__KeyFile", "Gateway__FileStoreAddress", "Gateway__Access__Mode"],
            "file-store" => ["Trust__KeyFile"],
            _ => ["Runner__FileStoreAddress", "Runner__Slots", "Sandbox__Image"],
        };
        foreach (var name in needed.Where(name => !settings.ContainsKey(name)))
            yield return $"{name} is not set.";
        if (settings.GetValueOrDefault("Gateway__Access__Mode", "Required") != "Required")
            yield return "Callers need no key.";
        if (workload.Name != "runner" && settings.GetValueOrDefault("Database__Provider") != "MongoDb")
            yield return "Records are kept in the pod.";
        if (workload.Name == "runner" && settings.Keys.Any(name => name.StartsWith("Trust__", StringComparison.Ordinal)))
            yield return "A runner has the trust key.";
        // With 0 the runner chooses by the engine's memory, and KEDA cannot know the number.
        if (workload.Name == "runner" && manifests.Slots == 0)
            yield return "Runner__Slots is not a number of slots.";
    }
}
