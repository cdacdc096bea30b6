namespace CodeInterpreter.Architecture.Tests.Folders;

/// <summary>The folders of a service have an order, and each uses only those below it.</summary>
public sealed class FolderCycleTests
{
    // A service is removed from here as soon as it has no cycle any more, and never added again.
    public static TheoryData<string> Services => [.. Repository.Services];

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_Folders_HaveNoCycle(string service) => ServiceCompilation.Of(service).Cycles.ShouldBeEmpty();

    [Fact]
    public void Cycle_OfTwoFolders_IsFound() =>
        ServiceCompilation
            .Of(
                ("One/First.cs", "namespace P.One; class First { Two.Second second; }"),
                ("Two/Second.cs", "using P.One; namespace P.Two; class Second { void Use() => new First().ToString(); }")
            )
            .Cycles.ShouldBe(["One -> Two: First.cs uses Second", "Two -> One: Second.cs uses First"]);

    [Fact]
    public void Cycle_OfAFolderAndItsParentWithoutAUsing_IsFound() =>
        ServiceCompilation
            .Of(
                ("Options.cs", "namespace P; class Options { public const string Name = \"\"; object inner = new Inner.Part(); }"),
                ("Inner/Part.cs", "namespace P.Inner; class Part { string name = nameof(Options.Name); }")
            )
            .Cycles.ShouldBe(["(root) -> Inner: Options.cs uses Part", "Inner -> (root): Part.cs uses Options"]);

    [Fact]
    public void Cycle_OfManyFolders_IsFoundWithoutFoldersThatOnlyLeadToIt() =>
        ServiceCompilation
            .Of(
                ("A/A.cs", "namespace P.A; class A { static P.B.B b; }"),
                ("B/B.cs", "namespace P.B; static class B { public static P.C.C c; public static void Extend(this string text) { } }"),
                ("C/C.cs", "using P.D; namespace P.C; class C { void Use() => 1.Count(); }"),
                ("D/D.cs", "using P.B; namespace P.D; static class D { public static void Count(this int i) => \"\".Extend(); }")
            )
            .Cycles.ShouldBe(["B -> C: B.cs uses C", "C -> D: C.cs uses D", "D -> B: D.cs uses B"]);

    [Fact]
    public void Cycle_FoldersInOneDirection_IsNotFound() =>
        ServiceCompilation
            .Of(
                ("Program.cs", "namespace P; class Program { Top.Page page; Base.Text text; }"),
                ("Top/Page.cs", "namespace P.Top; class Page { Base.Text text; }"),
                ("Base/Text.cs", "namespace P.Base; class Text;")
            )
            .Cycles.ShouldBeEmpty();
}
