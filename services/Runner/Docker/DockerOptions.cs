namespace CodeInterpreter.Runner.Docker;

/// <summary>
/// Where the Docker engine is, section <c>Docker</c>. What is not set here is taken from where the docker command has it.
/// </summary>
public sealed class DockerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Docker";

    /// <summary>
    /// <c>unix:///var/run/docker.sock</c>, <c>npipe://./pipe/docker_engine</c> or <c>tcp://host:port</c>. Empty: the environment variable
    /// <c>DOCKER_HOST</c> where it is set, else the platform's default.
    /// </summary>
    public string Endpoint { get; set; } = "";

    /// <summary>
    /// Directory with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>, for an engine at a <c>tcp</c> address: the connection is
    /// encrypted, the engine has to have a certificate of that authority, and the runner shows its own. Empty: <c>DOCKER_CERT_PATH</c>, or
    /// <c>~/.docker</c>, where <c>DOCKER_TLS_VERIFY</c> is set; else no TLS.
    /// </summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>
    /// Connects to an engine on another machine without TLS, off by default: anyone between the two machines can become root there.
    /// </summary>
    public bool AllowUnencrypted { get; set; }

    internal bool UsesTls => IsTcp && CertificatePath.Length > 0;

    internal bool IsTcp => Uri.TryCreate(Endpoint, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "tcp" or "http" or "https";
}
