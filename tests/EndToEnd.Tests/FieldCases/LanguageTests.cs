namespace CodeInterpreter.EndToEnd.Tests.FieldCases;

/// <summary>Programs in other languages than Python have the same folder, inputs and results.</summary>
public sealed class LanguageTests(FieldCaseProduct product)
{
    private static readonly FieldCase[] Cases =
    [
        new(
            "A shell script sorts a file",
            """
            set -euo pipefail
            sort --reverse fruit.txt > sorted.txt
            echo "$(wc -l < sorted.txt) kinds"
            """
        )
        {
            Language = "bash",
            Inputs = [("fruit.txt", FieldCase.Text("apple\npear\nfig\n"))],
            Output = "3 kinds",
            Files = ["sorted.txt"],
            Look = "print(open('sorted.txt').read().split())",
            Seen = "['pear', 'fig', 'apple']",
        },
        new("A shell script fails with the status of its last command", "ls missing.txt")
        {
            Language = "bash",
            Succeeds = false,
            Errors = ["missing.txt"],
        },
        new(
            "JavaScript reads a file and writes another one",
            """
            const fs = require('fs');
            const stock = JSON.parse(fs.readFileSync('stock.json', 'utf8'));
            const total = Object.values(stock).reduce((sum, n) => sum + n, 0);
            fs.writeFileSync('total.json', JSON.stringify({ total }));
            console.log(total);
            """
        )
        {
            Language = "javascript",
            Inputs = [("stock.json", FieldCase.Text("{\"nuts\": 4, \"bolts\": 9}"))],
            Output = "13",
            Files = ["total.json"],
        },
        new(
            "JavaScript waits at the top of a module",
            """
            import { setTimeout } from 'node:timers/promises';
            console.log(await setTimeout(1, 'waited'));
            """
        )
        {
            Language = "javascript",
            Output = "waited",
        },
        new(
            "TypeScript runs with its types",
            """
            type Tree = { name: string; height: number };
            const trees: Tree[] = [{ name: 'elm', height: 20 }, { name: 'fir', height: 35 }];
            const highest: Tree = trees.reduce((a: Tree, b: Tree): Tree => (a.height > b.height ? a : b));
            console.log(highest.name);
            """
        )
        {
            Language = "typescript",
            Output = "fir",
        },
    ];

    public static TheoryData<string> Titles => FieldCaseProduct.Titles(Cases);

    [Theory]
    [MemberData(nameof(Titles))]
    public Task Case_OfALanguage_Runs(string title) => product.TryAsync(Cases, title);
}
