using System.Text.RegularExpressions;
using CodeInterpreter.Kubernetes.Tests.Building;
using CodeInterpreter.Kubernetes.Tests.Objects;
using k8s.Models;

namespace CodeInterpreter.Kubernetes.Tests.Rules;

/// <summary>Ports are those that the services listen on in their images, and addresses lead to Services that are there.</summary>
internal static partial class PortRule
{
    private const string ManagementUrl = "Kestrel__Endpoints__Management__Url";
    private const string NoTimeout = "0s";

    public static IEnumerable<string> Faults(Manifests manifests) =>
        manifests
            .Services.SelectMany(workload => PortFaults(workload, manifests))
            .Concat(manifests.Services.SelectMany(workload => AddressFaults(workload, manifests)))
            .Concat(manifests.All<HttpRoute>().SelectMany(route => RouteFaults(route, manifests)));

    private static IEnumerable<string> PortFaults(Workload workload, Manifests manifests)
    {
        var listened = ListenedOn();
        if (manifests.SettingsOf(workload, workload.Main).TryGetValue(ManagementUrl, out var url))
            listened["management"] = PortOf(url);
        foreach (var port in workload.Main.Ports)
        {
            if (!listened.TryGetValue(port.Name, out var expected))
                yield return $"{workload} does not listen on {port.Name}.";
            else if (expected != port.ContainerPort)
                yield return $"{workload} listens on {expected} for {port.Name}, not on {port.ContainerPort}.";
        }
    }

    // The images say where their services listen.
    private static Dictionary<string, int> ListenedOn() =>
        Endpoint()
            .Matches(Repository.Read("services/Dockerfile"))
            .ToDictionary(match => match.Groups[1].Value.ToLowerInvariant(), match => PortOf(match.Groups[2].Value));

    private static int PortOf(string url) => int.Parse(url.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> AddressFaults(Workload workload, Manifests manifests) =>
        manifests
            .SettingsOf(workload, workload.Main)
            .Where(setting => setting.Key.EndsWith("__FileStoreAddress", StringComparison.Ordinal))
            .Where(setting => !IsServed(new Uri(setting.Value), workload.Namespace, manifests))
            .Select(setting => $"{workload}: {setting.Key} is {setting.Value}, where nobody listens.");

    private static bool IsServed(Uri address, string @namespace, Manifests manifests)
    {
        var name = address.Host.Split('.');
        return manifests
            .All<V1Service>()
            .Any(service =>
                service.Metadata.Name == name[0]
                && service.Metadata.NamespaceProperty == (name.Length > 1 ? name[1] : @namespace)
                && service.Spec.Ports.Any(port => port.Name == "grpc" && port.Port == address.Port)
            );
    }

    private static IEnumerable<string> RouteFaults(HttpRoute route, Manifests manifests)
    {
        foreach (var rule in route.Spec.Rules)
        {
            if (rule.Timeouts is not { Request: NoTimeout, BackendRequest: NoTimeout })
                yield return $"HTTPRoute {route.Metadata.Name} ends streams.";
            foreach (var backend in rule.BackendRefs)
            {
                var port = manifests
                    .All<V1Service>()
                    .Where(service =>
                        service.Metadata.Name == backend.Name && service.Metadata.NamespaceProperty == route.Metadata.NamespaceProperty
                    )
                    .SelectMany(service => service.Spec.Ports)
                    .SingleOrDefault(port => port.Port == backend.Port);
                if (port?.Name != route.Metadata.Name)
                    yield return $"HTTPRoute {route.Metadata.Name} does not lead to that port of a Service.";
                if (port is { Name: "grpc", AppProtocol: not "kubernetes.io/h2c" })
                    yield return $"HTTPRoute {route.Metadata.Name} does not speak HTTP/2.";
            }
        }
    }

    [GeneratedRegex(@"Kestrel__Endpoints__(\w+)__Url=(\S+)")]
    private static partial Regex Endpoint();
}
