using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace FanOut.Sources;

/// <summary>Finds the Kinesis streams to which a table streams its changes. AWS tells it of a table only, not of a stream.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeKinesisStreamingDestination.html</remarks>
/// <param name="client">DynamoDB, in the table's region.</param>
internal sealed class FindCarriers(IAmazonDynamoDB client)
{
    /// <summary>The ARNs of the streams that get changes, or soon will.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <returns>null if there is no such table.</returns>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">It may not be asked: it takes dynamodb:DescribeKinesisStreamingDestination.</exception>
    public async Task<IReadOnlyList<string>?> OfAsync(string table, CancellationToken cancellationToken)
    {
        try
        {
            DescribeKinesisStreamingDestinationResponse found = await client
                .DescribeKinesisStreamingDestinationAsync(new DescribeKinesisStreamingDestinationRequest { TableName = table }, cancellationToken).ConfigureAwait(false);
            return [.. (found.KinesisDataStreamDestinations ?? []).Where(static d => d.DestinationStatus?.Value is "ACTIVE" or "ENABLING" or "UPDATING").Select(static d => d.StreamArn)];
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }
}
