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

    private static async Task<StreamedTable?> DescribeAsync(IAmazonDynamoDB client, string tableArn, string sourceArn, CancellationToken cancellationToken)
    {
        try
        {
            TableDescription table = (await client.DescribeTableAsync(tableArn, cancellationToken).ConfigureAwait(false)).Table;
            return table.LatestStreamArn == sourceArn && table.StreamSpecification?.StreamViewType?.Value is { } viewType
                ? new StreamedTable(viewType, table.KeySchema.First(static k => k.KeyType == KeyType.HASH).AttributeName, table.KeySchema.Count > 1)
                : null;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }
}
