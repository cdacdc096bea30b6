namespace CodeInterpreter.Runner.Files;

/// <summary>The file store has an input file's record and not its content, which no other attempt will change.</summary>
internal sealed class InputLostException(string filename, Exception? cause = null)
    : Exception("The content of an input file is lost.", cause)
{
    /// <summary>The name of the file, for its owner.</summary>
    public string Filename { get; } = filename;
}
