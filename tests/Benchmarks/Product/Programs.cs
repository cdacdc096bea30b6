namespace CodeInterpreter.Benchmarks.Product;

/// <summary>Python that more than one scenario runs.</summary>
internal static class Programs
{
    public const string FourFiles = """
        for name in ("a.txt", "b.csv", "c.json", "d.html"):
            with open(name, "w") as file:
                file.write("1,2,3\n" * 100)
        """;
}
