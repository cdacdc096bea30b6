using CodeInterpreter.Runner.Docker;
using Microsoft.Extensions.Configuration;

namespace CodeInterpreter.Runner.Tests.Docker;

public sealed class DockerOptionsTests
{
    private readonly DockerOptionsValidator _validator = new();

    [Theory]
    [InlineData("")]
    [InlineData("unix:///var/run/docker.sock")]
    [InlineData("npipe://./pipe/docker_engine")]
    [InlineData("tcp://127.0.0.1:2375")]
    [InlineData("tcp://localhost:2375")]
    public void Endpoint_OnThisMachine_NeedsNoTls(string endpoint) => Problem(new DockerOptions { Endpoint = endpoint }).ShouldBeEmpty();

    [Theory]
    [InlineData("tcp://engine:2375")]
    [InlineData("http://192.0.2.1:2375")]
    public void Endpoint_OnAnotherMachineWithoutTls_IsRefusedUnlessAllowed(string endpoint)
    {
        Problem(new DockerOptions { Endpoint = endpoint }).ShouldContain("Docker:CertificatePath");
        Problem(new DockerOptions { Endpoint = endpoint, AllowUnencrypted = true }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/var/run/docker.sock")]
    [InlineData("engine:2376")]
    [InlineData("ssh://engine")]
    public void Endpoint_InvalidAddress_IsRefused(string endpoint) =>
        Problem(new DockerOptions { Endpoint = endpoint }).ShouldContain("Docker:Endpoint");

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("cert.pem")]
    [InlineData("key.pem")]
    public void Certificate_MissingOrBroken_IsNamed(string file)
    {
        using var certificates = new TestCertificates();
        var options = new DockerOptions { Endpoint = "tcp://engine:2376", CertificatePath = certificates.Directory };
        Problem(options).ShouldBeEmpty();

        File.Delete(Path.Combine(certificates.Directory, file));
        Problem(options).ShouldContain(file);

        File.WriteAllText(Path.Combine(certificates.Directory, file), "no certificate");
        Problem(options).ShouldContain("Docker:CertificatePath");
    }

    [Fact]
    public void DockerVariables_AreUsed()
    {
        var options = Default(
            new()
            {
                ["DOCKER_HOST"] = "tcp://engine:2376",
                ["DOCKER_TLS_VERIFY"] = "1",
                ["DOCKER_CERT_PATH"] = "/certificates",
            }
        );

        options.Endpoint.ShouldBe("tcp://engine:2376");
        options.CertificatePath.ShouldBe("/certificates");
    }

    [Fact]
    public void DockerVariables_WithoutTlsVerify_UseNoCertificates() =>
        Default(new() { ["DOCKER_TLS_VERIFY"] = "", ["DOCKER_CERT_PATH"] = "/certificates" }).CertificatePath.ShouldBeEmpty();

    [Fact]
    public void DockerVariables_WithoutACertPath_UseTheUsersOwn() =>
        Default(new() { ["DOCKER_TLS_VERIFY"] = "1" }).CertificatePath.ShouldEndWith(".docker");

    [Fact]
    public void Settings_OverrideDockerVariables()
    {
        var environment = new Dictionary<string, string?>
        {
            ["DOCKER_HOST"] = "tcp://other:1",
            ["DOCKER_TLS_VERIFY"] = "1",
            ["DOCKER_CERT_PATH"] = "/other",
        };

        var options = Default(environment, new DockerOptions { Endpoint = "unix:///ours.sock", CertificatePath = "/ours" });

        options.Endpoint.ShouldBe("unix:///ours.sock");
        options.CertificatePath.ShouldBe("/ours");
    }

    private string Problem(DockerOptions options) => _validator.Validate(null, options).FailureMessage ?? "";

    private static DockerOptions Default(Dictionary<string, string?> environment, DockerOptions? options = null)
    {
        options ??= new DockerOptions();
        new DockerOptionsDefaults(new ConfigurationBuilder().AddInMemoryCollection(environment).Build()).PostConfigure(null, options);
        return options;
    }
}
