using CodeInterpreter.Contracts;

namespace CodeInterpreter.Runner.Files;

/// <summary>Observes a harvest while it runs. It must not wait, because the sandbox waits as well.</summary>
internal interface IHarvestObserver
{
    /// <summary>The file store has the file.</summary>
    void Stored(GeneratedFile file);
}
