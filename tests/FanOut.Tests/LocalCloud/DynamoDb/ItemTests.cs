using System.Text.Json.Nodes;
using FanOut.LocalCloud.DynamoDb;

namespace FanOut.Tests.LocalCloud.DynamoDb;

public sealed class ItemTests : CloudTests
{
    private readonly DynamoTable _table;

    public ItemTests() => _table = Cloud.Dynamo.CreateTable("t", "h", "r", rangeType: "N");

    [Fact]
    public async Task An_item_comes_back_with_all_types_and_numbers_in_normal_form()
    {
        const string Item =
            """{"h":{"S":"a"},"r":{"N":"1"},"b":{"B":"AP8="},"t":{"BOOL":true},"z":{"NULL":true},"ss":{"SS":["x","y"]},"ns":{"NS":["1","2"]},"bs":{"BS":["AA=="]},"l":{"L":[{"S":""},{"M":{}}]},"m":{"M":{"k":{"N":"0.5"}}}}""";

        Answer put = await Put(Item.Replace("\"0.5\"", "\"00.5000\"", StringComparison.Ordinal).Replace("{\"N\":\"1\"}", "{\"N\":\"+1.0e0\"}", StringComparison.Ordinal));
        Answer got = await Get("""{"h":{"S":"a"},"r":{"N":"1.00"}}""");

        Assert.Null(put.Error);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Item), JsonNode.Parse(got.Json.GetProperty("Item").GetRawText())), got.Text);
        Assert.Equal("{}", (await Get("""{"h":{"S":"a"},"r":{"N":"2"}}""")).Text);
    }

    [Theory]
    [InlineData("""{"h":{"S":"a"}}""", "Missing the key r")]
    [InlineData("""{"h":{"N":"1"},"r":{"N":"1"}}""", "Type mismatch for key h expected: S actual: N")]
    [InlineData("""{"h":{"S":""},"r":{"N":"1"}}""", "empty string")]
    [InlineData("""{"h":{"S":"a"},"r":{"N":"one"}}""", "numeric value")]
    [InlineData("""{"h":{"S":"a"},"r":{"N":"1"},"x":{"SS":[]}}""", "empty")]
    [InlineData("""{"h":{"S":"a"},"r":{"N":"1"},"x":{"NS":["1","1.0"]}}""", "duplicates")]
    [InlineData("""{"h":{"S":"a"},"r":{"N":"1"},"x":{"S":"a","N":"1"}}""", "exactly one")]
    [InlineData("""{"h":{"S":"a"},"r":{"N":"1"},"x":{"N":"123456789012345678901234567890123456789"}}""", "38 significant digits")]
    [InlineData("""{"h":{"S":"a"},"r":{"N":"1"},"x":{"N":"1e126"}}""", "overflow")]
    public async Task An_item_that_breaks_the_rules_is_refused(string item, string message)
    {
        Answer answer = await Put(item);

        Assert.Equal((400, "ValidationException"), (answer.Status, answer.Error));
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, _table.Count);
    }

    [Theory]
    [InlineData(32, null)]
    [InlineData(33, "ValidationException")]
    public async Task An_item_has_up_to_32_levels(int levels, string? error)
    {
        string deep = string.Concat(Enumerable.Repeat("{\"M\":{\"x\":", levels)) + "{\"S\":\"y\"}" + string.Concat(Enumerable.Repeat("}}", levels));
        Assert.Equal(error, (await Put($$$"""{"h":{"S":"a"},"r":{"N":"1"},"deep":{{{deep}}}}""")).Error);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "ValidationException")]
    public async Task An_item_measures_at_most_400_KB(int more, string? error)
    {
        int room = (400 * 1024) - "ha".Length - "r".Length - 2 - "p".Length;

        Answer answer = await Put($$$"""{"h":{"S":"a"},"r":{"N":"1"},"p":{"S":"{{{new string('x', room + more)}}}"}}""");

        Assert.Equal(error, answer.Error);
    }

    [Fact]
    public async Task A_condition_decides_whether_an_item_is_written_and_what_was_there_is_returned()
    {
        const string More = ""","ConditionExpression":"attribute_not_exists(h)","ReturnValues":"ALL_OLD" """;

        Answer first = await Put("""{"h":{"S":"a"},"r":{"N":"1"},"v":{"N":"1"}}""", More);
        Answer second = await Put("""{"h":{"S":"a"},"r":{"N":"1"},"v":{"N":"2"}}""", More);
        Answer third = await Put("""{"h":{"S":"a"},"r":{"N":"1"},"v":{"N":"3"}}""", ""","ReturnValues":"ALL_OLD" """);

        Assert.Equal("{}", first.Text);
        Assert.Equal((400, "ConditionalCheckFailedException"), (second.Status, second.Error));
        Assert.Equal("1", third.Json.GetProperty("Attributes").GetProperty("v").GetProperty("N").GetString());
    }

    [Theory]
    [InlineData("PutItem", "\"Item\":{\"h\":{\"S\":\"a\"},\"r\":{\"N\":\"1\"}}")]
    [InlineData("DeleteItem", "\"Key\":{\"h\":{\"S\":\"a\"},\"r\":{\"N\":\"1\"}}")]
    [InlineData("UpdateItem", "\"Key\":{\"h\":{\"S\":\"a\"},\"r\":{\"N\":\"1\"}},\"UpdateExpression\":\"REMOVE v\"")]
    public async Task A_failed_condition_returns_what_is_there_when_it_is_asked_to(string operation, string request)
    {
        const string Item = """{"h":{"S":"a"},"r":{"N":"1"},"v":{"N":"1"}}""";
        await Put(Item);

        Answer told = await Aws.DynamoAsync(operation, $$"""{"TableName":"t",{{request}},"ConditionExpression":"attribute_not_exists(h)","ReturnValuesOnConditionCheckFailure":"ALL_OLD"}""");
        Answer silent = await Aws.DynamoAsync(operation, $$"""{"TableName":"t",{{request}},"ConditionExpression":"attribute_not_exists(h)"}""");
        Answer nothing = await Aws.DynamoAsync(
            operation,
            $$"""{"TableName":"t",{{request.Replace("\"1\"", "\"2\"", StringComparison.Ordinal)}},"ConditionExpression":"attribute_exists(h)","ReturnValuesOnConditionCheckFailure":"ALL_OLD"}""");

        Assert.Equal((400, "ConditionalCheckFailedException"), (told.Status, told.Error));
        Assert.Equal(Item, told.Json.GetProperty("Item").GetRawText());
        Assert.False(silent.Json.TryGetProperty("Item", out _));
        Assert.Equal("ConditionalCheckFailedException", nothing.Error);
        Assert.False(nothing.Json.TryGetProperty("Item", out _));
    }

    [Fact]
    public async Task A_table_can_be_named_by_its_ARN()
    {
        Answer put = await Aws.DynamoAsync("PutItem", $$$$"""{"TableName":"{{{{_table.Arn}}}}","Item":{"h":{"S":"a"},"r":{"N":"1"}}}""");
        Answer query = await Aws.DynamoAsync(
            "Query", $$$$"""{"TableName":"{{{{_table.Arn}}}}","KeyConditionExpression":"h = :h","ExpressionAttributeValues":{":h":{"S":"a"}}}""");
        Answer described = await Aws.DynamoAsync("DescribeTable", $$"""{"TableName":"{{_table.Arn}}"}""");

        Assert.Equal((null, null, null), (put.Error, query.Error, described.Error));
        Assert.Equal(1, query.Json.GetProperty("Count").GetInt32());
        Assert.Equal(1, described.Json.GetProperty("Table").GetProperty("ItemCount").GetInt32());
    }

    [Fact]
    public async Task A_deletion_returns_what_was_there_and_is_no_error_when_nothing_was()
    {
        _table.Put("""{"h":{"S":"a"},"r":{"N":"1"},"v":{"S":"x"}}""");
        const string Key = """{"TableName":"t","Key":{"h":{"S":"a"},"r":{"N":"1"}},"ReturnValues":"ALL_OLD"}""";

        Answer first = await Aws.DynamoAsync("DeleteItem", Key);
        Answer second = await Aws.DynamoAsync("DeleteItem", Key);

        Assert.Equal("x", first.Json.GetProperty("Attributes").GetProperty("v").GetProperty("S").GetString());
        Assert.Equal("{}", second.Text);
        Assert.Equal("ValidationException", (await Aws.DynamoAsync("DeleteItem", """{"TableName":"t","Key":{"h":{"S":"a"}}}""")).Error);
    }

    [Theory]
    [InlineData("SET v = :x", "\":x\":{\"N\":\"9\"}", """{"v":{"N":"9"}}""")]
    [InlineData("SET v = v + :x, w = v", "\":x\":{\"N\":\"0.5\"}", """{"v":{"N":"2.5"},"w":{"N":"2"}}""")]
    [InlineData("SET n = if_not_exists(n, :x) - :x", "\":x\":{\"N\":\"1\"}", """{"n":{"N":"0"}}""")]
    [InlineData("SET l = list_append(:x, l), m.k = :x", "\":x\":{\"L\":[{\"S\":\"first\"}]}", """{"l":{"L":[{"S":"first"},{"S":"a"},{"S":"b"}]},"m":{"M":{"k":{"L":[{"S":"first"}]}}}}""")]
    [InlineData("SET l[5] = :x REMOVE l[0]", "\":x\":{\"S\":\"c\"}", """{"l":{"L":[{"S":"b"},{"S":"c"}]}}""")]
    [InlineData("REMOVE v, gone ADD c :x, s :s DELETE t :t", "\":x\":{\"N\":\"1\"},\":s\":{\"SS\":[\"b\"]},\":t\":{\"SS\":[\"a\"]}", """{"c":{"N":"1"},"s":{"SS":["a","b"]}}""")]
    public async Task An_update_changes_what_its_expression_says(string expression, string values, string changed)
    {
        _table.Put("""{"h":{"S":"a"},"r":{"N":"1"},"v":{"N":"2"},"l":{"L":[{"S":"a"},{"S":"b"}]},"m":{"M":{}},"s":{"SS":["a"]},"t":{"SS":["a"]}}""");

        Answer answer = await Update(expression, values, ""","ReturnValues":"UPDATED_NEW" """);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(changed), JsonNode.Parse(answer.Json.GetProperty("Attributes").GetRawText())), answer.Text);
    }

    [Fact]
    public async Task An_update_makes_the_item_that_is_not_there()
    {
        Answer answer = await Update("SET #v = :x", "\":x\":{\"S\":\"new\"}", ""","ExpressionAttributeNames":{"#v":"value"},"ReturnValues":"ALL_NEW" """);

        Assert.Equal("""{"h":{"S":"a"},"r":{"N":"1"},"value":{"S":"new"}}""", answer.Json.GetProperty("Attributes").GetRawText());
        Assert.Equal("new", Assert.Single(_table.Items)["value"]!["S"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("SET h = :x", "This attribute is part of the key")]
    [InlineData("SET type = :x", "reserved keyword: type")]
    [InlineData("SET region = :x", "reserved keyword: region")]
    [InlineData("SET v = :y", ":y")]
    [InlineData("SET #v = :x", "#v")]
    [InlineData("SET v = absent + :x", "does not exist in the item")]
    [InlineData("SET v = :x + :x", "incorrect data type")]
    [InlineData("SET v", "Syntax error")]
    [InlineData("PUT v = :x", "Syntax error")]
    [InlineData("REMOVE v", "unused in expressions")]
    public async Task An_update_that_breaks_the_rules_is_refused(string expression, string message)
    {
        Answer answer = await Update(expression, "\":x\":{\"S\":\"x\"}");

        Assert.Equal("ValidationException", answer.Error);
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_writes_and_deletes_up_to_25_items()
    {
        _table.Put("""{"h":{"S":"old"},"r":{"N":"1"}}""");
        string[] puts = [.. Enumerable.Range(0, 25).Select(i => $"{{\"PutRequest\":{{\"Item\":{{\"h\":{{\"S\":\"a\"}},\"r\":{{\"N\":\"{i}\"}}}}}}}}")];

        Answer most = await Batch([.. puts[..24], """{"DeleteRequest":{"Key":{"h":{"S":"old"},"r":{"N":"1"}}}}"""]);
        Answer over = await Batch([.. puts, """{"DeleteRequest":{"Key":{"h":{"S":"old"},"r":{"N":"1"}}}}"""]);
        Answer twice = await Batch([puts[0], puts[0]]);

        Assert.Equal("""{"UnprocessedItems":{}}""", most.Text);
        Assert.Equal(24, _table.Count);
        Assert.Equal(("ValidationException", "ValidationException"), (over.Error, twice.Error));
    }

    private Task<Answer> Put(string item, string more = "") => Aws.DynamoAsync("PutItem", $$"""{"TableName":"t","Item":{{item}}{{more}}}""");

    private Task<Answer> Get(string key) => Aws.DynamoAsync("GetItem", $$"""{"TableName":"t","Key":{{key}}}""");

    private Task<Answer> Batch(string[] requests) => Aws.DynamoAsync("BatchWriteItem", $$$"""{"RequestItems":{"t":[{{{string.Join(',', requests)}}}]}}""");

    private Task<Answer> Update(string expression, string values, string more = "") => Aws.DynamoAsync(
        "UpdateItem",
        $$$"""{"TableName":"t","Key":{"h":{"S":"a"},"r":{"N":"1"}},"UpdateExpression":"{{{expression}}}","ExpressionAttributeValues":{{{{values}}}}{{{more}}}}""");
}
