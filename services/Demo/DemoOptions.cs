using System.Diagnostics.CodeAnalysis;

namespace CodeInterpreter.Demo;

/// <summary>Where the service to demonstrate is.</summary>
/// <param name="Address">The gRPC endpoint, which the demo uses for everything.</param>
/// <param name="Http">The HTTP endpoint, which the demo only tells people about.</param>
internal sealed record DemoOptions(Uri Address, Uri Http)
{
    public const string Usage = "usage: Demo [--address http://127.0.0.1:8081] [--http http://127.0.0.1:8080]";

    public static bool TryParse(string[] args, [NotNullWhen(true)] out DemoOptions? options, [NotNullWhen(false)] out string? problem)
    {
        options = null;
        var parsed = new DemoOptions(new Uri("http://127.0.0.1:8081"), new Uri("http://127.0.0.1:8080"));
        for (var i = 0; i < args.Length; i += 2)
        {
            if (args[i] is not ("--address" or "--http"))
            {
                problem = $"There is no option {args[i]}.";
                return false;
            }

            if (i + 1 == args.Length || !IsHttpAddress(args[i + 1], out var address))
            {
                problem = $"{args[i]} needs an http:// or https:// address.";
                return false;
            }

            parsed = args[i] == "--http" ? parsed with { Http = address } : parsed with { Address = address };
        }

        (options, problem) = (parsed, null);
        return true;
    }

    private static bool IsHttpAddress(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
