namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>A running sandbox, good for one execution. Disposing it destroys it with all that runs in it.</summary>
internal interface ISandbox : IAsyncDisposable
{
    /// <summary>Its name in the engine.</summary>
    string Name { get; }

    /// <summary>Standard input (written) and standard output (read) of its process 1.</summary>
    Stream Channel { get; }

    /// <summary>Lowers what it may use; null leaves a limit as it is. False when it uses more than that already.</summary>
    Task<bool> LimitAsync(long? memoryBytes, int? processes, CancellationToken cancellationToken);

    /// <summary>Asks the engine why the sandbox failed. Throws nothing.</summary>
    Task<SandboxFailureCause> FindCauseAsync();

    /// <summary>
    /// Closes the channel and waits a moment for process 1 to leave, as one that has done its work does. To end it by force costs the
    /// engine another process; disposing does that to one that has stayed.
    /// </summary>
    Task LeaveAsync();
}
