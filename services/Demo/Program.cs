using CodeInterpreter.Client;
using CodeInterpreter.Demo;
using Spectre.Console;

if (!DemoOptions.TryParse(args, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(DemoOptions.Usage);
    return 2;
}

// File ids must stay in one piece, also where the terminal is narrow or is a log.
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, ResultPrinter.MinimumWidth);

try
{
    using var interpreter = new Interpreter(options.Address);
    await new Walkthrough(interpreter).RunAsync();
    NextSteps.Print(options);
    return 0;
}
catch (DemoFailedException failure)
{
    AnsiConsole.MarkupLineInterpolated($"[red]The demo failed:[/] {failure.Message}");
    return 1;
}
catch (CodeInterpreterException failure)
{
    var hint = failure.Reason == ErrorReasons.Unavailable ? " Is the service running? make run starts it." : "";
    AnsiConsole.MarkupLineInterpolated($"[red]The demo failed:[/] {options.Address} answered {failure.Reason}: {failure.Message}{hint}");
    return 1;
}
