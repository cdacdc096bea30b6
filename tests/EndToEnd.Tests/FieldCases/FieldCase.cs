using System.Text;

namespace CodeInterpreter.EndToEnd.Tests.FieldCases;

/// <summary>A program as people and models write them, and what its user expects of the answer.</summary>
internal sealed record FieldCase(string Title, string Code)
{
    /// <summary>In <see cref="Code"/> and <see cref="Look"/>: the id of the first input file.</summary>
    public const string Id = "<id>";

    /// <summary>In <see cref="Code"/> and <see cref="Look"/>: the id of the second input file.</summary>
    public const string SecondId = "<second id>";

    public (string Name, byte[] Content)[] Inputs { get; init; } = [];

    /// <summary>What the code is written in; null for Python.</summary>
    public string? Language { get; init; }

    /// <summary>Whether the value of a last expression is shown.</summary>
    public bool Echo { get; init; }

    /// <summary>All of standard output, without blanks at its end; null when it is not what the case is about.</summary>
    public string? Output { get; init; }

    /// <summary>Parts of standard error, of which each must be there; when there are none, nothing may be there.</summary>
    public string[] Errors { get; init; } = [];

    /// <summary>Whether standard error may say more, such as which encoding a file was taken for.</summary>
    public bool MaySayMore { get; init; }

    /// <summary>Whether the code is to end well.</summary>
    public bool Succeeds { get; init; } = true;

    /// <summary>Type of the exception with which code that does not end well ends; null when there is none.</summary>
    public string? Exception { get; init; }

    /// <summary>Names of the files that come back, in any order; null when they are not what the case is about.</summary>
    public string[]? Files { get; init; }

    /// <summary>Number of the pictures that come back; null when it is not what the case is about.</summary>
    public int? Pictures { get; init; }

    /// <summary>Paths of the files that are named as left elsewhere; null when they are not what the case is about.</summary>
    public string[]? LeftBehind { get; init; }

    /// <summary>A second program, which has the files of the first one, and prints <see cref="Seen"/>.</summary>
    public string? Look { get; init; }

    public string Seen { get; init; } = "";

    public static byte[] Text(string text, Encoding? encoding = null)
    {
        encoding ??= new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    }
}
