using System.Net.Security;
using System.Security.Authentication;

namespace CodeInterpreter.TestServers;

/// <summary>Asks a server with TLS, whoever signed its certificate.</summary>
internal sealed class TlsProbe(IServerProbe inner) : IServerProbe
{
    public async Task<bool> AnswersAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await using var encrypted = new SslStream(stream, leaveInnerStreamOpen: true);
            await encrypted.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "127.0.0.1",
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                },
                cancellationToken
            );
            return await inner.AnswersAsync(encrypted, cancellationToken);
        }
        catch (AuthenticationException)
        {
            return false;
        }
    }
}
