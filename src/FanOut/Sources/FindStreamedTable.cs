using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FanOut.Credentials;
using FanOut.Engine.Events;

namespace FanOut.Sources;

/// <summary>Finds the table whose stream a source is; describes each table once.</summary>
internal sealed class FindStreamedTable
{
    private readonly Dictionary<(AwsSession Session, string SourceArn), Task<StreamedTable?>> _found = [];

    /// <summary>Finds the table.</summary>
    /// <param name="session">Who asks, in the function's region.</param>
    /// <param name="sourceArn">The source, without a consumer.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <returns>null if the source is no stream of a table, or if the table is gone or has another stream by now.</returns>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The table may not be described.</exception>
    public Task<StreamedTable?> FindAsync(AwsSession session, string sourceArn, CancellationToken cancellationToken)
    {
        if (!SourceArn.IsOf(SourceKind.DynamoDb, sourceArn) || sourceArn.IndexOf("/stream/", StringComparison.Ordinal) is not (> 0 and var stream))
        {
            return Task.FromResult<StreamedTable?>(null);
        }

        if (!_found.TryGetValue((session, sourceArn), out Task<StreamedTable?>? found))
        {
            _found[(session, sourceArn)] = found = DescribeAsync(session.Dynamo, sourceArn[..stream], sourceArn, cancellationToken);
        }

        return found;
    }

    /// <summary>What is to be known of a table whose changes a Kinesis stream carries: always with both images.</summary>
    /// <param name="session">Who asks, in the table's region.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The table may not be described.</exception>
    public Task<StreamedTable?> FindCarriedAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        if (!_found.TryGetValue((session, name), out Task<StreamedTable?>? found))
        {
            _found[(session, name)] = found = DescribeAsync(session.Dynamo, name, cancellationToken);
        }

        return found;

        static async Task<StreamedTable?> DescribeAsync(IAmazonDynamoDB client, string name, CancellationToken cancellationToken) =>
            Of((await client.DescribeTableAsync(name, cancellationToken).ConfigureAwait(false)).Table, StreamViewType.NEW_AND_OLD_IMAGES.Value);
    }

    private static StreamedTable Of(TableDescription table, string viewType) =>
        new(viewType, table.KeySchema.First(static k => k.KeyType == KeyType.HASH).AttributeName, table.KeySchema.Count > 1);

    private static async Task<StreamedTable?> DescribeAsync(IAmazonDynamoDB client, string tableArn, string sourceArn, CancellationToken cancellationToken)
    {
        try
        {
            TableDescription table = (await client.DescribeTableAsync(tableArn, cancellationToken).ConfigureAwait(false)).Table;
            return table.LatestStreamArn == sourceArn && table.StreamSpecification?.StreamViewType?.Value is { } viewType
                ? Of(table, viewType)
                : null;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }
}
