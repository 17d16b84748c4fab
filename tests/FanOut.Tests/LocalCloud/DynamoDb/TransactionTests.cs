using FanOut.LocalCloud.DynamoDb;

namespace FanOut.Tests.LocalCloud.DynamoDb;

/// <summary>TransactWriteItems writes everything or nothing, and says of each write why.</summary>
public sealed class TransactionTests : CloudTests
{
    private readonly DynamoTable _table, _other;

    public TransactionTests() => (_table, _other) = (Cloud.Dynamo.CreateTable("t", "h"), Cloud.Dynamo.CreateTable("u", "h"));

    [Fact]
    public async Task Writes_of_several_tables_are_made_together()
    {
        _table.Put("""{"h":{"S":"b"},"x":{"N":"1"}}""");
        _table.Put("""{"h":{"S":"c"}}""");

        Answer answer = await Transact(
            """{"Put":{"TableName":"t","Item":{"h":{"S":"a"}},"ConditionExpression":"attribute_not_exists(h)"}}""",
            """{"Update":{"TableName":"t","Key":{"h":{"S":"b"}},"UpdateExpression":"SET x = :new","ConditionExpression":"x = :old","ExpressionAttributeValues":{":new":{"N":"2"},":old":{"N":"1"}}}}""",
            """{"Delete":{"TableName":"t","Key":{"h":{"S":"c"}}}}""",
            """{"ConditionCheck":{"TableName":"u","Key":{"h":{"S":"z"}},"ConditionExpression":"attribute_not_exists(h)"}}""",
            """{"Put":{"TableName":"u","Item":{"h":{"S":"d"}}}}""");

        Assert.Null(answer.Error);
        Assert.Equal(["a", "b"], _table.Items.Select(static i => i["h"]!["S"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal("2", _table.Items.Single(static i => i["h"]!["S"]!.GetValue<string>() == "b")["x"]!["N"]!.GetValue<string>());
        Assert.Equal(1, _other.Count);
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_cancels_all_and_the_reasons_say_which()
    {
        _table.Put("""{"h":{"S":"b"}}""");

        Answer answer = await Transact(
            """{"Put":{"TableName":"u","Item":{"h":{"S":"a"}}}}""",
            """{"Put":{"TableName":"t","Item":{"h":{"S":"b"}},"ConditionExpression":"attribute_not_exists(h)"}}""");

        Assert.Equal((400, "TransactionCanceledException"), (answer.Status, answer.Error));
        Assert.Equal(["None", "ConditionalCheckFailed"], answer.Json.GetProperty("CancellationReasons").EnumerateArray().Select(static r => r.GetProperty("Code").GetString()));
        Assert.Equal(0, _other.Count);
    }

    [Fact]
    public async Task A_token_that_comes_again_writes_nothing_again()
    {
        string put = """{"Put":{"TableName":"t","Item":{"h":{"S":"a"}},"ConditionExpression":"attribute_not_exists(h)"}}""";

        Assert.Null((await Aws.DynamoAsync("TransactWriteItems", $$"""{"ClientRequestToken":"one","TransactItems":[{{put}}]}""")).Error);
        Assert.Null((await Aws.DynamoAsync("TransactWriteItems", $$"""{"ClientRequestToken":"one","TransactItems":[{{put}}]}""")).Error);
        Assert.Equal("TransactionCanceledException", (await Aws.DynamoAsync("TransactWriteItems", $$"""{"ClientRequestToken":"two","TransactItems":[{{put}}]}""")).Error);
    }

    [Fact]
    public async Task What_is_no_transaction_is_refused()
    {
        string put = """{"Put":{"TableName":"t","Item":{"h":{"S":"a"}}}}""";
        string[][] wrong = [[], [put, put], [.. Enumerable.Range(0, 101).Select(i => put.Replace("\"a\"", $"\"{i}\"", StringComparison.Ordinal))], ["""{"Get":{"TableName":"t","Key":{"h":{"S":"a"}}}}"""]];

        foreach (string[] items in wrong)
        {
            Assert.Equal("ValidationException", (await Transact(items)).Error);
        }

        Assert.Equal("ResourceNotFoundException", (await Transact("""{"Put":{"TableName":"absent","Item":{"h":{"S":"a"}}}}""")).Error);
        Assert.Equal(0, _table.Count);
    }

    private Task<Answer> Transact(params string[] items) => Aws.DynamoAsync("TransactWriteItems", $$"""{"TransactItems":[{{string.Join(',', items)}}]}""");
}
