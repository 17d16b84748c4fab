using System.Net;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Mappings;

public sealed class DynamoMappingSourceTests
{
    private readonly List<(string Table, string Source, bool Consistent, string? Filter, string? Start)> _queries = [];

    [Fact]
    public async Task All_pages_are_read_each_from_where_the_last_one_ended()
    {
        MappingSet set = await Source(start => start switch
        {
            null => Page("b", Rows.Row(("id", new("a"))), Rows.Row(("id", new("b")), ("active", new() { BOOL = false }))),
            "b" => Page("c"),
            "c" => Page(null, Rows.Row(("id", new("d")))),
            _ => throw new InvalidOperationException(start),
        }).ReadAsync(Rows.Source, TestContext.Current.CancellationToken);

        Assert.Equal([("a", true), ("b", false), ("d", true)], set.Mappings.Select(m => (m.Id, m.Active)));
        Assert.Empty(set.Invalid);
        Assert.Equal(
            [("fanoutTargets", Rows.Source, true, null, null), ("fanoutTargets", Rows.Source, true, null, "b"), ("fanoutTargets", Rows.Source, true, null, "c")],
            _queries);
    }

    [Fact]
    public async Task Invalid_rows_stand_apart_and_no_id_is_left_out()
    {
        MappingSet set = await Source(_ => Page(
            null,
            Rows.Row(("id", new("#p"))),
            Rows.Row(("id", new("a")), ("type", new("s3"))),
            Rows.Row(("id", new("b"))))).ReadAsync(Rows.Source, TestContext.Current.CancellationToken);

        Assert.Equal(["#p", "b"], set.Mappings.Select(static m => m.Id));
        Assert.Equal("a", Assert.Single(set.Invalid).Id);
    }

    [Fact]
    public async Task No_rows_are_an_answer()
    {
        MappingSet set = await Source(_ => Page(null)).ReadAsync(Rows.Source, TestContext.Current.CancellationToken);
        Assert.Empty(set.Mappings);
        Assert.Empty(set.Invalid);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, 0)]
    [InlineData(0, 1)]
    [InlineData(0, null)]
    public async Task An_answer_that_does_not_say_which_rows_there_are_is_none(int? items, int? count)
    {
        var error = await Assert.ThrowsAsync<MappingsUnavailableException>(() => Source(_ => new QueryResponse { Items = items is null ? null : [], Count = count })
            .ReadAsync(Rows.Source, TestContext.Current.CancellationToken));
        Assert.Contains("The answer names 0 items", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_with_a_row_that_is_none_is_none()
    {
        var error = await Assert.ThrowsAsync<MappingsUnavailableException>(() => Source(_ => new QueryResponse { Items = [Rows.Row(("id", new("a"))), null!], Count = 2 })
            .ReadAsync(Rows.Source, TestContext.Current.CancellationToken));
        Assert.Contains("The answer names an item that is none.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_somebody_else_is_told_as_that()
    {
        var garbage = new AmazonUnmarshallingException("", "", new FormatException("'<' is an invalid start of a value."), HttpStatusCode.OK);
        var error = await Assert.ThrowsAsync<MappingsUnavailableException>(() => Source(_ => throw garbage).ReadAsync(Rows.Source, TestContext.Current.CancellationToken));
        Assert.Contains("The answer is not one of DynamoDB: '<' is an invalid start of a value..", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ResourceNotFoundException", "FANOUT_TABLE")]
    [InlineData("AccessDeniedException", "dynamodb:Query")]
    [InlineData("InternalServerError", "next batch")]
    public async Task An_error_names_table_source_cause_and_what_to_do(string code, string advice)
    {
        var cause = new AmazonDynamoDBException("It went wrong.", ErrorType.Unknown, code, "req-1", HttpStatusCode.BadRequest);
        var error = await Assert.ThrowsAsync<MappingsUnavailableException>(
            () => Source(_ => throw cause).ReadAsync(Rows.Source, TestContext.Current.CancellationToken));

        Assert.Equal(("fanoutTargets", Rows.Source, cause), (error.Table, error.SourceArn, error.InnerException));
        Assert.All(["fanoutTargets", Rows.Source, code, "It went wrong.", "req-1", advice], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_callers_own_cancellation_is_not_an_unreadable_table()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Source(_ => throw new OperationCanceledException(cancelled.Token)).ReadAsync(Rows.Source, cancelled.Token));
    }

    private static QueryResponse Page(string? lastId, params Dictionary<string, AttributeValue>[] rows) => new()
    {
        Items = [.. rows],
        Count = rows.Length,
        LastEvaluatedKey = lastId is null ? null : new() { ["sourceArn"] = new(Rows.Source), ["id"] = new(lastId) },
    };

    private DynamoMappingSource Source(Func<string?, QueryResponse> answer) => new(
        new FakeDynamo(request =>
        {
            string? start = request.ExclusiveStartKey?.GetValueOrDefault("id")?.S;
            _queries.Add((
                request.TableName,
                request.ExpressionAttributeValues[":source"].S,
                request.ConsistentRead ?? false,
                request.FilterExpression,
                start));
            return answer(start);
        }),
        "fanoutTargets");

    private sealed class FakeDynamo(Func<QueryRequest, QueryResponse> answer)
        : AmazonDynamoDBClient(new AnonymousAWSCredentials(), RegionEndpoint.USEast1)
    {
        public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
        {
            try
            {
                return Task.FromResult(answer(request));
            }
            catch (Exception error) when (error is AmazonServiceException or OperationCanceledException)
            {
                return Task.FromException<QueryResponse>(error);
            }
        }
    }
}
