using System.Net.Mime;
using System.Text.Encodings.Web;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>The page at the root of the service, for browsers.</summary>
internal static class LandingPage
{
    private static readonly string Html = Read();

    /// <summary>The page has commands to copy; they use the address of the request.</summary>
    public static IResult Show(HttpRequest request)
    {
        var origin = HtmlEncoder.Default.Encode($"{request.Scheme}://{request.Host}");
        var page = Html.Replace("{origin}", origin, StringComparison.Ordinal);
        return TypedResults.Content(page, MediaTypeNames.Text.Html + "; charset=utf-8");
    }

    private static string Read()
    {
        using var stream = typeof(LandingPage).Assembly.GetManifestResourceStream("landing.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
