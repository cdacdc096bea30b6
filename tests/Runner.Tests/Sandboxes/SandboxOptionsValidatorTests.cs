using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Tests.Sandboxes;

public sealed class SandboxOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Fit() => new SandboxOptionsValidator().Validate(null, new SandboxOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Validate_WritablePathsTogether_MustLeaveAnEighthOfTheMemory()
    {
        var options = new SandboxOptions();
        options.TempBytes++;

        var message = new SandboxOptionsValidator().Validate(null, options).FailureMessage!;

        message.ShouldContain("Sandbox:DataBytes");
        message.ShouldContain("/dev/shm");
        message.ShouldContain("Sandbox:MemoryBytes");
    }
}
