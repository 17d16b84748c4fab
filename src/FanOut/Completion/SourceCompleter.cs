using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Sns;
using FanOut.Credentials;
using FanOut.Deployment;

namespace FanOut.Completion;

/// <summary>Completes names of sources: Kinesis streams, tables with a stream, topics, or all of them if -SourceType does not say which.</summary>
public sealed class SourceCompleter : AwsCompleter
{
    private const int MostTables = 50;
    private const int AtATime = 10;

    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SourceType? type = TypeOfSource(typed);
        if (type is null or SourceType.Kinesis)
        {
            await foreach (Value value in Allowed(StreamsAsync(session, cancellationToken)).ConfigureAwait(false))
            {
                yield return value;
            }
        }

        if (type is null or SourceType.DynamoDB)
        {
            await foreach (Value value in Allowed(TablesAsync(session, typed, cancellationToken)).ConfigureAwait(false))
            {
                yield return value;
            }
        }

        if (type is null or SourceType.SNS)
        {
            await foreach (Value value in Allowed(TopicsAsync(session, cancellationToken)).ConfigureAwait(false))
            {
                yield return value;
            }
        }
    }

    private static async IAsyncEnumerable<Value> StreamsAsync(AwsSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AmazonKinesisClient kinesis = session.Client(AmazonKinesisClient.Service, static (c, s) => new AmazonKinesisClient(c, s));
        ListStreamsResponse page;
        string? last = null;
        do
        {
            page = await kinesis.ListStreamsAsync(new ListStreamsRequest { ExclusiveStartStreamName = last }, cancellationToken).ConfigureAwait(false);
            foreach (string name in page.StreamNames ?? [])
            {
                string? status = page.StreamSummaries?.Find(s => s.StreamName == name)?.StreamStatus;
                yield return new Value(name, $"Kinesis stream{(status is null ? "" : $", {status}")}");
                last = name;
            }
        }
        while (page.HasMoreStreams == true && page.StreamNames is { Count: > 0 });
    }

    // Of other accounts' topics SNS knows only the ARNs. FIFO topics deliver to queues only.
    private static async IAsyncEnumerable<Value> TopicsAsync(AwsSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            ListTopicsResponse page = await session.Sns().ListTopicsAsync(new ListTopicsRequest { NextToken = token }, cancellationToken).ConfigureAwait(false);
            foreach (string name in (page.Topics ?? []).Select(static t => t.TopicArn?.Split(':')[^1]).OfType<string>().Where(static n => !n.EndsWith(".fifo", StringComparison.Ordinal)))
            {
                yield return new Value(name, "SNS topic");
            }

            token = page.NextToken;
        }
        while (token is not null);
    }

    // ListTables does not tell which tables have streams, so each table must be asked: only those that begin with what was typed, and not too many.
    private static async IAsyncEnumerable<Value> TablesAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int left = MostTables;
        string? last = null;
        do
        {
            ListTablesResponse page = await session.Dynamo
                .ListTablesAsync(new ListTablesRequest { ExclusiveStartTableName = last }, cancellationToken).ConfigureAwait(false);
            string[] names = [.. (page.TableNames ?? []).Where(n => n.StartsWith(typed.Word, StringComparison.OrdinalIgnoreCase)).Take(left)];
            left -= names.Length;
            foreach (string[] some in names.Chunk(AtATime))
            {
                DescribeTableResponse[] answers = await Task.WhenAll(some.Select(n => session.Dynamo.DescribeTableAsync(n, cancellationToken))).ConfigureAwait(false);
                foreach (TableDescription table in answers.Select(static a => a.Table).Where(static t => t.StreamSpecification?.StreamEnabled == true))
                {
                    yield return new Value(table.TableName, $"DynamoDB table, stream of {table.LatestStreamLabel}, {table.StreamSpecification.StreamViewType}");
                }
            }

            last = page.LastEvaluatedTableName;
        }
        while (!string.IsNullOrEmpty(last) && left > 0);
    }
}
