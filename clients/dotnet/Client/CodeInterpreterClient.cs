using CodeInterpreter.Execution.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace CodeInterpreter.Client;

/// <summary>
/// Runs untrusted code in throwaway sandboxes of a Code Interpreter service. A client is safe for use by many threads and keeps its
/// connections:
/// make one for each service, and use <see cref="ForUser"/> for each user.
/// </summary>
public sealed class CodeInterpreterClient : IDisposable
{
    private readonly Connection _connection;
    private readonly GrpcChannel? _channel;

    /// <summary>Makes a client. It connects with the first call.</summary>
    /// <param name="address">The gRPC address of the service, such as <c>http://127.0.0.1:8081</c>.</param>
    /// <param name="userId">The user whose executions and files these are: 1 to 64 characters of <c>A-Z a-z 0-9 _ -</c>.</param>
    /// <param name="apiKey">The API key; null where the operator requires none.</param>
    /// <exception cref="ArgumentException">The address is not an absolute http or https address.</exception>
    public CodeInterpreterClient(string address, string userId, string? apiKey = null)
        : this(
            new CodeInterpreterClientOptions
            {
                Address = new Uri(address, UriKind.RelativeOrAbsolute),
                UserId = userId,
                ApiKey = apiKey,
            }
        ) { }

    /// <summary>Makes a client. It connects with the first call.</summary>
    /// <param name="options">Where the service is, who calls it, and how patient its caller is.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names it.</exception>
    public CodeInterpreterClient(CodeInterpreterClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = OptionsRules.Check(options).ToList();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        _channel = Channels.Open(options.Address);
        _connection = new Connection(new Wire(_channel.CreateCallInvoker()), options, ClientInstruments.Shared);
        (UserId, Executions, Files) = (options.UserId, new(_connection, this), new(_connection, this));
    }

    internal CodeInterpreterClient(Connection connection, string? userId)
    {
        _connection = connection;
        (UserId, Executions, Files) = (userId, new(_connection, this), new(_connection, this));
    }

    /// <summary>The user whose executions and files these are; null for a client that needs <see cref="ForUser"/>.</summary>
    public string? UserId { get; }

    /// <summary>Executions that exist.</summary>
    public ExecutionOperations Executions { get; }

    /// <summary>The user's stored files.</summary>
    public FileOperations Files { get; }

    internal string RequiredUserId =>
        UserId
        ?? throw new InvalidOperationException(
            $"The client has no user. Set {nameof(CodeInterpreterClientOptions.UserId)}, or call {nameof(ForUser)}."
        );

    /// <summary>Returns a client for another user over the same connections. It need not be disposed.</summary>
    /// <param name="userId">The user: 1 to 64 characters of <c>A-Z a-z 0-9 _ -</c>.</param>
    public CodeInterpreterClient ForUser(string userId)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        return new CodeInterpreterClient(_connection, userId);
    }

    /// <summary>
    /// Runs code and returns its result when the code has ended and its files are stored. Failing code is no exception: see
    /// <see cref="ExecutionResult.Outcome"/>. Where a connection breaks or the service is unavailable, the call is repeated; the code runs
    /// once.
    /// </summary>
    /// <param name="request">What to run; a string is Python.</param>
    /// <param name="cancellationToken">
    /// Cancels the execution, too, unless the request has an <see cref="ExecutionRequest.IdempotencyKey"/> of its own.
    /// </param>
    /// <exception cref="CodeInterpreterException">The request is wrong or could not be served.</exception>
    public Task<ExecutionResult> RunAsync(ExecutionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new WaitedRun(_connection, ToMessage(request), request.Timeout, request.IdempotencyKey is null).RunAsync(cancellationToken);
    }

    /// <summary>
    /// Runs code and returns what happens while it happens. Where the connection breaks, the stream continues after the last event that
    /// arrived.
    /// The execution goes on when its caller stops reading: cancel it with <see cref="ExecutionOperations.CancelAsync"/>.
    /// </summary>
    /// <param name="request">What to run; a string is Python.</param>
    /// <param name="cancellationToken">Ends the stream. The execution goes on.</param>
    /// <exception cref="CodeInterpreterException">The request is wrong or could not be served.</exception>
    public IAsyncEnumerable<ExecutionEvent> StreamAsync(ExecutionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new EventStream(_connection, RequiredUserId, new EventReader()).RunAsync(ToMessage(request), cancellationToken);
    }

    /// <summary>
    /// Runs code that reads standard input while it runs. The execution ends with its connection; a call that the service refuses for the
    /// moment
    /// is repeated, nothing else is.
    /// </summary>
    /// <param name="request">
    /// What to run; a string is Python. Its <see cref="ExecutionRequest.Stdin"/> comes before all other input.
    /// </param>
    /// <param name="cancellationToken">Cancels the execution, at any time.</param>
    /// <exception cref="CodeInterpreterException">The request is wrong or could not be served.</exception>
    public Task<InteractiveExecution> StartInteractiveAsync(ExecutionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Without a key: the service then cancels an execution whose connection breaks.
        var message = RequestMapping.ToMessage(request, RequiredUserId, request.IdempotencyKey ?? "");
        return InteractiveExecution.StartAsync(_connection, message, request.Timeout, cancellationToken);
    }

    /// <summary>
    /// Accepts code and returns at once. The execution runs whether its caller stays or not: see
    /// <see cref="ExecutionOperations.WaitAsync"/>.
    /// </summary>
    /// <param name="request">What to run; a string is Python. Its <see cref="ExecutionRequest.IncludeData"/> belongs to the wait.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException">The request is wrong or could not be served.</exception>
    public async Task<Execution> SubmitAsync(ExecutionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var message = ToMessage(request);
        return ResultMapping.ToExecution(
            await _connection.CallAsync("submit", options => _connection.Wire.Executions.SubmitAsync(message, options), cancellationToken)
        );
    }

    /// <summary>Returns what the sandboxes have: Python, packages, programs, languages and limits.</summary>
    /// <param name="package">Returns only this package; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CodeInterpreterException">
    /// <see cref="ErrorReasons.Unavailable"/> until the first runner has announced its image, or the call failed.
    /// </exception>
    public async Task<SandboxEnvironment> GetEnvironmentAsync(string? package = null, CancellationToken cancellationToken = default)
    {
        var request = new Environments.V1.GetEnvironmentRequest { UserId = UserId ?? "", Package = package ?? "" };
        return EnvironmentMapping.ToEnvironment(
            await _connection.CallAsync(
                "environment",
                options => _connection.Wire.Environments.GetEnvironmentAsync(request, options),
                cancellationToken
            )
        );
    }

    /// <summary>
    /// Deletes everything that belongs to the user: executions with their results and events, and all files. Executions that have not
    /// finished are cancelled first.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call. What is deleted then stays deleted.</param>
    /// <exception cref="CodeInterpreterException">
    /// <see cref="ErrorReasons.StillRunning"/> if an execution did not stop within 30 seconds: everything else is deleted, so call again.
    /// Or the call failed.
    /// </exception>
    public async Task<DeletedUserData> DeleteUserDataAsync(CancellationToken cancellationToken = default)
    {
        var request = new Users.V1.DeleteUserDataRequest { UserId = RequiredUserId };
        var deleted = await _connection.CallAsync(
            "delete",
            options => _connection.Wire.Users.DeleteDataAsync(request, options),
            cancellationToken,
            TimeSpan.FromMinutes(2)
        );
        return new DeletedUserData(deleted.Executions, deleted.Files);
    }

    /// <summary>One attempt of a small call, which needs a valid key and a running runner.</summary>
    internal async Task<SandboxEnvironment> PingAsync(CancellationToken cancellationToken)
    {
        var request = new Environments.V1.GetEnvironmentRequest { UserId = UserId ?? "", Package = "pip" };
        try
        {
            var deadline = _connection.Time.GetUtcNow() + _connection.CallTimeout;
            var options = await _connection.PrepareAsync(deadline, cancellationToken);
            return EnvironmentMapping.ToEnvironment(await _connection.Wire.Environments.GetEnvironmentAsync(request, options));
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException exception)
        {
            throw RpcFailures.Translate(exception);
        }
    }

    /// <summary>Closes the connections, unless a container or another client owns them.</summary>
    public void Dispose() => _channel?.Dispose();

    private ExecuteRequest ToMessage(ExecutionRequest request) =>
        RequestMapping.ToMessage(request, RequiredUserId, request.IdempotencyKey ?? Guid.NewGuid().ToString("N"));
}
