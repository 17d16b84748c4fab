using FanOut.LocalCloud;

namespace FanOut.Tests.LocalCloud;

public sealed class LoggedCallTests : CloudTests
{
    [Theory]
    [InlineData("GetItem", false)]
    [InlineData("BatchGetItem", false)]
    [InlineData("Query", false)]
    [InlineData("Scan", false)]
    [InlineData("ListEventSourceMappings", false)]
    [InlineData("DescribeTable", false)]
    [InlineData("GetCallerIdentity", false)]
    [InlineData("AssumeRole", false)]
    [InlineData("PutItem", true)]
    [InlineData("BatchWriteItem", true)]
    [InlineData("UpdateFunctionConfiguration", true)]
    [InlineData("DeleteEventSourceMapping", true)]
    [InlineData("Publish", true)]
    [InlineData("ReceiveMessage", true)]
    [InlineData("Invoke", true)]
    [InlineData("Bulk", true)]
    [InlineData("Getaway", true)]
    [InlineData("", true)]
    public void Reading_changes_nothing_all_else_does(string operation, bool changing) => Assert.Equal(changing, Call(operation).IsChanging);

    [Theory]
    [InlineData("DryRun", false)]
    [InlineData("Event", true)]
    public void An_invocation_that_is_only_tried_changes_nothing(string type, bool changing) =>
        Assert.Equal(changing, Call("Invoke", ("x-amz-invocation-type", type)).IsChanging);

    [Fact]
    public async Task The_journal_tells_whether_there_was_a_changing_call_even_a_refused_one()
    {
        await Aws.DynamoAsync("ListTables", "{}");
        await Aws.QueryAsync("sts", ("Action", "GetCallerIdentity"));
        Assert.DoesNotContain(Cloud.Calls, call => call.IsChanging);

        await Aws.DynamoAsync("PutItem", """{"TableName":"none","Item":{}}""");

        LoggedCall changing = Assert.Single(Cloud.Calls, call => call.IsChanging);
        Assert.Equal(("PutItem", "ResourceNotFoundException"), (changing.Operation, changing.ErrorCode));
    }

    private static LoggedCall Call(string operation, params (string Name, string Value)[] headers) => new(
        1, default, "service", operation, null, "AKID", "123456789012", "us-east-1", 0, 200, null, "id", "",
        headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase));
}
