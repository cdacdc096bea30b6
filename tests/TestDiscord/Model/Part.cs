namespace CodeInterpreter.TestDiscord.Model;

/// <summary>A file in a multipart body: the number in its name <c>files[n]</c>, its file name and its bytes.</summary>
internal sealed record Part(int Index, string FileName, string? ContentType, byte[] Bytes);
