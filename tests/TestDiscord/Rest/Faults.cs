using System.Text.RegularExpressions;

namespace CodeInterpreter.TestDiscord.Rest;

/// <summary>The faults that a test has ordered; each happens once, to the next request that it fits.</summary>
internal sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly List<(string Method, Regex Path, Fault Fault)> _planned = [];

    /// <summary>How many have not happened yet.</summary>
    public int Left
    {
        get
        {
            lock (_lock)
                return _planned.Count;
        }
    }

    /// <param name="method">The method of the requests, in capitals.</param>
    /// <param name="path">A regular expression for their path.</param>
    /// <param name="faults">What happens to the first, the second, and so on.</param>
    public void Plan(string method, string path, params IEnumerable<Fault> faults)
    {
        lock (_lock)
            _planned.AddRange(faults.Select(fault => (method, new Regex(path), fault)));
    }

    public Fault? Take(string method, string path)
    {
        lock (_lock)
        {
            var index = _planned.FindIndex(planned => planned.Method == method && planned.Path.IsMatch(path));
            if (index < 0)
                return null;
            var fault = _planned[index].Fault;
            _planned.RemoveAt(index);
            return fault;
        }
    }
}
