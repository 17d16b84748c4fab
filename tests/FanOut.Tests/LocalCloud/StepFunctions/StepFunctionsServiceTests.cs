using System.Text.Json;
using FanOut.LocalCloud;
using FanOut.LocalCloud.StepFunctions;

namespace FanOut.Tests.LocalCloud.StepFunctions;

public sealed class StepFunctionsServiceTests : CloudTests
{
    private const string Machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";

    [Fact]
    public async Task A_standard_execution_is_started_once_under_its_name()
    {
        StateMachine machine = Cloud.StepFunctions.CreateStateMachine("m");

        Answer first = await StartAsync(Machine, "one", "{}");
        Answer again = await StartAsync(Machine, "one", "{}");
        Answer other = await StartAsync(Machine, "one", "[1]");
        machine.EndExecutions();
        Answer ended = await StartAsync(Machine, "one", "{}");

        Assert.Equal("arn:aws:states:us-east-1:123456789012:execution:m:one", first.Json.GetProperty("executionArn").GetString());
        Assert.Equal(first.Json.GetProperty("executionArn").GetString(), again.Json.GetProperty("executionArn").GetString());
        Assert.Equal(((400, "ExecutionAlreadyExists"), (400, "ExecutionAlreadyExists")), ((other.Status, other.Error), (ended.Status, ended.Error)));
        Arrival arrival = Assert.Single<Arrival>(Cloud.StepFunctions.Received);
        Assert.Equal((Machine, "one", "{}"), (arrival.Destination, arrival.Key, arrival.Text));
    }

    [Fact]
    public async Task An_express_execution_is_started_as_often_as_it_is_asked_for()
    {
        Cloud.StepFunctions.CreateStateMachine("m", "EXPRESS");

        await StartAsync(Machine, "one", "{}");
        await StartAsync(Machine, "one", "{}");

        Assert.Equal(2, Cloud.StepFunctions.Received.Select(static a => a.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(Machine + ":live", "one", "1", null)]
    [InlineData(Machine + ":7", "one", "\\\"text\\\"", null)]
    [InlineData("arn:aws:states:us-east-1:123456789012:stateMachine:absent", "one", "{}", "StateMachineDoesNotExist")]
    [InlineData("arn:aws:states:us-east-1:123456789012:activity:m", "one", "{}", "InvalidArn")]
    [InlineData(Machine, "a b", "{}", "InvalidName")]
    [InlineData(Machine, "a/b", "{}", "InvalidName")]
    [InlineData(Machine, "123456789012345678901234567890123456789012345678901234567890123456789012345678901", "{}", "InvalidName")]
    [InlineData(Machine, "one", "{", "InvalidExecutionInput")]
    [InlineData(Machine, "one", "", "InvalidExecutionInput")]
    public async Task A_version_an_alias_a_name_and_an_input_are_looked_at(string arn, string name, string input, string? error)
    {
        Cloud.StepFunctions.CreateStateMachine("m");

        Assert.Equal(error, (await StartAsync(arn, name, input)).Error);
        Assert.Equal(error is null ? 1 : 0, Cloud.StepFunctions.Received.Count);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "ValidationException")]
    public async Task An_input_has_262_144_bytes(int more, string? error)
    {
        Cloud.StepFunctions.CreateStateMachine("m");

        Assert.Equal(error, (await StartAsync(Machine, "one", "\\\"é" + new string('x', 262_144 - 4 + more) + "\\\"")).Error);
    }

    [Fact]
    public async Task State_machines_are_described_and_listed()
    {
        Cloud.StepFunctions.CreateStateMachine("m");
        Cloud.StepFunctions.CreateStateMachine("n", "EXPRESS");
        Cloud.StepFunctions.CreateStateMachine("elsewhere", region: "eu-west-1");
        Answer described = await CallAsync("DescribeStateMachine", $$"""{"stateMachineArn":"{{Machine}}"}""");
        Answer absent = await CallAsync("DescribeStateMachine", """{"stateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:absent"}""");
        Answer first = await CallAsync("ListStateMachines", """{"maxResults":1}""");
        Answer rest = await CallAsync("ListStateMachines", $$"""{"nextToken":"{{first.Json.GetProperty("nextToken").GetString()}}"}""");

        Assert.Equal(("m", "STANDARD", "ACTIVE"), (Text(described.Json, "name"), Text(described.Json, "type"), Text(described.Json, "status")));
        Assert.Equal((400, "StateMachineDoesNotExist"), (absent.Status, absent.Error));
        Assert.Equal(("m", "n"), (NameIn(first), NameIn(rest)));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static string? NameIn(Answer page) => Text(Assert.Single(page.Json.GetProperty("stateMachines").EnumerateArray()), "name");

    private Task<Answer> StartAsync(string arn, string name, string input) => CallAsync("StartExecution", $$"""{"stateMachineArn":"{{arn}}","name":"{{name}}","input":"{{input}}"}""");

    private Task<Answer> CallAsync(string operation, string body) => Aws.JsonAsync("states", $"AWSStepFunctions.{operation}", body, "1.0");
}
