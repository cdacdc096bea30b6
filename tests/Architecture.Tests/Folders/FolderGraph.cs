using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodeInterpreter.Architecture.Tests.Folders;

/// <summary>
/// Which folders of a project use which. A folder uses another one when the compiler resolves something in its files to a type of the
/// other, with or without a <c>using</c>. A folder and the one that contains it are two folders.
/// </summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<string, Dictionary<string, string>> _uses = [];

    /// <param name="compilation">The project. The paths of its sources are relative to the project's folder.</param>
    /// <param name="sources">Those of its sources that count; generated ones do not.</param>
    public FolderGraph(Compilation compilation, IReadOnlySet<string> sources)
    {
        foreach (var tree in compilation.SyntaxTrees.Where(tree => sources.Contains(tree.FilePath)))
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var type in tree.GetRoot().DescendantNodes().SelectMany(node => TypesIn(node, model)))
            {
                foreach (var declaration in type.Locations.Select(place => place.SourceTree?.FilePath).OfType<string>())
                {
                    if (sources.Contains(declaration))
                        Add(tree.FilePath, declaration, type.Name);
                }
            }
        }
    }

    /// <summary>One line for each use of a folder by another one that, directly or not, uses it in turn.</summary>
    public IReadOnlyList<string> Cycles =>
        [
            .. _uses
                .SelectMany(folder => folder.Value.Select(use => (From: folder.Key, To: use.Key, Example: use.Value)))
                .Where(use => Reachable(use.To).Contains(use.From))
                .Select(use => $"{use.From} -> {use.To}: {use.Example}")
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<INamedTypeSymbol> TypesIn(SyntaxNode node, SemanticModel model)
    {
        if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
            return [];
        var found = model.GetSymbolInfo(node);
        IEnumerable<ISymbol> symbols = found.Symbol is { } symbol ? [symbol] : found.CandidateSymbols;
        return symbols.Select(one => one as INamedTypeSymbol ?? one.ContainingType).Where(type => type is not null);
    }

    private void Add(string user, string used, string type)
    {
        var (from, to) = (FolderOf(user), FolderOf(used));
        if (from == to)
            return;
        if (!_uses.TryGetValue(from, out var uses))
            _uses[from] = uses = [];
        uses.TryAdd(to, $"{Path.GetFileName(user)} uses {type}");
    }

    private HashSet<string> Reachable(string from)
    {
        var reached = new HashSet<string> { from };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var folder))
        {
            foreach (var next in _uses.GetValueOrDefault(folder, []).Keys.Where(reached.Add))
                open.Enqueue(next);
        }

        return reached;
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : "(root)";
}
