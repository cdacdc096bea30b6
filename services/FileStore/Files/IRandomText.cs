namespace CodeInterpreter.FileStore.Files;

/// <summary>Source of the part of a file id that cannot be guessed.</summary>
internal interface IRandomText
{
    /// <summary><paramref name="length"/> letters of <paramref name="alphabet"/>.</summary>
    string Next(string alphabet, int length);
}
