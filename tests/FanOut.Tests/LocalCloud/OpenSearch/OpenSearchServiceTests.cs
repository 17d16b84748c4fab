using System.Text;
using System.Text.Json;

namespace FanOut.Tests.LocalCloud.OpenSearch;

public sealed class OpenSearchServiceTests : CloudTests
{
    [Fact]
    public async Task Documents_are_indexed_replaced_created_updated_and_deleted_in_order()
    {
        Answer answer = await Aws.BulkAsync(
            "/i/_bulk",
            """
            {"index":{"_id":"1"}}
            {"a":1,"m":{"x":1}}
            {"index":{"_id":"1"}}
            {"a":2,"m":{"x":1}}
            {"create":{"_id":"1"}}
            {"a":3}
            {"update":{"_id":"1"}}
            {"doc":{"m":{"y":2}}}
            {"update":{"_id":"2"}}
            {"doc":{"b":1}}
            {"update":{"_id":"3"}}
            {"doc":{"b":1},"doc_as_upsert":true}
            {"delete":{"_id":"3"}}
            {"delete":{"_id":"4"}}
            {"index":{"_index":"other"}}
            {}

            """);

        Assert.True(answer.Json.GetProperty("errors").GetBoolean());
        Assert.Equal(
            [("index", 201, "created"), ("index", 200, "updated"), ("create", 409, "version_conflict_engine_exception"), ("update", 200, "updated"),
             ("update", 404, "document_missing_exception"), ("update", 201, "created"), ("delete", 200, "deleted"), ("delete", 404, "not_found"), ("index", 201, "created")],
            Items(answer));
        Assert.Equal("""{"a":2,"m":{"x":1,"y":2}}""", Encoding.UTF8.GetString(Cloud.OpenSearch.Documents("i")["1"].Source.Span));
        Assert.Equal(["1"], Cloud.OpenSearch.Documents("i").Keys);
        Assert.Single(Cloud.OpenSearch.Documents("other"));
        Assert.Equal(("index", "1", "i"), (Cloud.OpenSearch.Received.First().Action, Cloud.OpenSearch.Received.First().Key, Cloud.OpenSearch.Received.First().Destination));
        Assert.Equal("i", Assert.Single(Cloud.Calls).Destination);
    }

    [Fact]
    public async Task A_data_stream_takes_new_documents_with_a_time_stamp_and_nothing_else()
    {
        Cloud.OpenSearch.CreateDataStream("logs");

        Answer answer = await Aws.BulkAsync(
            "/_bulk",
            """
            {"create":{"_index":"logs","_id":"1"}}
            {"@timestamp":"2026-01-01T00:00:00Z"}
            {"create":{"_index":"logs"}}
            {"@timestamp":"2026-01-01T00:00:00Z"}
            {"create":{"_index":"logs","_id":"1"}}
            {"@timestamp":"2026-01-01T00:00:00Z"}
            {"create":{"_index":"logs","_id":"2"}}
            {"time":1}
            {"index":{"_index":"logs","_id":"3"}}
            {"@timestamp":"2026-01-01T00:00:00Z"}
            {"delete":{"_index":"logs","_id":"1"}}

            """);

        Assert.Equal(
            [("create", 201, "created"), ("create", 201, "created"), ("create", 409, "version_conflict_engine_exception"), ("create", 400, "mapper_parsing_exception"),
             ("index", 400, "illegal_argument_exception"), ("delete", 400, "illegal_argument_exception")],
            Items(answer));
        Assert.Equal(2, Cloud.OpenSearch.Documents("logs").Count);
    }

    [Fact]
    public async Task A_domain_may_take_no_indices_in_the_body()
    {
        Cloud.OpenSearch.Add(Cloud.OpenSearch.CreateDomain("strict") with { AllowsExplicitIndex = false });

        Answer named = await Aws.BulkAsync("/_bulk", "{\"index\":{\"_index\":\"a\"}}\n{}\n"), inPath = await Aws.BulkAsync("/a/_bulk", "{\"index\":{}}\n{}\n");

        Assert.Equal((400, 200), (named.Status, inPath.Status));
        Assert.Contains("explicit index in bulk is not allowed", named.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_external_version_that_is_not_newer_conflicts_even_after_a_deletion()
    {
        Answer answer = await Aws.BulkAsync(
            "/i/_bulk",
            """
            {"index":{"_id":"1","version":5,"version_type":"external"}}
            {"v":5}
            {"index":{"_id":"1","version":5,"version_type":"external"}}
            {"v":"again"}
            {"delete":{"_id":"1","version":7,"version_type":"external"}}
            {"index":{"_id":"1","version":6,"version_type":"external"}}
            {"v":6}

            """);

        Assert.Equal([201, 409, 200, 409], Items(answer).Select(item => item.Status));
        Assert.Empty(Cloud.OpenSearch.Documents("i"));
        Assert.Equal(2, Cloud.OpenSearch.Received.Count);
    }

    [Fact]
    public async Task A_document_that_is_not_an_object_fails_alone()
    {
        Answer answer = await Aws.BulkAsync("/i/t/_bulk", "{\"index\":{\"_id\":\"1\"}}\nnot json\n{\"index\":{\"_id\":\"2\"}}\n[1]\n{\"index\":{\"_id\":\"3\"}}\n{}\n");

        Assert.Equal(
            [("index", 400, "mapper_parsing_exception"), ("index", 400, "mapper_parsing_exception"), ("index", 201, "created")],
            Items(answer));
        Assert.Equal("i/t", Assert.Single(Cloud.Calls).Destination);
        Assert.Single(Cloud.OpenSearch.Documents("i"));
    }

    [Theory]
    [InlineData("", "parse_exception")]
    [InlineData("{\"index\":{}}\n{}", "illegal_argument_exception")]
    [InlineData("{\"index\":{}}\n", "illegal_argument_exception")]
    [InlineData("{\"put\":{}}\n{}\n", "illegal_argument_exception")]
    [InlineData("[]\n{}\n", "illegal_argument_exception")]
    [InlineData("{\"delete\":{}}\n", "action_request_validation_exception")]
    public async Task What_is_not_a_bulk_body_is_refused_as_a_whole(string body, string type)
    {
        Answer answer = await Aws.BulkAsync("/i/_bulk", body);

        Assert.Equal((400, type), (answer.Status, answer.Json.GetProperty("error").GetProperty("type").GetString()));
        Assert.Empty(Cloud.OpenSearch.Received);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("x", 400)]
    public async Task An_id_takes_512_bytes(string more, int status)
    {
        Answer answer = await Aws.BulkAsync("/i/_bulk", $$$"""{"index":{"_id":"{{{new string('é', 256)}}}{{{more}}}"}}""" + "\n{}\n");

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 413)]
    public async Task A_body_takes_what_the_instance_type_allows(int more, int status)
    {
        const string Frame = "{\"index\":{\"_id\":\"1\"}}\n{\"p\":\"\"}\n";
        Cloud.OpenSearch.MostBodyBytes = 1000;

        Answer answer = await Aws.BulkAsync("/i/_bulk", Frame.Replace("\"\"", $"\"{new string('x', 1000 - Frame.Length + more)}\"", StringComparison.Ordinal));

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_filter_path_keeps_only_what_it_names()
    {
        const string Body = "{\"index\":{\"_id\":\"1\"}}\n{}\n{\"index\":{\"_id\":\"2\"}}\n1\n";

        Answer status = await Aws.BulkAsync("/i/_bulk?filter_path=errors,items.*.status", Body);
        Answer errors = await Aws.BulkAsync("/i/_bulk?filter_path=items.*.error.type", Body);

        Assert.Equal("""{"errors":true,"items":[{"index":{"status":201}},{"index":{"status":400}}]}""", status.Text);
        Assert.Equal("""{"items":[{"index":{"error":{"type":"mapper_parsing_exception"}}}]}""", errors.Text);
    }

    [Fact]
    public async Task Documents_are_read_back_and_counted()
    {
        await Aws.BulkAsync("/i/_bulk", "{\"index\":{\"_id\":\"a/b\"}}\n{\"n\":1.0}\n");

        Answer found = await Aws.SendAsync("es", HttpMethod.Get, "/i/_doc/a%2Fb", []);
        Answer missing = await Aws.SendAsync("es", HttpMethod.Get, "/i/_doc/c", []);
        Answer count = await Aws.SendAsync("es", HttpMethod.Get, "/i/_count", []);

        Assert.Equal("""{"_index":"i","_id":"a/b","found":true,"_version":1,"_source":{"n":1.0}}""", found.Text);
        Assert.Equal(404, missing.Status);
        Assert.Equal(1, count.Json.GetProperty("count").GetInt32());
    }

    private static (string Action, int Status, string? Outcome)[] Items(Answer answer) =>
    [
        .. answer.Json.GetProperty("items").EnumerateArray().Select(item => item.EnumerateObject().Single()).Select(item => (
            item.Name,
            item.Value.GetProperty("status").GetInt32(),
            item.Value.TryGetProperty("error", out JsonElement error) ? error.GetProperty("type").GetString() : item.Value.GetProperty("result").GetString())),
    ];
}
