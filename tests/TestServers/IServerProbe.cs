namespace CodeInterpreter.TestServers;

/// <summary>Finds out whether a server speaks its protocol: a published port accepts connections before that.</summary>
internal interface IServerProbe
{
    /// <exception cref="IOException">The server hung up.</exception>
    Task<bool> AnswersAsync(Stream stream, CancellationToken cancellationToken);
}
