using System.Net;
using System.Text.Json.Nodes;
using FanOut.Aws.StepFunctions;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class StepFunctionsTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_execution_has_the_name_and_the_input_and_a_repeat_is_the_same_one()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        string machine = await CreateAsync(api, "states-tests");
        using AmazonStepFunctionsClient client = Client(endpoint);
        StartExecutionRequest request = new() { StateMachineArn = machine, Name = "4959_0-a1"u8.ToArray(), Input = """{"text":"é€😀\n\"","n":1}"""u8.ToArray() };

        StartExecutionResponse first = await client.StartExecutionAsync(request, Cancellation);
        StartExecutionResponse again = await client.StartExecutionAsync(request, Cancellation);
        AmazonStepFunctionsException other = await Assert.ThrowsAsync<AmazonStepFunctionsException>(
            () => client.StartExecutionAsync(new() { StateMachineArn = machine, Name = request.Name, Input = "{}"u8.ToArray() }, Cancellation));

        Assert.Equal(($"arn:aws:states:us-east-1:123456789012:execution:states-tests:4959_0-a1", first.ExecutionArn), (first.ExecutionArn, again.ExecutionArn));
        Assert.Equal((HttpStatusCode.BadRequest, "ExecutionAlreadyExists"), (other.StatusCode, other.ErrorCode));
        JsonNode execution = await api.JsonAsync("states", "AWSStepFunctions.DescribeExecution", new() { ["executionArn"] = first.ExecutionArn });
        Assert.Equal("""{"text":"é€😀\n\"","n":1}""", (string?)execution["input"]);
    }

    [Fact]
    public async Task State_machines_are_described_and_listed_and_one_that_is_absent_is_a_typed_refusal()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        string machine = await CreateAsync(api, "states-lookup");
        using AmazonStepFunctionsClient client = Client(endpoint);

        DescribeStateMachineResponse found = await client.DescribeStateMachineAsync(new() { StateMachineArn = machine }, Cancellation);
        ListStateMachinesResponse listed = await client.ListStateMachinesAsync(new(), Cancellation);
        AmazonStepFunctionsException refusal = await Assert.ThrowsAsync<AmazonStepFunctionsException>(
            () => client.DescribeStateMachineAsync(new() { StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:absent" }, Cancellation));

        Assert.Equal(("states-lookup", machine, "STANDARD", "ACTIVE"), (found.Name, found.StateMachineArn, found.Type, found.Status));
        Assert.Contains(machine, listed.StateMachines!.Select(static m => m.StateMachineArn));
        Assert.Equal((HttpStatusCode.BadRequest, "StateMachineDoesNotExist"), (refusal.StatusCode, refusal.ErrorCode));
    }

    /// <summary>Makes a state machine.</summary>
    /// <returns>Its ARN.</returns>
    internal static async Task<string> CreateAsync(ServiceApi api, string name) => (string)(await api.JsonAsync("states", "AWSStepFunctions.CreateStateMachine", new()
    {
        ["name"] = name,
        ["definition"] = """{"StartAt":"Done","States":{"Done":{"Type":"Pass","End":true}}}""",
        ["roleArn"] = $"arn:aws:iam::{Emulated.Account}:role/states",
    }))["stateMachineArn"]!;

    private static AmazonStepFunctionsClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonStepFunctionsClient.Service, endpoint));
}
