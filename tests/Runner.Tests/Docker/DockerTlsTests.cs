using System.Net;
using System.Security.Cryptography.X509Certificates;
using CodeInterpreter.Runner.Docker;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using CodeInterpreter.Runner.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Tests.Docker;

/// <summary>On a real engine, behind TLS.</summary>
[Collection(nameof(EngineUnderTest))]
public sealed class DockerTlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task Tls_CertificatesOfOneAuthority_SandboxStarts()
    {
        using var certificate = _certificates.IssueServer(IPAddress.Loopback);
        await using var tls = Engine(certificate);
        var engine = Connect(tls, _certificates.Directory);

        await using var sandbox = await engine.StartAsync(SandboxProfile.Bare, Token);

        await new SandboxConversation(sandbox.Channel).AwaitReadyAsync(Token);
    }

    [Fact]
    public async Task Tls_EngineOfAnotherAuthority_IsRefused()
    {
        using var other = new TestCertificates();
        using var certificate = other.IssueServer(IPAddress.Loopback);
        await using var tls = Engine(certificate);

        await Should.ThrowAsync<SandboxEngineException>(() => Connect(tls, _certificates.Directory).CheckAsync(Token));
    }

    [Fact]
    public async Task Tls_EngineCertificateForAnotherAddress_IsRefused()
    {
        using var certificate = _certificates.IssueServer(IPAddress.Parse("192.0.2.1"));
        await using var tls = Engine(certificate);

        await Should.ThrowAsync<SandboxEngineException>(() => Connect(tls, _certificates.Directory).CheckAsync(Token));
    }

    [Fact]
    public async Task Tls_RunnerOfAnotherAuthority_IsRefusedByTheEngine()
    {
        using var certificate = _certificates.IssueServer(IPAddress.Loopback);
        await using var tls = Engine(certificate);
        using var other = new TestCertificates();
        File.Copy(Path.Combine(_certificates.Directory, "ca.pem"), Path.Combine(other.Directory, "ca.pem"), overwrite: true);

        await Should.ThrowAsync<SandboxEngineException>(() => Connect(tls, other.Directory).CheckAsync(Token));
    }

    private TlsEngine Engine(X509Certificate2 certificate)
    {
        var socket = EngineUnderTest.Socket();
        if (socket is null)
            Assert.Skip("The engine has no socket on this machine.");
        return new TlsEngine(socket, certificate, _certificates.Authority);
    }

    private static DockerSandboxEngine Connect(TlsEngine tls, string certificatePath)
    {
        var docker = DockerSandboxes.CreateClient(new DockerOptions { Endpoint = tls.Address, CertificatePath = certificatePath });
        var sandbox = Options.Create(new SandboxOptions { AllowOtherSupervisor = true });
        var runner = Options.Create(new RunnerOptions { Id = $"test-{Guid.NewGuid():N}" });
        return new DockerSandboxEngine(
            docker,
            new DockerEngineCheck(docker, sandbox),
            EngineUnderTest.ImageCheck(docker, sandbox, runner),
            sandbox,
            runner,
            TimeProvider.System,
            NullLogger<DockerSandboxEngine>.Instance
        );
    }
}
