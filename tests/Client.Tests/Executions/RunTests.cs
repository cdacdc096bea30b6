namespace CodeInterpreter.Client.Tests.Executions;

/// <summary>Running code and waiting for its result.</summary>
public sealed class RunTests(ProductFixture product)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_InThreeLines_RunsCode()
    {
        using var client = new CodeInterpreterClient(product.Address.ToString(), userId: ProductFixture.NewUser());
        var result = await client.RunAsync("print(1)", Token);
        result.Output.ShouldBe("1\n");
    }

    [Fact]
    public async Task Run_Result_HasAllFields()
    {
        using var client = product.NewClient();

        var result = await client.RunAsync(
            "import os, sys\nos.makedirs('a')\nopen('a/b.csv', 'w').write('x\\n1\\n')\n"
                + "print('out')\nprint('err', file=sys.stderr)\nopen('/tmp/left.csv', 'w').write('1')",
            Token
        );

        result.EnsureSucceeded().ShouldBeSameAs(result);
        (result.Outcome, result.KilledBy, result.ReturnCode, result.Output, result.Error).ShouldBe(
            (Outcome.Succeeded, KilledBy.Nothing, 0, "out\n", "err\n")
        );
        var file = result.FindFile("a/b.csv").ShouldNotBeNull();
        (file.Type, file.MimeType, file.Size, file.Data).ShouldBe(("data", "text/csv", 4, null));
        file.ExpiresAt.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddHours(40));
        result.ExecutionTime.ShouldBeGreaterThan(TimeSpan.Zero);
        result.Usage.PeakMemoryBytes.ShouldBeGreaterThan(0);
        result.LeftBehind.Select(left => left.Path).ShouldBe(["/tmp/left.csv"]);
        result.ExecutionId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Run_Request_IsSentWithAllFields()
    {
        using var client = product.NewClient();

        var result = await client.RunAsync(
            new ExecutionRequest("import os, sys\nprint(os.environ['GREETING'], sys.argv[1], input(), open('in/a.txt').read())\n6 * 7")
            {
                Environment = new Dictionary<string, string> { ["GREETING"] = "hello" },
                Arguments = ["big"],
                Stdin = "world\n",
                Files = [InputFile.FromText("in/a.txt", "ä")],
                Echo = true,
                Limits = new ExecutionLimits { WallTime = TimeSpan.FromSeconds(10), Processes = 20 },
            },
            Token
        );

        result.Output.ShouldBe("hello big world ä\n42\n");
    }

    [Fact]
    public async Task Run_OtherLanguagesAndMergedOutput_AreSupported()
    {
        using var client = product.NewClient();

        var result = await client.RunAsync(
            new ExecutionRequest("echo 1; echo 2 >&2; echo 3") { Language = "bash", MergeOutput = true },
            Token
        );

        (result.Output, result.Error).ShouldBe(("1\n2\n3\n", ""));
    }

    [Fact]
    public async Task Run_FailingCode_IsAValueUntilAnExceptionIsAskedFor()
    {
        using var client = product.NewClient();

        var result = await client.RunAsync("def half(x):\n    return x / 0\n\nhalf(1)", Token);

        (result.Success, result.Outcome, result.ReturnCode).ShouldBe((false, Outcome.NonZeroExit, 1));
        var exception = result.Exception.ShouldNotBeNull();
        (exception.Type, exception.Message).ShouldBe(("ZeroDivisionError", "division by zero"));
        exception.Frames.Select(frame => (frame.Line, frame.Function)).ShouldBe([(4, "<module>"), (2, "half")]);
        var failure = Should.Throw<ExecutionFailedException>(() => result.EnsureSucceeded());
        (failure.Reason, failure.ExecutionId, failure.Result).ShouldBe(("OUTCOME_NON_ZERO_EXIT", result.ExecutionId, result));
    }

    [Fact]
    public async Task Run_StoppedCode_HasTheReasonAndItsOutput()
    {
        using var client = product.NewClient();

        var result = await client.RunAsync(
            new ExecutionRequest("print('before', flush=True)\nwhile True: pass")
            {
                Limits = new ExecutionLimits { WallTime = TimeSpan.FromSeconds(0.5) },
            },
            Token
        );

        (result.Outcome, result.KilledBy, result.Output).ShouldBe((Outcome.TimedOut, KilledBy.WallTime, "before\n"));
        result.Message.ShouldContain("0.5 s");
    }

    [Fact]
    public async Task Run_LongOutput_HasItsBeginningItsEndAndAFile()
    {
        using var client = product.NewClient();

        var result = await client.RunAsync(
            new ExecutionRequest("for i in range(1000): print(i)") { Limits = new ExecutionLimits { OutputBytes = 20 } },
            Token
        );

        (result.OutputTruncated, result.OutputBytes).ShouldBe((true, 3890));
        result.Output.ShouldStartWith("0\n1\n");
        result.OutputTail.ShouldEndWith("999\n");
        (await client.Files.ReadBytesAsync(result.OutputFileId!, Token)).Length.ShouldBe(3890);
    }

    [Fact]
    public async Task Run_LargeResults_AreReceived()
    {
        using var client = product.NewClient();

        var result = await client.RunAsync(
            new ExecutionRequest(
                "import os, sys\nsys.stdout.write('é' * 500_000)\nsys.stderr.write('x' * 1_000_000)\n"
                    + "open('a.bin', 'wb').write(os.urandom(1 << 20))\nopen('b.bin', 'wb').write(os.urandom(1 << 20))"
            )
            {
                IncludeData = true,
            },
            Token
        );

        (result.Output.Length, result.Error.Length).ShouldBe((500_000, 1_000_000));
        result.GeneratedFiles.Select(file => file.Data?.Length).ShouldBe([1 << 20, 1 << 20]);
    }

    [Fact]
    public async Task Run_InvalidRequest_NamesItsFields()
    {
        using var client = product.NewClient();

        var failure = await Should.ThrowAsync<CodeInterpreterException>(() =>
            client.RunAsync(new ExecutionRequest("1") { Limits = new ExecutionLimits { MemoryBytes = 1 } }, Token)
        );

        (failure.Reason, failure.IsTransient).ShouldBe((ErrorReasons.InvalidArgument, false));
        failure.Violations.Select(violation => violation.Field).ShouldBe(["limits.memory_bytes"]);
        failure.Violations[0].Description.ShouldContain("67108864");
    }

    [Fact]
    public async Task Run_SameKey_IsTheSameExecutionAndRefusedWithOtherCode()
    {
        using var client = product.NewClient();
        var request = new ExecutionRequest("import secrets; print(secrets.token_hex())") { IdempotencyKey = "message-7" };

        var first = await client.RunAsync(request, Token);
        var second = await client.RunAsync(request, Token);
        var failure = await Should.ThrowAsync<CodeInterpreterException>(() => client.RunAsync(request with { Code = "1" }, Token));

        (second.ExecutionId, second.Output).ShouldBe((first.ExecutionId, first.Output));
        (failure.Reason, failure.ExecutionId).ShouldBe((ErrorReasons.IdempotencyKeyTaken, first.ExecutionId));
    }

    [Fact]
    public async Task Users_HaveExecutionsOfTheirOwn()
    {
        using var client = product.NewClient();
        var other = client.ForUser(ProductFixture.NewUser());

        var result = await other.RunAsync("print(1)", Token);

        (await other.Executions.GetAsync(result.ExecutionId, cancellationToken: Token)).UserId.ShouldBe(other.UserId);
        var failure = await Should.ThrowAsync<CodeInterpreterException>(() =>
            client.Executions.GetAsync(result.ExecutionId, cancellationToken: Token)
        );
        failure.Reason.ShouldBe(ErrorReasons.NotFound);
    }

    [Fact]
    public async Task Run_WithoutAUser_SendsNothing()
    {
        using var client = new CodeInterpreterClient(new CodeInterpreterClientOptions { Address = product.Address });

        (await Should.ThrowAsync<InvalidOperationException>(() => client.RunAsync("1", Token))).Message.ShouldContain("ForUser");
        (await client.ForUser(ProductFixture.NewUser()).RunAsync("print(1)", Token)).Output.ShouldBe("1\n");
    }

    [Fact]
    public async Task Environment_ListsWhatCodeCanUse()
    {
        using var client = product.NewClient();

        var environment = await client.GetEnvironmentAsync(cancellationToken: Token);
        var one = await client.GetEnvironmentAsync("numpy", Token);

        environment.Python.ShouldStartWith("3.");
        environment.Languages[0].ShouldBe("python");
        environment.Packages.ShouldContain(package => package.Name == "pandas" && package.Version.Length > 0);
        environment.WorkingDirectory.ShouldBe("/mnt/data");
        environment.Limits.DefaultWallTime.ShouldBe(TimeSpan.FromSeconds(30));
        environment.Prompt.ShouldStartWith("Code runs in a fresh Linux sandbox");
        environment.Images.Single().Runners.ShouldBe(1);
        one.Packages.Select(package => package.Name).ShouldBe(["numpy"]);
    }
}
