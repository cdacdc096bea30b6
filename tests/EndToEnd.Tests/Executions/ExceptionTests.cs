using System.Text.Json.Nodes;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>An uncaught exception is there as data, besides its traceback.</summary>
public sealed class ExceptionTests(StandaloneFixture product)
{
    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task Exception_InNestedFunctions_HasItsFrames()
    {
        var exception = await ExceptionOfAsync(
            """
            def inner(x):
                raise ValueError(f'bad {x}: größe')

            def outer():
                inner(1)

            outer()
            """
        );

        (exception.Text("type"), exception.Text("message")).ShouldBe(("ValueError", "bad 1: größe"));
        exception
            .Objects("frames")
            .Select(frame => (frame.Text("file"), frame["line"]!.GetValue<int>(), frame.Text("function"), frame.Text("code")))
            .ShouldBe([
                ("main.py", 7, "<module>", "outer()"),
                ("main.py", 5, "outer", "inner(1)"),
                ("main.py", 2, "inner", "raise ValueError(f'bad {x}: größe')"),
            ]);
        exception["truncated"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Exception_SyntaxError_HasItsPosition()
    {
        var exception = await ExceptionOfAsync("x = 1\nprint('open\n");

        exception.Text("type").ShouldBe("SyntaxError");
        var place = exception.Objects("frames")[^1];
        (place.Text("file"), place["line"]!.GetValue<int>(), place.Text("code")).ShouldBe(("main.py", 2, "print('open"));
    }

    [Fact]
    public async Task Exception_Chain_IsTheLastOne()
    {
        var exception = await ExceptionOfAsync(
            """
            try:
                {}['missing']
            except KeyError as e:
                raise RuntimeError('outer') from e
            """
        );

        (exception.Text("type"), exception.Text("message")).ShouldBe(("RuntimeError", "outer"));
        exception.Objects("frames").Single()["line"]!.GetValue<int>().ShouldBe(4);
    }

    [Fact]
    public async Task Exception_OfALibrary_HasItsModule()
    {
        var exception = await ExceptionOfAsync("import json\njson.loads('{')");

        exception.Text("type").ShouldBe("json.decoder.JSONDecodeError");
        exception.Objects("frames").Count.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("import sys; sys.exit(3)")]
    [InlineData("import os; os._exit(1)")]
    [InlineData("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")]
    [InlineData("try: 1 / 0\nexcept ZeroDivisionError: print('caught')")]
    public async Task Exception_AllCaught_IsNone(string code) => (await product.ExecuteAsync(_user, code))["exception"].ShouldBeNull();

    private async Task<JsonObject> ExceptionOfAsync(string code)
    {
        var result = await product.ExecuteAsync(_user, code);
        (result.Text("outcome"), result["return_code"]!.GetValue<int>()).ShouldBe(("NonZeroExit", 1));
        return result["exception"].ShouldNotBeNull().AsObject();
    }
}
