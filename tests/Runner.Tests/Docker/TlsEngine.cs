using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CodeInterpreter.Runner.Tests.Docker;

/// <summary>The engine of this machine as one behind TLS: takes only clients with a certificate of the authority.</summary>
internal sealed class TlsEngine : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2 _clientAuthority;
    private readonly string _socket;
    private readonly LoopbackListener _listener;

    public TlsEngine(string socket, X509Certificate2 certificate, X509Certificate2 clientAuthority)
    {
        (_socket, _certificate, _clientAuthority) = (socket, certificate, clientAuthority);
        _listener = new LoopbackListener(ServeAsync);
    }

    public string Address => _listener.Address;

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        using var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await using var encrypted = new SslStream(client.GetStream());
            await encrypted.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = (_, _, chain, _) => IsOurs(chain),
                }
            );
            await engine.ConnectAsync(new UnixDomainSocketEndPoint(_socket));
            await using var plain = new NetworkStream(engine);
            await Task.WhenAny(encrypted.CopyToAsync(plain), plain.CopyToAsync(encrypted));
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException)
        {
            // Refused, or hung up.
        }
    }

    private bool IsOurs(X509Chain? chain)
    {
        if (chain is not { ChainElements: [var client, ..] })
            return false;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(_clientAuthority);
        return chain.Build(client.Certificate);
    }
}
