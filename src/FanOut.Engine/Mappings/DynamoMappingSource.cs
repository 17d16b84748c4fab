using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace FanOut.Engine.Mappings;

/// <summary>Reads mappings from the DynamoDB table.</summary>
/// <remarks>
/// Reads are strongly consistent. Eventually consistent ones cost half, but one of them may show an older state than the one before it: a
/// mapping just activated could vanish for one refresh, and the records of that time would count as delivered without it. At one query a
/// minute that costs next to nothing, and when the table cannot be read the cache keeps its last good copy.
/// </remarks>
/// <param name="client">The client for the table's region.</param>
/// <param name="tableName">The table's name or ARN.</param>
/// <param name="own">The fan-out function, which must not be its own target; null: not known.</param>
public sealed class DynamoMappingSource(IAmazonDynamoDB client, string tableName, OwnFunction? own = null) : IMappingSource
{
    /// <inheritdoc/>
    public string Table => tableName;

    /// <inheritdoc/>
    public async Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sourceArn);
        var mappings = new List<Mapping>();
        var invalid = new List<InvalidMapping>();

        // Inactive rows are read too, to distinguish "no mapping at all" from "all switched off".
        var request = new QueryRequest
        {
            TableName = tableName,
            KeyConditionExpression = "sourceArn = :source",
            ExpressionAttributeValues = new() { [":source"] = new AttributeValue(sourceArn) },
            ConsistentRead = true,
        };

        do
        {
            QueryResponse page = await QueryAsync(request, sourceArn, cancellationToken).ConfigureAwait(false);
            foreach (Dictionary<string, AttributeValue> item in page.Items)
            {
                if (MappingReader.Read(item, out InvalidMapping? problem, own) is { } mapping)
                {
                    mappings.Add(mapping);
                }
                else
                {
                    invalid.Add(problem!);
                }
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return new MappingSet(mappings, invalid);
    }

    private async Task<QueryResponse> QueryAsync(QueryRequest request, string sourceArn, CancellationToken cancellationToken)
    {
        try
        {
            QueryResponse page = await client.QueryAsync(request, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);

            // Whatever answered so did not say that there is no row: the records would count as delivered to nobody.
            return page.Items is { } items && page.Count == items.Count && !items.Contains(null!)
                ? page
                : throw new InvalidDataException(page.Items?.Contains(null!) == true ? "The answer names an item that is none."
                    : $"The answer names {page.Items?.Count ?? 0} items and counts {page.Count?.ToString(CultureInfo.InvariantCulture) ?? "none"}.");
        }
        catch (Exception cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MappingsUnavailableException(tableName, sourceArn, cause);
        }
    }
}
