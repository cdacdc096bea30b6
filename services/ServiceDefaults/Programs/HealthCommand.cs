using System.Net;
using Microsoft.AspNetCore.Http;

namespace CodeInterpreter.ServiceDefaults.Programs;

/// <summary>
/// <c>health</c> on a service's command line: asks the service that runs beside it whether it is ready, and ends with 0 or 1. It spares
/// images a program for that, and starts no host, as an engine asks every few seconds.
/// </summary>
public static class HealthCommand
{
    private const string UrlVariable = "Kestrel__Endpoints__Http__Url";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether that is what the command line asks for.</summary>
    public static bool IsAskedFor(string[] args) => args is ["health"];

    /// <summary>
    /// Asks at the address in the environment variable <c>Kestrel__Endpoints__Http__Url</c>, or at <paramref name="httpPort"/> of this
    /// machine, and returns the exit code.
    /// </summary>
    public static async Task<int> RunAsync(int httpPort)
    {
        var url = Environment.GetEnvironmentVariable(UrlVariable);
        var address = AddressOf(string.IsNullOrEmpty(url) ? $"http://127.0.0.1:{httpPort}" : url);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler) { Timeout = Timeout };
        try
        {
            using var answer = await http.GetAsync(address);
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Console.WriteLine($"{address}: {exception.Message}");
            return 1;
        }
    }

    /// <summary>Where to ask a service that listens there: one that listens everywhere also does on the loopback.</summary>
    private static Uri AddressOf(string url)
    {
        var binding = BindingAddress.Parse(url);
        var everywhere = !IPAddress.TryParse(binding.Host, out var address)
            ? binding.Host is "*" or "+"
            : address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        return new UriBuilder(binding.Scheme, everywhere ? "127.0.0.1" : binding.Host, binding.Port, "/health/ready").Uri;
    }
}
