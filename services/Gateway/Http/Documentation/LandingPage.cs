using System.Net.Mime;
using System.Text.Encodings.Web;

namespace CodeInterpreter.Gateway.Http.Documentation;

/// <summary>What a person sees who opens the service in a browser.</summary>
internal static class LandingPage
{
    private static readonly string Html = Read();

    /// <summary>The commands on it are meant to be copied, so they name the address the reader has used.</summary>
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
