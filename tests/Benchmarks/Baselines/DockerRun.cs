namespace CodeInterpreter.Benchmarks.Baselines;

/// <summary>What people do without the product: the command line, a new container for each program.</summary>
internal static class DockerRun
{
    public const string Image = "code-interpreter/sandbox:dev";

    public static Task ExecuteAsync(string code) =>
        TestProduct.Docker.RunAsync("run", "--rm", "--network", "none", "--entrypoint", "python3", Image, "-c", code);
}
