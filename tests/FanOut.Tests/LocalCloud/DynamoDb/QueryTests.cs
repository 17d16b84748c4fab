using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.DynamoDb;

namespace FanOut.Tests.LocalCloud.DynamoDb;

public sealed class QueryTests : CloudTests
{
    private readonly DynamoTable _table;

    public QueryTests()
    {
        _table = Cloud.Dynamo.CreateTable("t", "h", "r");
        foreach (string hash in (string[])["a", "b"])
        {
            for (int i = 0; i < 5; i++)
            {
                _table.Put($$$"""{"h":{"S":"{{{hash}}}"},"r":{"S":"r{{{i}}}"},"n":{"N":"{{{i}}}"},"active":{"BOOL":{{{(i % 2 == 0 ? "true" : "false")}}}}}""");
            }
        }
    }

    [Theory]
    [InlineData("h = :a", "r0 r1 r2 r3 r4")]
    [InlineData("h = :a AND r = :r2", "r2")]
    [InlineData("r < :r2 AND (h = :a)", "r0 r1")]
    [InlineData("h = :a AND r <= :r2", "r0 r1 r2")]
    [InlineData("h = :a AND r > :r2", "r3 r4")]
    [InlineData("h = :a AND r >= :r2", "r2 r3 r4")]
    [InlineData("#h = :a AND r BETWEEN :r1 AND :r2", "r1 r2")]
    [InlineData("h = :a AND begins_with(r, :prefix)", "r0 r1 r2 r3 r4")]
    public async Task A_query_finds_one_hash_key_in_the_order_of_the_range_key(string keys, string found)
    {
        Assert.Equal(found, Ranges(await Query(keys)));
    }

    [Theory]
    [InlineData("r = :r2")]
    [InlineData("h = :a OR h = :r1")]
    [InlineData("h <> :a")]
    [InlineData("h = :a AND n = :r1")]
    [InlineData("NOT h = :a")]
    public async Task A_query_without_its_hash_key_is_refused(string keys)
    {
        Assert.Equal("ValidationException", (await Query(keys)).Error);
    }

    [Theory]
    [InlineData("active = :true", "r0 r2 r4")]
    [InlineData("n > :one AND NOT active = :true", "r3")]
    [InlineData("n = :one OR n IN (:two, :one) AND active <> :true", "r1")]
    [InlineData("attribute_exists(active) AND attribute_not_exists(gone)", "r0 r1 r2 r3 r4")]
    [InlineData("contains(r, :r2) OR attribute_type(r, :bool)", "r2")]
    [InlineData("size(r) = :two AND n BETWEEN :one AND :two", "r1 r2")]
    [InlineData("n < :r2", "")]
    [InlineData("gone <> :true", "r0 r1 r2 r3 r4")]
    [InlineData("gone <> lost AND gone < :two", "")]
    [InlineData("NOT gone <> lost", "")]
    public async Task A_filter_chooses_among_what_was_read(string filter, string found)
    {
        Answer answer = await Query("h = :a", filter);

        Assert.Equal(found, Ranges(answer));
        Assert.Equal(5, answer.Json.GetProperty("ScannedCount").GetInt32());
    }

    [Fact]
    public async Task A_query_goes_backward_page_by_page()
    {
        Answer first = await Query("h = :a", null, ""","Limit":2,"ScanIndexForward":false""");
        Answer second = await Query("h = :a", null, $""","Limit":3,"ScanIndexForward":false,"ExclusiveStartKey":{Last(first)}""");
        Answer third = await Query("h = :a", null, $""","Limit":3,"ScanIndexForward":false,"ExclusiveStartKey":{Last(second)}""");

        Assert.Equal(("r4 r3", "r2 r1 r0", ""), (Ranges(first), Ranges(second), Ranges(third)));
        Assert.Null(Last(third));
    }

    [Fact]
    public async Task A_page_ends_before_1_MB_and_the_next_begins_after_it()
    {
        DynamoTable big = Cloud.Dynamo.CreateTable("big", "h", "r", rangeType: "N");
        int room = (256 * 1024) - "ha".Length - "r".Length - 2 - "p".Length;
        for (int i = 1; i <= 6; i++)
        {
            // Four of these make exactly a megabyte, a byte more and only three fit.
            big.Put($$$"""{"h":{"S":"a"},"r":{"N":"{{{i}}}"},"p":{"S":"{{{new string('x', i == 6 ? 10 : room)}}}"}}""");
        }

        Answer first = await Scan("");
        Answer second = await Scan($",\"ExclusiveStartKey\":{Last(first)}");
        big.Put($$$"""{"h":{"S":"a"},"r":{"N":"1"},"p":{"S":"{{{new string('x', room + 1)}}}"}}""");
        Answer over = await Scan("");

        Assert.Equal((4, 2, 3), (first.Json.GetProperty("Count").GetInt32(), second.Json.GetProperty("Count").GetInt32(), over.Json.GetProperty("Count").GetInt32()));
        Assert.Null(Last(second));

        Task<Answer> Scan(string more) => Aws.DynamoAsync("Scan", $$"""{"TableName":"big"{{more}}}""");
    }

    [Fact]
    public async Task Scan_pages_hold_every_item_once_even_when_one_vanishes_in_between()
    {
        List<string> found = [];
        string? start = null;
        do
        {
            Answer page = await Aws.DynamoAsync("Scan", $$"""{"TableName":"t","Limit":3{{(start is null ? "" : $",\"ExclusiveStartKey\":{start}")}}}""");
            found.AddRange(page.Json.GetProperty("Items").EnumerateArray().Select(item => Text(item, "h") + Text(item, "r")));
            start = Last(page);
            if (start is not null)
            {
                _table.Delete(start);
            }
        }
        while (start is not null);

        Assert.Equal(10, found.Distinct().Count());
        Assert.Equal(10, found.Count);
    }

    [Fact]
    public async Task A_projection_answers_only_what_is_asked_for()
    {
        _table.Put("""{"h":{"S":"c"},"r":{"S":"1"},"m":{"M":{"x":{"N":"1"},"y":{"N":"2"}}},"l":{"L":[{"S":"0"},{"S":"1"}]}}""");

        Answer answer = await Aws.DynamoAsync(
            "GetItem",
            """{"TableName":"t","Key":{"h":{"S":"c"},"r":{"S":"1"}},"ProjectionExpression":"r, m.#x, l[1], gone","ExpressionAttributeNames":{"#x":"x"}}""");

        Assert.Equal("""{"Item":{"r":{"S":"1"},"m":{"M":{"x":{"N":"1"}}},"l":{"L":[{"S":"1"}]}}}""", answer.Text);
    }

    [Fact]
    public async Task Counting_answers_no_items()
    {
        Answer answer = await Query("h = :a", "active = :true", ""","Select":"COUNT" """);

        Assert.Equal("""{"Count":3,"ScannedCount":5}""", answer.Text);
    }

    [Fact]
    public async Task Numbers_are_ordered_as_numbers()
    {
        DynamoTable table = Cloud.Dynamo.CreateTable("numbers", "h", "r", rangeType: "N");
        string[] numbers = ["-10", "-9.5", "0", "0.25", "3", "10", "1e3", "12345678901234567890123456789012345678"];
        foreach (string number in numbers.Reverse())
        {
            table.Put($$$"""{"h":{"S":"a"},"r":{"N":"{{{number}}}"}}""");
        }

        Answer answer = await Aws.DynamoAsync("Scan", """{"TableName":"numbers"}""");

        Assert.Equal(
            ["-10", "-9.5", "0", "0.25", "3", "10", "1000", "12345678901234567890123456789012345678"],
            answer.Json.GetProperty("Items").EnumerateArray().Select(item => item.GetProperty("r").GetProperty("N").GetString()));
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetProperty("S").GetString();

    private static string Ranges(Answer answer) => string.Join(' ', answer.Json.GetProperty("Items").EnumerateArray().Select(item => Text(item, "r")));

    private static string? Last(Answer answer) => answer.Json.TryGetProperty("LastEvaluatedKey", out JsonElement key) ? key.GetRawText() : null;

    private Task<Answer> Query(string keys, string? filter = null, string more = "")
    {
        (string Placeholder, string Value)[] values =
        [
            (":a", """{"S":"a"}"""), (":r1", """{"S":"r1"}"""), (":r2", """{"S":"r2"}"""), (":prefix", """{"S":"r"}"""), (":true", """{"BOOL":true}"""),
            (":one", """{"N":"1"}"""), (":two", """{"N":"2.0"}"""), (":bool", """{"S":"BOOL"}"""),
        ];
        string expressions = $"{keys} {filter} ";
        string used = string.Join(',', values
            .Where(value => expressions.Split([' ', '(', ')', ',']).Contains(value.Placeholder))
            .Select(value => string.Create(CultureInfo.InvariantCulture, $"\"{value.Placeholder}\":{value.Value}")));
        string names = keys.Contains('#', StringComparison.Ordinal) ? ""","ExpressionAttributeNames":{"#h":"h"}""" : "";
        string filtered = filter is null ? "" : $",\"FilterExpression\":\"{filter}\"";
        return Aws.DynamoAsync(
            "Query",
            $$$"""{"TableName":"t","KeyConditionExpression":"{{{keys}}}"{{{filtered}}},"ExpressionAttributeValues":{{{{used}}}}{{{names}}}{{{more}}}}""");
    }
}
