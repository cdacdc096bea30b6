using System.Net.Http.Headers;
using System.Text;

namespace CodeInterpreter.Gateway.Tests.Http;

/// <summary>Writes multipart forms as text, and posts them.</summary>
internal static class UploadForms
{
    public static string Field(string name, string value) => Part(name, "", value);

    public static string FilePart(string filename, string content) => Part("file", $"filename=\"{filename}\"", content);

    public static string Part(string name, string parameters, string content) =>
        $"--b\r\nContent-Disposition: form-data; name=\"{name}\"; {parameters}\r\n\r\n{content}\r\n".Replace(
            "; \r",
            "\r",
            StringComparison.Ordinal
        );

    public static string Form(params string[] parts) => string.Concat(parts) + "--b--\r\n";

    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient http, string path, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        return await http.PostAsync(path, content, TestContext.Current.CancellationToken);
    }
}
