namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>What the interpreter in a sandbox has imported before it gets its code.</summary>
internal enum SandboxProfile
{
    /// <summary>The standard library's usual modules.</summary>
    Bare,

    /// <summary>numpy, pandas and matplotlib as well.</summary>
    Data,

    /// <summary>Nothing: for code that waits already, and imports what it needs sooner than all of it were imported ahead.</summary>
    Lean,
}
