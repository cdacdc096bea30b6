using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CodeInterpreter.Execution.V1;
using Google.Rpc;
using Grpc.Core;

namespace CodeInterpreter.EndToEnd.Tests.Executions;

/// <summary>A limit that makes no sense is refused by its name, with what is possible.</summary>
public sealed class RefusedLimitTests(StandaloneFixture product)
{
    public static TheoryData<string, double, string> Limits()
    {
        var data = new TheoryData<string, double, string>();
        foreach (
            var (field, most, isTime) in new[]
            {
                ("wall_time_seconds", 300d, true),
                ("cpu_time_seconds", 300, true),
                ("memory_bytes", 1 << 30, false),
                ("processes", 256, false),
                ("output_bytes", 1 << 20, false),
                ("file_bytes", 50 << 20, false),
                ("files", 200, false),
                ("total_file_bytes", 256 << 20, false),
            }
        )
        {
            foreach (var value in (double[])[0, -1, most + 1])
                data.Add(field, value, $"{most}");
            if (isTime)
                foreach (var value in (double[])[double.NaN, double.PositiveInfinity])
                    data.Add(field, value, $"{most}");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task LimitOutOfRange_OverGrpc_IsInvalidArgument(string field, double value, string most)
    {
        var request = new ExecuteRequest
        {
            UserId = "me",
            Code = "print(1)",
            Limits = new ExecutionLimits(),
        };
        var descriptor = ExecutionLimits.Descriptor.FindFieldByName(field);
        descriptor.Accessor.SetValue(
            request.Limits,
            descriptor.FieldType switch
            {
                Google.Protobuf.Reflection.FieldType.Double => value,
                Google.Protobuf.Reflection.FieldType.Int64 => (object)(long)value,
                _ => (int)value,
            }
        );

        var refused = await Should.ThrowAsync<RpcException>(async () =>
            await new ExecutionService.ExecutionServiceClient(product.Grpc).ExecuteAsync(request)
        );

        refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        var violation = refused.GetRpcStatus()!.GetDetail<BadRequest>().FieldViolations.ShouldHaveSingleItem();
        violation.Field.ShouldBe("limits." + field);
        violation.Description.ShouldContain("at most " + most);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task LimitOutOfRange_OverHttp_Is400(string field, double value, string most)
    {
        var number = value.ToString(CultureInfo.InvariantCulture);
        using var body = new StringContent(
            $$"""{"user_id": "me", "code": "print(1)", "limits": {"{{field}}": {{number}} } }""",
            null,
            "application/json"
        );

        using var answer = await product.Http.PostAsync("/v1/executions", body, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        // JSON has no such numbers.
        var (name, text) = double.IsFinite(value) ? ("limits." + field, "at most " + most) : ("body", "not valid JSON");
        var error = problem["errors"]!.AsObject().ShouldHaveSingleItem();
        error.Key.ShouldBe(name);
        error.Value![0]!.GetValue<string>().ShouldContain(text);
    }
}
