namespace CodeInterpreter.ServiceDefaults.Naming;

/// <summary>Source of the part of a file id that cannot be guessed.</summary>
public interface IRandomText
{
    /// <summary><paramref name="length"/> letters of <paramref name="alphabet"/>.</summary>
    string Next(string alphabet, int length);
}
