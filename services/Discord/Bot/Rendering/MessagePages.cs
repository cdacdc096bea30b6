using System.Text;

namespace CodeInterpreter.Discord.Bot.Rendering;

/// <summary>Lays lines and their files out on as few messages as Discord's limits allow.</summary>
/// <param name="maxRequestBytes">Bytes of all files of a message.</param>
/// <param name="maxMessages">The first answer and its follow-ups.</param>
internal sealed class MessagePages(long maxRequestBytes, int maxMessages)
{
    /// <summary>Characters of a message.</summary>
    public const int MaxLength = 2000;

    /// <summary>Files of a message.</summary>
    public const int MaxFiles = 10;

    private readonly List<OutgoingMessage> _full = [];
    private readonly StringBuilder _content = new();
    private readonly List<OutgoingFile> _files = [];

    /// <summary>All messages, at least one.</summary>
    public IReadOnlyList<OutgoingMessage> Messages => [.. _full, new OutgoingMessage(_content.ToString(), [.. _files])];

    /// <summary>Adds a line, with its file if it has one.</summary>
    /// <param name="line">At most <see cref="MaxLength"/> characters.</param>
    /// <param name="file">What is attached; null for none.</param>
    /// <param name="reserved">Characters that the last message has to have left after it.</param>
    /// <returns>Whether there was space.</returns>
    public bool TryAdd(string line, OutgoingFile? file = null, int reserved = 0)
    {
        var isLast = _full.Count == maxMessages - 1;
        if (!Fits(line, file, isLast ? reserved : 0))
        {
            if (isLast)
                return false;
            _full.Add(new OutgoingMessage(_content.ToString(), [.. _files]));
            _content.Clear();
            _files.Clear();
            if (!Fits(line, file, _full.Count == maxMessages - 1 ? reserved : 0))
                return false;
        }

        if (_content.Length > 0)
            _content.Append('\n');
        _content.Append(line);
        if (file is not null)
            _files.Add(file);
        return true;
    }

    private bool Fits(string line, OutgoingFile? file, int reserved) =>
        _content.Length + 1 + line.Length + reserved <= MaxLength
        && (file is null || (_files.Count < MaxFiles && _files.Sum(other => other.Size) + file.Size <= maxRequestBytes));
}
