using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CodeInterpreter.Runner.Cluster;

/// <summary>
/// The pod that this runner runs in. It uses the token of the pod's service account, which needs the right to patch <c>pods/status</c>.
/// </summary>
internal sealed class Pod : IDisposable
{
    private const string Account = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _api;
    private readonly string _account;

    /// <summary>
    /// A pod whose API server is <paramref name="address"/>, and whose token and namespace are files in <paramref name="account"/>.
    /// </summary>
    public Pod(Uri address, string account, HttpMessageHandler handler)
    {
        _api = new HttpClient(handler) { BaseAddress = address, Timeout = Timeout };
        _account = account;
    }

    /// <summary>The pod that this process runs in, as Kubernetes describes it to every container.</summary>
    /// <exception cref="InvalidOperationException">This process runs outside of a pod, or the pod has no token.</exception>
    public static Pod Own()
    {
        var (host, port) = (
            Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"),
            Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT")
        );
        if (host is null || port is null || !File.Exists($"{Account}/token"))
            throw new InvalidOperationException("Runner:PodDeletionCost needs a pod with a service account token.");

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile($"{Account}/ca.crt");
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.AddRange(authorities);
        var address = new UriBuilder("https", host, int.Parse(port, CultureInfo.InvariantCulture)).Uri;
        return new Pod(
            address,
            Account,
            new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } }
        );
    }

    /// <summary>Sets an annotation of the pod.</summary>
    /// <exception cref="HttpRequestException">The API server refuses it or cannot be reached.</exception>
    public async Task AnnotateAsync(string name, string value, CancellationToken cancellationToken)
    {
        var @namespace = (await File.ReadAllTextAsync($"{_account}/namespace", cancellationToken)).Trim();
        // The status of a pod has the same annotations. Who may patch only that cannot change what runs in a pod.
        var path = $"api/v1/namespaces/{@namespace}/pods/{Environment.MachineName}/status";
        var patch = new { metadata = new { annotations = new Dictionary<string, string> { [name] = value } } };
        using var content = JsonContent.Create(patch, new MediaTypeHeaderValue("application/merge-patch+json"));
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = content };
        // Kubernetes replaces the token while the pod runs.
        var token = await File.ReadAllTextAsync($"{_account}/token", cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        using var response = await _api.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _api.Dispose();
}
