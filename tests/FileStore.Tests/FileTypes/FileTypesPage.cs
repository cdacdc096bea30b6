using System.Globalization;
using System.Text;
using CodeInterpreter.FileStore.FileTypes;
using CodeInterpreter.FileStore.Tests.Hosting;

namespace CodeInterpreter.FileStore.Tests.FileTypes;

/// <summary>The page <c>docs/file-types.md</c>, made from the table.</summary>
internal static class FileTypesPage
{
    public const string HowToUpdate = "UPDATE_DOCS=1 dotnet test --project tests/FileStore.Tests";

    public static string FilePath => Path.Combine(Repository.Root, "docs", "file-types.md");

    public static string Render(FileTypeTable table)
    {
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            # File types

            The category and the media type of a stored file follow from its name: a whole name such as `makefile`
            first, then a double extension such as `.tar.gz`, then the last extension. Upper and lower case are the
            same. What is not listed is `other`, with `application/octet-stream` unless ASP.NET Core knows a media type
            for the extension.

            ## When name and content disagree

            The first {FileSignature.HeadBytes} bytes are looked at, too. An empty file is what its name says.

            | the name | the content | what wins |
            |---|---|---|
            | has no known extension | begins as a known format, or is text in UTF-8 | the content; a PNG called `plot` is an image |
            | is of a known format | begins as another one, or is text | the content; an error page called `plot.png` is text |
            | says text or JSON | begins as a known format | the content; a PDF called `notes.txt` is a PDF |
            | is one that several formats share: {List(FileTypeDetector.Shared)} | anything | the name |
            | anything else | anything | the name; `.xlsx` and `.docx` stay what they are though they begin as a ZIP |

            Known formats, by their first bytes: {List(FileSignature.All.Select(signature => signature.Extension).Distinct())}.

            The {table.Entries.Count} entries below are made from `services/FileStore/FileTypes/file-types.csv`. After
            a change there: `{HowToUpdate}`

            """
        );
        foreach (var category in FileCategory.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {category}\n\n| name | media type |\n|---|---|\n");
            foreach (var entry in table.Entries.Where(entry => entry.Category == category))
            {
                var mimeType = table.Find(entry.Pattern).MimeType;
                page.Append(CultureInfo.InvariantCulture, $"| `{entry.Pattern}` | `{mimeType}` |\n");
            }
        }

        return page.ToString();
    }

    private static string List(IEnumerable<string> extensions) => string.Join(", ", extensions.Select(extension => $"`{extension}`"));
}
