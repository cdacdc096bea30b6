using CodeInterpreter.Client;
using CodeInterpreter.Discord.Bot.Rendering;

namespace CodeInterpreter.Discord.Bot.Answers;

/// <summary>How far an execution is, as its events say.</summary>
internal sealed class LiveProgress
{
    // More than a message shows, with all that is removed from it.
    private const int KeptOutput = 16 * 1024;

    private readonly Lock _lock = new();
    private string _output = "";
    private int _ahead;
    private bool _isRunning;
    private bool _isAgain;

    /// <summary>What a message shows of it.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
                return _isRunning ? LiveText.Running(_output, _isAgain) : LiveText.Waiting(_ahead);
        }
    }

    public void Apply(ExecutionEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case ExecutionEvent.Queued queued:
                    _ahead = queued.Ahead;
                    break;
                case ExecutionEvent.Started started:
                    (_isRunning, _isAgain, _output) = (true, started.Again, "");
                    break;
                case ExecutionEvent.Stdout output:
                    Append(output.Text);
                    break;
                case ExecutionEvent.Stderr error:
                    Append(error.Text);
                    break;
            }
        }
    }

    private void Append(string text) => _output = Cut.End(_output + text, KeptOutput);
}
